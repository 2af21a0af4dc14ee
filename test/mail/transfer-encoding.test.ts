import { expect } from "chai";
import { hasLongLine, regularLines, regularMessage, stuffDots } from "../../server/mail/line-ends.ts";
import { decodeTransfer, encodeBase64, encodeQuotedPrintable } from "../../server/mail/transfer-encoding.ts";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const every = Buffer.from(Array.from({ length: 2048 }, (_, n) => (n * 7 + (n >> 8)) & 255));

describe("a transfer encoding", () => {
  it("gives every octet back", () => {
    for (let size = 0; size < 300; size++) {
      const octets = every.subarray(size, 2 * size);
      expect(decodeTransfer(encodeBase64(octets), "base64")).to.deep.equal(octets);
      expect(decodeTransfer(encodeQuotedPrintable(octets), "quoted-printable")).to.deep.equal(octets);
      expect(decodeTransfer(encodeQuotedPrintable(octets, true), "quoted-printable")).to.deep.equal(octets);
    }
  });

  it("has lines of at most 76 columns, none of which begins with a dot", () => {
    for (const text of [
      encodeBase64(every),
      encodeQuotedPrintable(every),
      encodeQuotedPrintable(latin1(".a\r\n.\r\n" + "é.".repeat(200))),
    ]) {
      for (const line of text.toString("latin1").split("\r\n")) expect(line).to.match(/^(?:[^.][ -~\t]{0,75})?$/);
    }
  });

  it("keeps text readable in quoted-printable", () => {
    expect(encodeQuotedPrintable(latin1("a=b \r\nc\td\t\r\n\xe9\n")).toString()).to.equal(
      "a=3Db=20\r\nc\td=09\r\n=E9=0A",
    );
  });

  const pieces: readonly (readonly [encoding: string, text: string, octets: string | undefined])[] = [
    ["quoted-printable", "a=\r\nb", "ab"],
    ["quoted-printable", "a= \t\r\nb", "ab"],
    ["quoted-printable", "a=\nb", "ab"],
    ["quoted-printable", "a \t\r\nb ", "a\r\nb"],
    ["quoted-printable", "=e9=E9", "\xe9\xe9"],
    ["quoted-printable", "=zz = =3", "=zz = =3"],
    ["quoted-printable", "a=", "a"],
    ["quoted-printable", "=20\r\n", " \r\n"],
    ["base64", "YQ==", "a"],
    ["base64", "Y\r\nQ", "a"],
    ["base64", "YQ==\r\nYg==\r\n", "ab"],
    ["base64", "this is no base64 at all, whatever it says", undefined],
    ["7bit", "x", "x"],
    ["binary", "\xff", "\xff"],
    ["x-uuencode", "x", undefined],
  ];
  for (const [encoding, text, octets] of pieces)
    it(`reads ${JSON.stringify(text)} in ${encoding}`, () =>
      expect(decodeTransfer(latin1(text), encoding)?.toString("latin1")).to.equal(octets));
});

describe("line ends", () => {
  it("are made regular in a whole message without another copy where they are", () => {
    const regular = latin1("A: 1\r\n\r\nbody\r\n");
    expect(regularMessage(regular)).to.equal(regular);
    const odd = ["A: 1\n\nbody\n", "A: 1\r\n\r\nbody", "A: 1\r\n\r\nbody\r", "\x00A: 1\r\n\r\nbo\0dy\r\n"];
    for (const text of odd)
      expect(regularMessage(latin1(text)).toString("latin1").endsWith("\r\n\r\nbody\r\n")).to.equal(true);
    expect(regularMessage(latin1("A: 1\r\r\nB: 2\r\n\r\nx")).toString()).to.equal("A: 1\r\nB: 2\r\n\r\nx\r\n");
  });

  it("are CRLF each", () => {
    expect(regularLines(latin1("a\nb\rc\r\nd\r\r\n\ne")).toString()).to.equal("a\r\nb\r\nc\r\nd\r\n\r\n\r\ne\r\n");
    expect(regularLines(latin1("\r".repeat(1000))).toString()).to.equal("\r\n".repeat(1000));
    expect(regularLines(latin1("")).toString()).to.equal("");
  });

  it("come in time, or a line is long", () => {
    expect(hasLongLine(latin1(`${"a".repeat(998)}\r\n${"b".repeat(998)}\r\n`))).to.equal(false);
    expect(hasLongLine(latin1(`a\r\n${"b".repeat(999)}\r\n`))).to.equal(true);
    expect(hasLongLine(latin1("b".repeat(999)))).to.equal(true);
    expect(hasLongLine(latin1(""))).to.equal(false);
  });

  it("are followed by doubled dots on the wire", () => {
    const plain = latin1("a.\r\nb\r\n");
    expect(stuffDots(plain)).to.equal(plain);
    expect(stuffDots(latin1(".\r\n..\r\na\r\n.b")).toString()).to.equal("..\r\n...\r\na\r\n..b");
  });
});
