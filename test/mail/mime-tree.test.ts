import { expect } from "chai";
import { mimeLimits, partsOf, readMimeTree } from "../../server/mail/mime-tree.ts";
import type { MimePart } from "../../server/mail/mime-tree.ts";
import { processorTime } from "../support/processor-time.ts";

/** The tree as text: types in order, children in brackets, an opaque part with a star. */
function shape(part: MimePart): string {
  const children = part.children.map(shape).join(" ");
  return `${part.type}${part.opaque ? "*" : ""}${children === "" ? "" : `[${children}]`}`;
}

const tree = (text: string): MimePart => readMimeTree(Buffer.from(text, "latin1"));
const bodies = (text: string): readonly string[] =>
  [...partsOf(tree(text))]
    .filter((part) => part.children.length === 0)
    .map((part) => text.slice(part.bodyStart, part.bodyEnd));
const mixed = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";

describe("a MIME tree", () => {
  it("of plain text is one leaf", () => {
    const part = tree("Subject: x\r\n\r\nhello\r\n");
    expect([shape(part), part.encoding, part.charset]).to.deep.equal(["text/plain", "7bit", undefined]);
  });

  it("knows what a part says of itself", () => {
    const part = tree(
      'Content-Type: Text/Plain; Charset="UTF-8"; format=Flowed; name="a b.txt"\r\nContent-Transfer-Encoding: BASE64\r\nContent-Disposition: Attachment; filename=x\r\n\r\n',
    );
    const { type, charset, flowed, encoding, disposition, named } = part;
    expect({ type, charset, flowed, encoding, disposition, named }).to.deep.equal({
      type: "text/plain",
      charset: "UTF-8",
      flowed: true,
      encoding: "base64",
      disposition: "attachment",
      named: true,
    });
  });

  const shapes: readonly (readonly [about: string, text: string, shape: string, bodies?: readonly string[]])[] = [
    [
      "parts",
      `${mixed}pre\r\n--b\r\n\r\none\r\n--b\r\nContent-Type: image/png\r\n\r\ntwo\r\n\r\n--b--\r\nepilogue\r\n--b\r\n\r\nlate`,
      "multipart/mixed[text/plain image/png]",
      ["one", "two\r\n"],
    ],
    [
      "LF line ends",
      `${mixed}--b\n\none\n--b\n\ntwo\n--b--\n`.replaceAll("\r", ""),
      "multipart/mixed[text/plain text/plain]",
      ["one", "two"],
    ],
    ["blanks after delimiters", `${mixed}--b \t\r\n\r\none\r\n--b-- \r\n`, "multipart/mixed[text/plain]", ["one"]],
    ["no end", `${mixed}--b\r\n\r\none\r\n--b\r\n\r\ntwo`, "multipart/mixed[text/plain text/plain]", ["one", "two"]],
    [
      "boundaries that begin alike",
      `${mixed}--b\r\nContent-Type: multipart/alternative; boundary=bb\r\n\r\n--bb\r\n\r\nx\r\n--bb--\r\n--b\r\n\r\ny\r\n--b--`,
      "multipart/mixed[multipart/alternative[text/plain] text/plain]",
      ["x", "y"],
    ],
    [
      "an inner multipart that never ends",
      `${mixed}--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--b\r\n\r\ny\r\n--b--`,
      "multipart/mixed[multipart/mixed[text/plain] text/plain]",
      ["x", "y"],
    ],
    [
      "one boundary twice",
      `${mixed}--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n--b\r\n\r\ny\r\n--b--`,
      "multipart/mixed[multipart/mixed[text/plain] text/plain]",
      ["x", "y"],
    ],
    [
      "empty parts",
      `${mixed}--b\r\n\r\n--b\r\n--b\r\nContent-Type: image/png\r\n--b--`,
      "multipart/mixed[text/plain text/plain image/png]",
      ["", "", ""],
    ],
    [
      "a forwarded message",
      `${mixed}--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: y\r\nContent-Type: text/html\r\n\r\n<p>\r\n--b--`,
      "multipart/mixed[message/rfc822[text/html]]",
      ["<p>"],
    ],
    [
      "a digest",
      "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: y\r\n\r\nx\r\n--b--",
      "multipart/digest[message/rfc822[text/plain]]",
      ["x"],
    ],
    ["no boundary", "Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\nx", "multipart/mixed*"],
    ["a garbled type", "Content-Type: ;;; \r\n\r\nx", "text/plain"],
    ["nothing at all", "", "text/plain"],
  ];
  for (const [about, text, expected, texts] of shapes) {
    it(`is read with ${about}`, () => {
      expect(shape(tree(text))).to.equal(expected);
      if (texts !== undefined) expect(bodies(text)).to.deep.equal(texts);
    });
  }

  it("joins a boundary that RFC 2231 cut in pieces", () => {
    expect(
      shape(tree("Content-Type: multipart/mixed; boundary*1=b; boundary*0=a\r\n\r\n--ab\r\n\r\nx\r\n--ab--")),
    ).to.equal("multipart/mixed[text/plain]");
  });

  it("ends in opaque leaves where it is too deep or too wide", () => {
    const deep = Array.from(
      { length: 5000 },
      (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`,
    ).join("");
    expect([...partsOf(tree(deep))]).to.have.length(mimeLimits.depth + 1);
    expect([...partsOf(tree(deep))].at(-1)?.opaque).to.equal(true);
    const wide = tree(`${mixed}${"--b\r\n\r\nx\r\n".repeat(5000)}--b--\r\n`);
    expect([wide.opaque, wide.children.length]).to.deep.equal([true, 0]);
  });

  it("is read in time whatever the message is", () => {
    const messages = [
      `${mixed}${"--b\r\n".repeat(400_000)}`,
      `${mixed}${"--x\n".repeat(500_000)}`,
      `${mixed}${`--b\r\n${"a:b\r\n".repeat(4000)}`.repeat(100)}`,
      "a:b\n".repeat(500_000),
      `Content-Type: ${";a=b".repeat(500_000)}`,
    ];
    for (const message of messages) {
      const octets = Buffer.from(message);
      const spent = processorTime("thread");
      readMimeTree(octets);
      // Half a second at most on a machine of today; what grows with the square would take minutes.
      expect(spent()).to.be.below(8000);
    }
  });
});
