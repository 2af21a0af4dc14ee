import { expect } from "chai";
import { SmugglingWatch } from "../../server/mail/smuggling.ts";

const inner = "MAIL FROM:<anne@north.example>\r\nRCPT TO:<news@lists.example.org>\r\nDATA\r\n";

describe("a mail hidden in a mail", () => {
  for (const end of [
    "\n.\n",
    "\n.\r\n",
    "\r\n.\n",
    "\r.\r",
    "\r.\r\n",
    "\r\n.\r",
    "\n.\r",
    "\r\n\0.\r\n",
    "\r\n.\0\r\n",
    "\r\n.\r\r\n",
    "\r\n.\r\n",
    "\n\n.\r\r\n",
    "\r\n.\x0b\r\n",
  ]) {
    it(`is seen behind ${JSON.stringify(end)}, wherever the octets are cut`, () => {
      const octets = Buffer.from(`text${end}${inner}`);

      expect(new SmugglingWatch().sees(octets)).to.equal(true);
      for (let cut = 1; cut < octets.length; cut++) {
        const watch = new SmugglingWatch();
        const seen = [watch.sees(octets.subarray(0, cut)), watch.sees(octets.subarray(cut))];
        expect(seen, `cut at ${cut}`).to.include(true);
      }
    });
  }

  it("is not seen in a text with dots, nor in one about SMTP", () => {
    for (const text of [
      "one\r\n.\r\n..\r\n.x\r\n",
      "say MAIL FROM:<a@b.example>\r\n",
      "DATA\r\ntext\r\n.\r\n250 ok\r\nMAIL FROM:<a@b.example>\r\n",
    ]) {
      expect(new SmugglingWatch().sees(Buffer.from(text)), text).to.equal(false);
    }
  });
});
