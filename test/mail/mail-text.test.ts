import { expect } from "chai";
import { mailText } from "../../server/mail/mail-text.ts";

const crlf = (text: string): Buffer => Buffer.from(text.replace(/\n/g, "\r\n"));

describe("a mail's text", () => {
  it("is read in its character set and transfer encoding", () => {
    const body = Buffer.from([0x1b, 0x24, 0x42, 0x31, 0x3f, 0x46, 0x30, 0x32, 0x71, 0x1b, 0x28, 0x42]).toString(
      "latin1",
    );
    expect(
      mailText(Buffer.from(`Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n${body}\r\n`, "latin1"), 100),
    ).to.equal("運動会");
  });

  it("joins lines of Japanese, which mail programs break anywhere, and no others", () => {
    expect(
      mailText(crlf("Content-Type: text/plain; charset=utf-8\n\n運動\n会です。\nThe bus\nleaves\n\n次\n"), 100),
    ).to.equal("運動会です。\nThe bus\nleaves\n\n次");
  });

  it("is the HTML only where there is no plain text, and never a file", () => {
    const part = (type: string, text: string, more = ""): string => `--b\nContent-Type: ${type}\n${more}\n${text}\n`;
    const mixed = (...parts: readonly string[]): Buffer =>
      crlf(`Content-Type: multipart/mixed; boundary=b\n\n${parts.join("")}--b--\n`);
    const file = part("text/plain", "secret", "Content-Disposition: attachment; filename=a.txt\n");
    expect(mailText(mixed(part("text/plain", "plain"), part("text/html", "<b>html</b>"), file), 100)).to.equal("plain");
    expect(
      mailText(mixed(part("text/plain", " "), part("text/html", "<style>x</style><b>html</b>"), file), 100),
    ).to.equal("html");
    expect(mailText(mixed(file), 100)).to.equal("");
  });

  it("ends after so many characters, and takes a message of which only the beginning is there", () => {
    expect(mailText(crlf(`Content-Type: text/plain\n\n${"long ".repeat(100_000)}`), 1000)).to.have.length(1000);
    expect(
      mailText(crlf("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nfirst ha"), 100),
    ).to.equal("first ha");
    expect(mailText(Buffer.alloc(0), 100)).to.equal("");
  });
});
