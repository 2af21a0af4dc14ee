/** The parts of a copy whose text is plain, as mail programs show it: of our own making, so that no hostile mail is read here. */
import { charsetOf, decodeOctets } from "./charset.ts";
import { decodeText } from "./encoded-words.ts";
import { partsOf, readMimeTree } from "./mime-tree.ts";
import { decodeTransfer } from "./transfer-encoding.ts";

export type PlainCopy = { readonly from: string; readonly subject: string; readonly text: string };

/** Undefined when it has no plain text. */
export function readPlainCopy(copy: Buffer): PlainCopy | undefined {
  const tree = readMimeTree(copy);
  const part = [...partsOf(tree)].find(
    ({ type, disposition }) => type === "text/plain" && disposition !== "attachment",
  );
  const octets = part && decodeTransfer(copy.subarray(part.bodyStart, part.bodyEnd), part.encoding);
  if (octets === undefined) return undefined;
  const text = decodeOctets(octets, charsetOf(octets, part?.charset)).replaceAll("\r\n", "\n");
  const shown = (name: string): string => decodeText(tree.header.first(name) ?? "");
  return { from: shown("From"), subject: shown("Subject"), text };
}
