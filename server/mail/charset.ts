/**
 * Octets to text and back, in the character sets that mail is written in. Everything that shows a message or adds text to one
 * goes through here.
 */
import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import encodingJapanese from "encoding-japanese";

/** Names that mailers use and the Encoding Standard lacks; its tables hold the makers' extra characters that these stand for. */
const aliases: Readonly<Record<string, string>> = {
  cp932: "shift_jis",
  "x-sjis-cp932": "shift_jis",
  cp50220: "iso-2022-jp",
  cp50221: "iso-2022-jp",
  cp50222: "iso-2022-jp",
  "iso-2022-jp-ms": "iso-2022-jp",
  "iso-2022-jp-1": "iso-2022-jp",
  "iso-2022-jp-2": "iso-2022-jp",
  cp51932: "euc-jp",
  "eucjp-ms": "euc-jp",
  cp949: "euc-kr",
  cp936: "gbk",
  utf8mb4: "utf-8",
  "ansi_x3.4-1968": "us-ascii",
  ascii: "us-ascii",
  "8859-1": "iso-8859-1",
  latin: "iso-8859-1",
};

const japanese: Readonly<Record<string, "JIS" | "SJIS" | "EUCJP">> = {
  "iso-2022-jp": "JIS",
  shift_jis: "SJIS",
  "euc-jp": "EUCJP",
};
const manyOctets = new Set(["gbk", "gb18030", "big5", "euc-kr", "replacement", "utf-16le", "utf-16be"]);

/** A decoder for a name as found in mail, or undefined when nobody knows it. `fatal`: wrong octets throw. */
function decoder(charset: string, fatal = false): TextDecoder | undefined {
  const name = charset.trim().toLowerCase();
  try {
    return new TextDecoder(aliases[name] ?? name, { fatal, ignoreBOM: false });
  } catch {
    return undefined;
  }
}

/** The Encoding Standard's name, under which `us-ascii` and `iso-8859-1` are both windows-1252; undefined when unknown. */
export function canonicalCharset(charset: string): string | undefined {
  return decoder(charset)?.encoding;
}

/** Text of octets whose character set is named; where the name is missing, unknown or plainly wrong, a sensible guess is made. */
export function decodeOctets(octets: Buffer, charset: string | undefined): string {
  const named = charset === undefined ? undefined : decoder(charset);
  return (named !== undefined && isTrusted(named, octets) ? named : new TextDecoder(guessCharset(octets))).decode(
    octets,
  );
}

/** Mailers put the names of ASCII, Latin-1 and UTF-8 on anything; whoever names another character set means it. */
function isTrusted(named: TextDecoder, octets: Buffer): boolean {
  if (named.encoding === "windows-1252") return !isUtf8(octets) && !hasEscape(octets);
  if (named.encoding !== "utf-8") return true;
  return isAscii(octets) ? !hasEscape(octets) : isUtf8(octets) || isMostly(named.decode(octets.subarray(0, 4000)));
}

/** Text that was cut somewhere or holds a stray octet is still what its name says. */
function isMostly(text: string): boolean {
  return text.split("\ufffd").length - 1 <= 2 + text.length / 100;
}

/** The character set that octets are really in: the named one, unless it is missing or plainly wrong. */
export function charsetOf(octets: Buffer, charset: string | undefined): string {
  const named = charset === undefined ? undefined : decoder(charset);
  if (charset !== undefined && named === undefined) return charset;
  return charset !== undefined &&
    named !== undefined &&
    (isAscii(octets) ? !hasEscape(octets) || named.encoding === "iso-2022-jp" : isTrusted(named, octets))
    ? charset
    : guessCharset(octets);
}

/** Text of octets exactly in the named character set; undefined when that is unknown or an octet is not of it. */
export function decodeExactly(octets: Buffer, charset: string): string | undefined {
  try {
    return decoder(charset, true)?.decode(octets);
  } catch {
    return undefined;
  }
}

/** The likeliest character set of octets that come without one. Escape sequences and valid UTF-8 hardly occur by chance. */
export function guessCharset(octets: Buffer): string {
  if (hasEscape(octets)) return "iso-2022-jp";
  if (isAscii(octets)) return "us-ascii";
  if (isUtf8(octets)) return "utf-8";
  const fits = ["shift_jis", "euc-jp"].map((name) => ({ name, oddity: oddity(octets, name) }));
  const best = fits.reduce((one, other) => (other.oddity < one.oddity ? other : one));
  return best.oddity < 0.1 ? best.name : "windows-1252";
}

function hasEscape(octets: Buffer): boolean {
  return octets.includes("\x1b$", 0, "latin1") || octets.includes("\x1b(I", 0, "latin1");
}

/** How little a text reads as Japanese: the share of its characters beyond ASCII that are wrong, or half-width kana, or rare. */
function oddity(octets: Buffer, charset: string): number {
  const text = new TextDecoder(charset).decode(octets.subarray(0, 4000));
  const foreign = text.match(/[^\0-\x7f]/gu) ?? [];
  const odd = foreign.filter((letter) => !/[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]/.test(letter));
  return foreign.length === 0 ? 1 : odd.length / foreign.length;
}

/**
 * Text as octets of the named character set; undefined when it cannot be said in it, or its writer is not known here. What
 * is written is read again, for encoding-japanese puts marks of its own where a character is missing.
 */
export function encodeIn(charset: string, text: string): Buffer | undefined {
  const name = canonicalCharset(charset);
  if (name === undefined || name.startsWith("utf-16") || name === "replacement") return undefined;
  if (/^[\0-\x7f]*$/.test(text)) return Buffer.from(text, "latin1");
  if (name === "utf-8") return Buffer.from(text);
  if (name === "windows-1252" && !charset.includes("1252")) return encodeLatin(text, charset);
  const octets = japanese[name] !== undefined ? encodeJapanese(text, japanese[name]) : encodeSingleOctets(text, name);
  return octets !== undefined && decodeExactly(octets, name) === text ? octets : undefined;
}

/** The Encoding Standard takes ASCII and Latin-1 for Windows' character set; other readers do not. */
function encodeLatin(text: string, charset: string): Buffer | undefined {
  return /8859|latin/i.test(charset) && /^[\0-\x7f\xa0-\xff]*$/.test(text) ? Buffer.from(text, "latin1") : undefined;
}

function encodeJapanese(text: string, to: "JIS" | "SJIS" | "EUCJP"): Buffer | undefined {
  const octets = Buffer.from(encodingJapanese.convert(text, { from: "UNICODE", to, type: "array" }));
  // ISO-2022-JP proper has neither half-width kana nor JIS X 0212, and many phones show neither.
  return to === "JIS" && (octets.includes("\x1b(I", 0, "latin1") || octets.includes("\x1b$(", 0, "latin1"))
    ? undefined
    : octets;
}

function encodeSingleOctets(text: string, name: string): Buffer | undefined {
  if (manyOctets.has(name)) return undefined;
  const every = Buffer.from(Array.from({ length: 256 }, (_, octet) => octet));
  const places = new Map([...new TextDecoder(name).decode(every)].map((letter, octet) => [letter, octet]));
  const octets = [...text].map((letter) => places.get(letter));
  return octets.every((octet) => octet !== undefined) ? Buffer.from(octets) : undefined;
}
