/** The words that a delivery keeps of a reply. */
import { expect } from "chai";
import { enhancedCode, oneLine, replyText } from "../../server/delivery/reply.ts";

describe("a reply's text", () => {
  const texts: readonly (readonly [number, readonly string[], string])[] = [
    [250, ["ok"], "250 ok"],
    [250, [""], "250"],
    [550, ["5.1.1 no such user"], "550 5.1.1 no such user"],
    [550, ["5.1.1 no such", "5.1.1 user here", "5.1.1 bye"], "550 5.1.1 no such user here bye"],
    [550, ["5.1.1"], "550 5.1.1"],
    [550, ["no enhanced code,", "two lines"], "550 no enhanced code, two lines"],
    [0, ["SSH-2.0"], "not an SMTP reply: SSH-2.0"],
  ];
  for (const [code, lines, text] of texts) {
    it(`is ${JSON.stringify(text)}`, () => {
      expect(replyText({ code, lines })).to.equal(text);
    });
  }

  it("has no control, escape or direction characters and keeps other scripts", () => {
    expect(oneLine("550 \u001b[31mred\u0007\r\nBcc: x\u202e\u0085次\u2028")).to.equal("550 [31mred Bcc: x 次");
  });

  it("has at most 500 characters, none of them halved", () => {
    expect(oneLine("x".repeat(500))).to.have.length(500);
    expect(oneLine("x".repeat(501))).to.equal(`${"x".repeat(499)}…`);
    expect(oneLine("😀".repeat(400)).isWellFormed()).to.equal(true);
  });

  it("begins with an enhanced status code only where one stands there whole", () => {
    expect(enhancedCode({ code: 452, lines: ["4.5.3 too many"] })).to.equal("4.5.3");
    expect(enhancedCode({ code: 550, lines: ["5.1.10"] })).to.equal("5.1.10");
    for (const line of ["10.0.0.1 refused", "3.1.1 no", "5.1.1.1 no", "see 5.1.1", ""]) {
      expect(enhancedCode({ code: 550, lines: [line] }), line).to.equal(undefined);
    }
  });
});
