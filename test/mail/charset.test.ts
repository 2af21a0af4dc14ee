import { expect } from "chai";
import { charsetOf, decodeExactly, decodeOctets, encodeIn, guessCharset } from "../../server/mail/charset.ts";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const sjis = Buffer.from([0x89, 0xf1, 0x97, 0x97, 0x94, 0xc2]);
const euc = Buffer.from([0xb2, 0xf3, 0xcd, 0xf7, 0xc8, 0xc4]);

describe("a character set", () => {
  const decoded: readonly (readonly [octets: Buffer, charset: string | undefined, text: string])[] = [
    [Buffer.from("回覧板"), "utf-8", "回覧板"],
    [Buffer.from("回覧板"), undefined, "回覧板"],
    [Buffer.from("回覧板"), "us-ascii", "回覧板"],
    [Buffer.from("回覧板"), "iso-8859-1", "回覧板"],
    [Buffer.from("回覧板"), "x-nonsense", "回覧板"],
    [Buffer.from("回覧板").subarray(0, 8), "utf-8", "回覧\ufffd"],
    [latin1("\x1b$B2sMwHD\x1b(B"), "iso-2022-jp", "回覧板"],
    [latin1("\x1b$B2sMwHD\x1b(B"), undefined, "回覧板"],
    [latin1("\x1b$B2sMwHD\x1b(B"), "us-ascii", "回覧板"],
    [latin1("\x1b$B2sMwHD\x1b(B"), "utf-8", "回覧板"],
    [latin1("\x1b$B-!\x1b(B"), "cp50221", "①"],
    [sjis, "cp932", "回覧板"],
    [sjis, "Windows-31J", "回覧板"],
    [sjis, undefined, "回覧板"],
    [euc, "euc-jp", "回覧板"],
    [euc, undefined, "回覧板"],
    [latin1("Gr\xfc\xdfe"), "iso-8859-1", "Grüße"],
    [latin1("Gr\xfc\xdfe"), undefined, "Grüße"],
    [latin1("\x80"), "us-ascii", "€"],
    [latin1("\xf0\xd2\xc9"), "koi8-r", "При"],
  ];
  for (const [octets, charset, text] of decoded)
    it(`is read: ${octets.toString("hex").slice(0, 30)} as ${charset ?? "?"}`, () =>
      expect(decodeOctets(octets, charset)).to.equal(text));

  it("is guessed", () => {
    expect(
      [Buffer.from("abc"), Buffer.from("é"), latin1("\x1b$B"), sjis, euc, latin1("caf\xe9")].map(guessCharset),
    ).to.deep.equal(["us-ascii", "utf-8", "iso-2022-jp", "shift_jis", "euc-jp", "windows-1252"]);
  });

  it("is believed unless it is plainly wrong", () => {
    expect(charsetOf(Buffer.from("abc"), "ISO-8859-1")).to.equal("ISO-8859-1");
    expect(charsetOf(Buffer.from("é"), "us-ascii")).to.equal("utf-8");
    expect(charsetOf(latin1("\x1b$B2s\x1b(B"), "us-ascii")).to.equal("iso-2022-jp");
    expect(charsetOf(sjis, "koi8-r")).to.equal("koi8-r");
    expect(charsetOf(sjis, "x-nonsense")).to.equal("x-nonsense");
  });

  it("is written so that it reads the same", () => {
    for (const charset of ["utf-8", "iso-2022-jp", "shift_jis", "euc-jp", "cp932"]) {
      const octets = encodeIn(charset, "回覧板 abc ひらがな①");
      expect(octets && decodeExactly(octets, charset)).to.equal("回覧板 abc ひらがな①");
    }
    expect(encodeIn("iso-8859-1", "Grüße")).to.deep.equal(latin1("Gr\xfc\xdfe"));
    expect(encodeIn("koi8-r", "При")).to.deep.equal(latin1("\xf0\xd2\xc9"));
    expect(encodeIn("big5", "abc")).to.deep.equal(Buffer.from("abc"));
  });

  const impossible: readonly (readonly [charset: string, text: string])[] = [
    ["us-ascii", "é"],
    ["iso-8859-1", "€"],
    ["iso-8859-1", "回"],
    ["iso-2022-jp", "☕"],
    ["iso-2022-jp", "é"],
    ["iso-2022-jp", "ｱ"],
    ["shift_jis", "☕"],
    ["koi8-r", "回"],
    ["big5", "回"],
    ["utf-16le", "a"],
    ["x-nonsense", "a"],
  ];
  for (const [charset, text] of impossible)
    it(`is not written when it cannot be: ${text} in ${charset}`, () =>
      expect(encodeIn(charset, text)).to.equal(undefined));

  it("is exact or not at all", () => {
    expect(decodeExactly(latin1("\xff"), "utf-8")).to.equal(undefined);
    expect(decodeExactly(Buffer.from("a"), "x-nonsense")).to.equal(undefined);
  });
});
