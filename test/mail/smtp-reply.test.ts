import { expect } from "chai";
import { formatReply, isPermanent, isTemporary, parseReply } from "../../server/mail/smtp-reply.ts";

describe("an SMTP reply", () => {
  const replies: readonly (readonly [lines: readonly string[], formatted: string | undefined])[] = [
    [["250 2.0.0 taken"], "250 2.0.0 taken"],
    [["250 ok"], "250 ok"],
    [["250"], "250"],
    [
      ["550-5.1.1 no such user", "550-5.1.1 see our pages", "550 5.1.1 good bye"],
      "550 5.1.1 no such user / see our pages / good bye",
    ],
    [["550-5.1.1 no", "550 bye"], "550 5.1.1 no / bye"],
    [["220-sink.example", "220 ESMTP"], "220 sink.example / ESMTP"],
    [["421 4.7.0\ttoo\x1b[31m fast\x00"], "421 4.7.0 too [31m fast"],
    [["eh? 5.1.1"], undefined],
    [["SSH-2.0-wrong_door"], undefined],
    [["99 x"], undefined],
    [["2500 x"], undefined],
    [[], undefined],
  ];
  for (const [lines, formatted] of replies) {
    it(`reads ${JSON.stringify(lines)}`, () => {
      const reply = parseReply(lines);
      expect(reply && formatReply(reply).trim()).to.equal(formatted);
    });
  }

  it("knows what is worth another try", () => {
    expect([450, 550, 250, 354].map((code) => isTemporary({ code, enhanced: undefined, text: "" }))).to.deep.equal([
      true,
      false,
      false,
      false,
    ]);
    expect([450, 550, 250, 354].map((code) => isPermanent({ code, enhanced: undefined, text: "" }))).to.deep.equal([
      false,
      true,
      false,
      false,
    ]);
  });

  it("stays short", () => {
    const reply = parseReply(Array.from({ length: 1000 }, () => `550-${"x".repeat(1000)}`).concat("550 end"));
    expect(reply && formatReply(reply).length).to.be.below(1100);
  });
});
