/** Which addresses may stand in a command. */
import { expect } from "chai";
import type { OutgoingCopy } from "../../server/delivery/courier.ts";
import { fitsEnvelope } from "../../server/delivery/smtp-command.ts";

function copy(rcptTo: string, mailFrom = "a@b.example"): OutgoingCopy {
  return { mailFrom, rcptTo, render: () => ({ wire: [], octets: 0, eightBit: false }) };
}

describe("an envelope", () => {
  for (const address of [
    "bart@b.example",
    '"taro..x"@docomo.ne.jp',
    '"a \\" > b"@e.example',
    "x+y=z/1@[192.0.2.1]",
    "a@b",
  ]) {
    it(`takes ${address}`, () => {
      expect(fitsEnvelope(copy(address))).to.equal(true);
    });
  }

  const refused = [
    "",
    "bart",
    "@b.example",
    "bart@",
    "a b@c.example",
    "a@b.example> SIZE=1",
    "<a@b.example>",
    "a@b.example\r\nDATA",
    '"a@b.example',
    '"a\r\n"@b.example',
    '"a\0"@b.example',
    "太郎@b.example",
    `${"x".repeat(320)}@b.example`,
  ];
  for (const address of refused) {
    it(`refuses ${JSON.stringify(address).slice(0, 60)}`, () => {
      expect(fitsEnvelope(copy(address))).to.equal(false);
    });
  }

  it("takes the null sender, and refuses a sender that breaks out", () => {
    expect(fitsEnvelope(copy("bart@b.example", ""))).to.equal(true);
    expect(fitsEnvelope(copy("bart@b.example", "a@b.example>\r\nRSET"))).to.equal(false);
  });
});
