/** The text of a notice as its reader sees it. */
import { decodeOctets } from "../../server/mail/charset.ts";
import { readMimeTree } from "../../server/mail/mime-tree.ts";
import { decodeTransfer } from "../../server/mail/transfer-encoding.ts";

export function bodyText(message: Buffer): string {
  const root = readMimeTree(message);
  const octets = message.subarray(root.bodyStart, root.bodyEnd);
  return decodeOctets(decodeTransfer(octets, root.encoding) ?? octets, root.charset);
}
