/** What a copy looks like to the one who gets it; used by the tests of copies. */
import { expect } from "chai";
import { decodeOctets } from "../../server/mail/charset.ts";
import type { RenderedCopy } from "../../server/mail/copy-form.ts";
import { partsOf, readMimeTree } from "../../server/mail/mime-tree.ts";
import type { MimePart } from "../../server/mail/mime-tree.ts";
import { decodeTransfer } from "../../server/mail/transfer-encoding.ts";

export type ReadPart = {
  readonly type: string;
  readonly charset: string | undefined;
  readonly encoding: string;
  readonly octets: Buffer;
  readonly text: string;
};
export type ReadCopy = { readonly message: Buffer; readonly root: MimePart; readonly parts: readonly ReadPart[] };

/** Takes the dots away and decodes every leaf, after a look whether it is fit for the wire. */
export function readCopy(copy: RenderedCopy, eightBitAllowed = true): ReadCopy {
  const wire = Buffer.concat([...copy.wire]).toString("latin1");
  expectFit(wire, copy, eightBitAllowed);
  const message = Buffer.from(wire.replace(/^\.\./gm, "."), "latin1");
  expect(message.length).to.equal(copy.octets);
  const root = readMimeTree(message);
  const leaves = [...partsOf(root)].filter((part) => part.children.length === 0);
  return { message, root, parts: leaves.map((part) => readPart(message, part)) };
}

/** Text of every part of a type, together. */
export function textOf(copy: ReadCopy, type = "text/plain"): string {
  return copy.parts
    .filter((part) => part.type === type)
    .map((part) => part.text)
    .join("\n");
}

function expectFit(wire: string, copy: RenderedCopy, eightBitAllowed: boolean): void {
  expect(wire.endsWith("\r\n"), "ends a line").to.equal(true);
  expect(/(?<!\r)\n|\r(?!\n)|\0/.test(wire), "bare line ends or NUL").to.equal(false);
  expect(/^\.(?!\.)/m.test(wire), "a single dot at a line's start").to.equal(false);
  expect(/^.{999}/m.test(wire.replaceAll("\r", "")), "a long line").to.equal(false);
  expect(/[^\0-\x7f]/.test(wire), "8-bit octets").to.equal(copy.eightBit);
  if (!eightBitAllowed) expect(copy.eightBit, "8-bit where it is not allowed").to.equal(false);
  const header = wire.slice(0, wire.indexOf("\r\n\r\n"));
  expect(/[^\t\r\n -~]/.test(header), "odd octets in the header").to.equal(false);
  expect(header.match(/^mime-version:/gim)?.length, "MIME-Version").to.equal(1);
}

function readPart(message: Buffer, part: MimePart): ReadPart {
  const raw = message.subarray(part.bodyStart, part.bodyEnd);
  const octets = decodeTransfer(raw, part.encoding) ?? raw;
  return {
    type: part.type,
    charset: part.charset,
    encoding: part.encoding,
    octets,
    text: decodeOctets(octets, part.charset),
  };
}
