/** What somebody wrote themselves in a mail: the lines of its text without what they quote, and without their signature. */
import { readMimeTree, partsOf } from "./mime-tree.ts";
import type { MimePart } from "./mime-tree.ts";
import { readLines } from "./report-text.ts";

/** Invisible: mail programs put them where nobody typed anything. */
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const quote = /^[>＞|｜]/;
const signature = /^--$/;
const original =
  /^(?:-{2,}\s?(?:original message|forwarded message|元のメッセージ|転送メッセージ)|_{10,}$|(?:from|差出人|送信者)\s?[:：])/i;
/** Enough for any command, in mail of any length. */
const mostTexts = 5;
const mostLines = 50;

/** Not blank, trimmed; of the first text that has any, so that an empty plain part leaves the word to its HTML. */
export function writtenLines(message: Buffer): readonly string[] {
  const root = readMimeTree(message);
  const texts = [...partsOf(root)].filter((part) => isText(part, root)).slice(0, mostTexts);
  for (const part of texts) {
    const lines = ownLines(readLines(message, part));
    if (lines.length > 0) return lines;
  }
  return [];
}

/** Read as the mail itself, not kept as a file. */
export function isText(part: MimePart, root: MimePart): boolean {
  const isFile = part.disposition === "attachment" || (part.named && part !== root);
  return part.children.length === 0 && !isFile && /^text\/(?:plain|html)$/.test(part.type);
}

function ownLines(lines: readonly string[]): readonly string[] {
  const clean = lines.map((line) => line.replace(invisible, "").trim()).filter((line) => line !== "");
  const end = clean.findIndex((line) => signature.test(line) || original.test(line));
  const said = end < 0 ? clean : clean.slice(0, end);
  return said.filter((line, n) => !quote.test(line) && !introducesQuote(line, said[n + 1])).slice(0, mostLines);
}

/** "On Wednesday Anne wrote:" */
function introducesQuote(line: string, next: string | undefined): boolean {
  return next !== undefined && quote.test(next) && /[:：]$/.test(line);
}
