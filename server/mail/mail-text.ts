/** A mail's text as it can be searched: what people read of its beginning, without its files. Cheap enough to be read at once. */
import { partsOf, readMimeTree } from "./mime-tree.ts";
import type { MimePart } from "./mime-tree.ts";
import { readLines } from "./report-text.ts";
import { isText } from "./written-lines.ts";

const mostTexts = 10;
/** Of one part: enough for ten thousand characters however they are coded, and for the tags around them. */
const most = { octets: 100_000, line: 10_000 };

/**
 * `message` may be its first part alone. Lines of Japanese that a mail program broke anywhere are whole again: no word is lost
 * between them.
 */
export function mailText(message: Buffer, characters: number): string {
  const root = readMimeTree(message);
  const texts = [...partsOf(root)].filter((part) => isText(part, root)).slice(0, mostTexts);
  const plain = joined(message, ofType(texts, "text/plain"));
  const text = plain === "" ? joined(message, ofType(texts, "text/html")) : plain;
  return text.trim().slice(0, characters).toWellFormed();
}

function ofType(parts: readonly MimePart[], type: string): readonly MimePart[] {
  return parts.filter((part) => part.type === type);
}

function joined(message: Buffer, parts: readonly MimePart[]): string {
  let text = "";
  for (const line of parts.flatMap((part) => readLines(message, part, most))) {
    const isBroken = endsAsJapanese.test(text) && beginsAsJapanese.test(line);
    text += text === "" || isBroken ? line : `\n${line}`;
  }
  return text;
}

/** Scripts without blanks between words. */
const endsAsJapanese = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]$/u;
const beginsAsJapanese = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]/u;
