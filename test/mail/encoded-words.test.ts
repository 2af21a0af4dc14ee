import { expect } from "chai";
import { cleanText, decodeText, encodePhrase, encodeText, foldField } from "../../server/mail/encoded-words.ts";
import { processorTime } from "../support/processor-time.ts";

const octets = (text: string): string => Buffer.from(text).toString("latin1");
const unfold = (text: string): string => text.replaceAll("\r\n", "");

describe("encoded words", () => {
  const decoded: readonly (readonly [value: string, text: string])[] = [
    ["plain", "plain"],
    ["=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"],
    ["=?UTF-8?q?a_b?= c", "a b c"],
    ["=?utf-8?B?5Zue?=\t =?utf-8?B?6Kan?=", "回覧"],
    ["=?utf-8?B?5Zue?= x =?utf-8?B?6Kan?=", "回 x 覧"],
    ["=?utf-8*ja?B?5Zue?=", "回"],
    ["=?iso-2022-jp?B?GyRCMnNNdxsoQg==?=", "回覧"],
    ["=?ISO-2022-JP?B?GyRCMnM=?= =?ISO-2022-JP?B?TXcbKEI=?=", "回覧"],
    ["=?cp932?B?h0A=?=", "①"],
    ["=?iso-2022-jp-ms?B?GyRCLSEbKEI=?=", "①"],
    ["=?shift_jis?B?ifGXlw==?=", "回覧"],
    ["=?x-unknown?Q?abc?=", "abc"],
    ["=?utf-8?Q?a=0D=0AX-Evil:_1=00?=", "a X-Evil: 1"],
    ["=?utf-8?Q?=E2=80=AEevil?=", "evil"],
    ["=?utf-8?Z?abc?=", "=?utf-8?Z?abc?="],
    ["=?utf-8?B?5Zue", "=?utf-8?B?5Zue"],
    [octets("回覧 板"), "回覧 板"],
    ["\x1b$B2sMw\x1b(B desu", "回覧 desu"],
    ["\x89\xf1\x97\x97\x94\xc2", "回覧板"],
    ["Gr\xfc\xdfe", "Grüße"],
    ["a\r\n b\tc\x07", "a b c"],
  ];
  for (const [value, text] of decoded)
    it(`read ${JSON.stringify(value)}`, () => expect(decodeText(value)).to.equal(text));

  it("are joined before they are decoded, wherever a character was cut", () => {
    const whole = Buffer.from("回覧板のお知らせ");
    for (let cut = 1; cut < whole.length; cut++) {
      const words = [whole.subarray(0, cut), whole.subarray(cut)].map(
        (part) => `=?utf-8?B?${part.toString("base64")}?=`,
      );
      expect(decodeText(words.join(" "))).to.equal("回覧板のお知らせ");
    }
  });

  const texts = [
    "hello",
    "a  b",
    "回覧板",
    "回覧 and 板",
    "☕".repeat(50),
    "Grüße an alle",
    "=?utf-8?Q?not?= encoded",
    "x".repeat(2000),
    `${"word ".repeat(100)}回覧`,
    "👨‍👩‍👧 family",
    'a, b; c <d> "e"',
  ];
  for (const text of texts) {
    it(`say ${JSON.stringify(text.slice(0, 40))} in short lines of ASCII that read the same`, () => {
      const field = foldField("Subject", encodeText(text));
      expect(field).to.match(/^[\t\r\n -~]*\r\n$/);
      for (const line of field.split("\r\n")) expect(line.length).to.be.at.most(text.includes("xxx") ? 998 : 76);
      expect(decodeText(unfold(field.slice("Subject:".length)))).to.equal(text);
    });
  }

  it("write a phrase in quotes when it is ASCII and in words otherwise", () => {
    expect(encodePhrase('Anne "N" North')).to.equal('"Anne \\"N\\" North"');
    expect(encodePhrase("山田")).to.equal("=?utf-8?B?5bGx55Sw?=");
    expect(encodePhrase("a =?utf-8?Q?b?=")).to.match(/^=\?utf-8\?B\?[\w+/=]+\?=$/);
    expect(encodePhrase(" ")).to.equal("");
  });

  it("never let a line end through", () => {
    for (const end of ["\r\n", "\r", "\n", "\r\n\r\n", "\n\n", "\u2028", "\x85", "\0"]) {
      for (const text of [`a${end}X-Evil: 1`, `回${end}X-Evil: 1`, `${end}X-Evil: 1`]) {
        for (const made of [
          foldField("Subject", text),
          foldField("Subject", encodeText(text)),
          foldField("To", `${encodePhrase(text)} <a@b.example>`),
        ]) {
          expect(made.split("\r\n").filter((line) => /^[^ \t]/.test(line))).to.have.length(1);
          expect(made.replaceAll("\r\n", "")).to.match(/^[ -~]*$/);
        }
        expect(cleanText(text)).to.not.match(/[\r\n\0\x85\u2028]/);
      }
    }
  });

  it("are not broken right after the field's name", () => {
    expect(foldField("List-Unsubscribe", `<https://${"x".repeat(80)}>, <mailto:a@b.example>`)).to.match(
      /^List-Unsubscribe: <https/,
    );
  });

  it("are read in time whatever they are", () => {
    const spent = processorTime("thread");
    for (const piece of ["=?", "=?a?b?", "=?utf-8?Q?x?= ", "=?utf-8?B?////", "\x1b$B", "\xff", " \t"])
      decodeText(piece.repeat(1_000_000 / piece.length));
    expect(spent()).to.be.below(5000);
  });
});
