import { expect } from "chai";
import { writtenLines } from "../../server/mail/written-lines.ts";
import { processorTime } from "../support/processor-time.ts";

const jis = (text: readonly number[]): Buffer => Buffer.from([0x1b, 0x24, 0x42, ...text, 0x1b, 0x28, 0x42]);

describe("what somebody wrote themselves", () => {
  const cases: readonly (readonly [string, string | Buffer, readonly string[]])[] = [
    ["nothing", "Subject: x\r\n\r\n", []],
    ["no body at all", "Subject: x\r\n", []],
    ["plain lines", "\r\n\r\n  pause \r\nthanks\r\n", ["pause", "thanks"]],
    [
      "a line after full-width and invisible blanks",
      "Content-Type: text/plain; charset=utf-8\r\n\r\n\u3000\u200b\r\n\u3000再開\u3000\r\n",
      ["再開"],
    ],
    ["above a quoted mail", "\r\npause\r\n\r\nOn Wed, Anne wrote:\r\n> resume\r\n> x\r\n", ["pause"]],
    ["below a quoted mail", "\r\nOn Wed, Anne wrote:\r\n> resume\r\n\r\npause\r\n", ["pause"]],
    ["above an original", "\r\npause\r\n-----Original Message-----\r\nFrom: anne\r\nresume\r\n", ["pause"]],
    ["a signature only", "\r\n-- \r\nresume\r\n", []],
    [
      "HTML alone",
      "Content-Type: text/html\r\n\r\n<html><head><style>p{x:y}</style><title>t</title></head><body><div>pause</div><p>thanks</body>",
      ["pause", "thanks"],
    ],
    [
      "an empty text beside HTML",
      'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\n\r\n \r\n--b\r\nContent-Type: text/html\r\n\r\n<b>pause</b>\r\n--b--\r\n',
      ["pause"],
    ],
    ["base64", "Content-Transfer-Encoding: base64\r\n\r\ncGF1c2U=\r\n", ["pause"]],
    ["quoted-printable", "Content-Transfer-Encoding: quoted-printable\r\n\r\npau=\r\nse\r\n", ["pause"]],
    [
      "beside an attached text",
      'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Disposition: attachment\r\n\r\nresume\r\n--b\r\n\r\npause\r\n--b--\r\n',
      ["pause"],
    ],
    [
      "inside a signed mail",
      'Content-Type: multipart/signed; boundary="b"\r\n\r\n--b\r\n\r\npause\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\nx\r\n--b--\r\n',
      ["pause"],
    ],
    [
      "ISO-2022-JP",
      Buffer.concat([
        Buffer.from("Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n"),
        // 再開
        jis([0x3a, 0x46, 0x33, 0x2b]),
        Buffer.from("\r\n"),
      ]),
      ["再開"],
    ],
  ];
  for (const [what, message, wanted] of cases) {
    it(`is found in ${what}`, () => {
      const bytes = typeof message === "string" ? Buffer.from(message) : message;
      expect(writtenLines(bytes)).to.deep.equal(wanted);
    });
  }

  it("is looked for in hostile mail without end", () => {
    const spent = processorTime("thread");
    for (const piece of ["<style", "<", ">\r\n", "--b\r\n\r\n", "= "]) {
      const header = 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n';
      writtenLines(Buffer.from(header + piece.repeat(Math.floor(250_000 / piece.length))));
    }
    expect(spent()).to.be.lessThan(2000);
  });
});
