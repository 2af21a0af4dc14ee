/**
 * Text in header fields: RFC 2047 encoded words read and written, folding to 76 columns. The one place through which text from
 * outside gets into a header, so no line end or control character passes in either direction.
 */
import { decodeOctets } from "./charset.ts";

const maxColumns = 76;
/** RFC 5322 2.1.1. */
const maxLine = 998;

const prefix = "=?utf-8?B?";
/** 64 characters as an encoded word, where RFC 2047 allows 75: so the first one fits on the line of "Subject:". */
const octetsPerWord = 39;
const encodedWord = /=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=/g;

/** C0, DEL, C1, line and paragraph separators. */
const unseemly = /[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff]/g;

/** The marks that turn the direction of text: they disguise names, and turn round the address that stands beside one. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

export function withoutTurns(text: string): string {
  return text.replace(turning, "");
}

/** Text without control characters, on one line: unfolded, other line ends and tabs become a space. */
export function cleanText(text: string): string {
  return withoutTurns(text)
    .replace(/\r\n(?=[ \t])/g, "")
    .replace(/[\r\n\t]+/g, " ")
    .replace(unseemly, "")
    .toWellFormed();
}

/** A header field's value (one character an octet) as text for people: encoded words decoded, raw octets guessed at, cleaned. */
export function decodeText(value: string): string {
  const text = /^[ -~]*$/.test(value) ? value : decodeOctets(Buffer.from(value, "latin1"), undefined);
  return cleanText(decodeWords(text)).trim();
}

type Word = { readonly charset: string; readonly octets: Buffer };

/**
 * Neighbours in one character set are joined before they are decoded: many mailers cut through the middle of a character,
 * and ISO-2022-JP also through a shifted run. White space between neighbours counts for nothing (RFC 2047 6.2).
 */
function decodeWords(text: string): string {
  let result = "";
  let end = 0;
  let run: Word[] = [];
  const flush = (): string => {
    const decoded = decodeRun(run);
    run = [];
    return decoded;
  };
  for (const match of text.matchAll(encodedWord)) {
    const gap = text.slice(end, match.index);
    if (run.length === 0 || /[^ \t]/.test(gap)) result += flush() + gap;
    run.push(readWord(match[1] ?? "", match[2] ?? "", match[3] ?? ""));
    end = match.index + match[0].length;
  }
  return result + flush() + text.slice(end);
}

function readWord(charset: string, encoding: string, text: string): Word {
  if (encoding.toLowerCase() === "b") return { charset: charset.toLowerCase(), octets: Buffer.from(text, "base64") };
  const plain = text
    .replaceAll("_", " ")
    .replace(/=([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return { charset: charset.toLowerCase(), octets: Buffer.from(plain, "latin1") };
}

function decodeRun(run: readonly Word[]): string {
  let text = "";
  for (let start = 0; start < run.length;) {
    const charset = run[start]?.charset ?? "";
    let end = start;
    while (end < run.length && run[end]?.charset === charset) end++;
    text += decodeOctets(Buffer.concat(run.slice(start, end).map((word) => word.octets)), charset);
    start = end;
  }
  return text;
}

/** Text as a field's value: encoded words where they are needed, ASCII words as they are, folded to 76 columns. */
export function encodeText(text: string): string {
  return fold(encodeRuns(cleanText(text).trim()), 0);
}

/** A display name, not folded: a quoted string when it is ASCII, encoded words otherwise; empty for an empty name. */
export function encodePhrase(name: string): string {
  const clean = cleanText(name).trim();
  if (clean === "") return "";
  return isPlain(clean) ? `"${clean.replace(/["\\]/g, "\\$&")}"` : encodeRun(clean);
}

/**
 * A whole field, folded, ending in CRLF. Lines are kept to 76 columns where blanks allow it and to 998 octets in any case;
 * what is not ASCII becomes encoded words, so a value that came encoded is taken as it is.
 */
export function foldField(name: string, value: string): string {
  return `${fold(`${name}: ${fieldValue(value)}`, 0)}\r\n`;
}

/** A field's value in printable ASCII on one line, whatever it was. */
export function fieldValue(value: string): string {
  const clean = cleanText(value);
  return /^[ -~]*$/.test(clean) ? clean : encodeRuns(clean);
}

/**
 * Breaks a line before blanks so that it keeps to 76 columns; blanks stay where they are, so unfolding gives the same text back.
 * Never right after a field's name: some servers take such a field for an empty one. `width` says how many columns a word takes.
 */
export function fold(text: string, column: number, width = (word: string): number => word.length): string {
  let result = "";
  let used = column;
  for (const { 0: word, index } of text.matchAll(/ *[^ ]+| +/g)) {
    const columns = width(word);
    const isAfterName = index < maxColumns && /^[!-9;-~]+:$/.test(result);
    const isBreak = word.startsWith(" ") && used + columns > maxColumns && !isAfterName;
    for (const piece of cutLong(isBreak ? `\r\n${word}` : word)) result += piece;
    used = isBreak ? columns : used + columns;
  }
  return result;
}

/** Nothing but a blank can be broken at; a word that no line holds is broken all the same, since servers refuse longer lines. */
function cutLong(word: string): readonly string[] {
  if (word.length < maxLine - maxColumns) return [word];
  const size = maxLine - 2 * maxColumns;
  return Array.from(
    { length: Math.ceil(word.length / size) },
    (_, n) => (n === 0 ? "" : "\r\n ") + word.slice(n * size, (n + 1) * size),
  );
}

/** Words that look encoded already would be decoded at the other end, and long ones could not be folded. */
function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text) && !text.includes("=?") && !/[^ ]{300}/.test(text);
}

function encodeRuns(text: string): string {
  const words = text.split(" ");
  const runs: { plain: boolean; words: string[] }[] = [];
  for (const word of words) {
    const plain = isPlain(word);
    const last = runs.at(-1);
    if (last !== undefined && (last.plain === plain || (word === "" && !last.plain))) last.words.push(word);
    else runs.push({ plain, words: [word] });
  }
  return runs.map((run) => (run.plain ? run.words.join(" ") : encodeRun(run.words.join(" ")))).join(" ");
}

/** Words are cut between characters, as RFC 2047 section 5 asks. */
function encodeRun(text: string): string {
  const chunks: string[] = [];
  let chunk = "";
  let size = 0;
  for (const letter of text) {
    const octets = Buffer.byteLength(letter);
    if (size + octets > octetsPerWord) {
      chunks.push(chunk);
      [chunk, size] = ["", 0];
    }
    chunk += letter;
    size += octets;
  }
  return [...chunks, chunk].map((part) => `${prefix}${Buffer.from(part).toString("base64")}?=`).join(" ");
}
