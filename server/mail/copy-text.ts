/** One text of a post with the footer added: the author's octets prepared once, the footer ready to be filled in for each member. */
import { isAscii } from "node:buffer";
import { charsetOf, canonicalCharset, decodeExactly, encodeIn } from "./charset.ts";
import { formatContentField } from "./content-type.ts";
import type { ContentField } from "./content-type.ts";
import { hasLongLine } from "./line-ends.ts";
import { preparePersonal } from "./personal-text.ts";
import type { PersonalForm, PersonalText } from "./personal-text.ts";
import { mapText } from "./slots.ts";
import type { Pieces } from "./slots.ts";
import { decodeTransfer, encodeBase64, encodeQuotedPrintable, wholeLines } from "./transfer-encoding.ts";

/** What goes out in place of a text part. Each piece is whole lines. */
export type CopyText = {
  /** Values of the two fields that change. */
  readonly contentType: string;
  readonly encoding: PersonalForm["encoding"];
  readonly before: Buffer;
  readonly personal: PersonalText;
  readonly after: Buffer;
};

export type TextSource = {
  readonly octets: Buffer;
  /** As the author declares it. */
  readonly content: ContentField;
  readonly charset: string | undefined;
  readonly encoding: string;
  readonly flowed: boolean;
  readonly html: boolean;
};

export type TextForm = {
  readonly eightBit: boolean;
  /** Whether any value must fit, whatever its letters and length: then the text becomes UTF-8 in a transfer encoding. */
  readonly roomy: boolean;
};

/** Undefined when the footer cannot be added without harm to the author's text. */
export function addFooter(source: TextSource, footer: Pieces, form: TextForm): CopyText | undefined {
  const decoded = decodeTransfer(source.octets, source.encoding);
  if (decoded === undefined) return undefined;
  const pieces = footerPieces(source, footer);
  const text = inCharset(decoded, charsetOf(decoded, source.charset), form.roomy && !source.html ? undefined : pieces);
  if (text === undefined) return undefined;
  const [before, after] = source.html ? splitPage(text.octets) : [endText(text, source.flowed), Buffer.alloc(0)];
  const encoding = chooseEncoding(source.encoding, [before, after, staticOctets(pieces, text.charset)], form);
  return inEncoding({ before, after, charset: text.charset, encoding }, source, pieces);
}

type Text = { readonly octets: Buffer; readonly charset: string };

/** The author's octets as they are where the footer can be said in their character set, otherwise as UTF-8. */
function inCharset(octets: Buffer, charset: string, pieces: Pieces | undefined): Text | undefined {
  const name = canonicalCharset(charset);
  const fits = pieces?.every((piece) => "slot" in piece || encodeIn(charset, piece.text) !== undefined) === true;
  if (name === "utf-8" || fits) return { octets, charset };
  if (name === "windows-1252" && isAscii(octets)) return { octets, charset: "utf-8" };
  const text = decodeExactly(octets, charset);
  return text === undefined ? undefined : { octets: Buffer.from(text), charset: "utf-8" };
}

function footerPieces(source: TextSource, footer: Pieces): Pieces {
  const regular = mapText(footer, (text) => text.replace(/\r\n|\r|\n/g, "\r\n"));
  const ended = endsLine(regular) ? regular : [...regular, { text: "\r\n" }];
  if (source.html)
    return mapText(ended, (text) => text.replace(/[^\0-\x7f]/gu, (letter) => `&#${letter.codePointAt(0) ?? 0};`));
  if (!source.flowed) return ended;
  return ended.map((piece, n) => ("text" in piece ? { text: flowedLines(piece.text, n === 0) } : piece));
}

function endsLine(pieces: Pieces): boolean {
  const last = pieces.at(-1);
  return last !== undefined && "text" in last && last.text.endsWith("\n");
}

/** RFC 3676 4.1, 4.4: a blank at a line's end would join it to the next; at its start one is taken off again. */
function flowedLines(text: string, startsLine: boolean): string {
  const lines = text.split("\r\n").map((line, n, all) => {
    const ended = n === all.length - 1 || line === "-- " ? line : line.trimEnd();
    return (n > 0 || startsLine) && /^(?:[ >]|From )/.test(ended) ? ` ${ended}` : ended;
  });
  return lines.join("\r\n");
}

/** The author's text up to where a new line can begin. */
function endText(text: Text, flowed: boolean): Buffer {
  const parts = [text.octets];
  if (leavesShifted(text)) parts.push(Buffer.from("\x1b(B", "latin1"));
  const tail = text.octets.subarray(-4).toString("latin1");
  if (text.octets.length > 0 && !tail.endsWith("\n")) parts.push(Buffer.from("\r\n"));
  // A last line that is flowed would run on into the footer (RFC 3676 4.2); after "-- " nothing does.
  if (flowed && / (?:\r\n)?$/.test(tail) && !/-- (?:\r\n)?$/.test(text.octets.subarray(-5).toString("latin1")))
    parts.push(Buffer.from("\r\n"));
  return parts.length === 1 ? text.octets : Buffer.concat(parts);
}

/** ISO-2022-JP text that ends in the middle of Japanese would make Japanese of the footer too. */
function leavesShifted(text: Text): boolean {
  if (canonicalCharset(text.charset) !== "iso-2022-jp") return false;
  const at = text.octets.lastIndexOf("\x1b", undefined, "latin1");
  return at >= 0 && text.octets.toString("latin1", at + 1, at + 3) !== "(B";
}

/** Pages that go on this long after their end are no pages; what comes after the footer is encoded for each copy. */
const maxAfter = 4000;

/** An HTML page before and after the place of the footer, each in whole lines. */
function splitPage(octets: Buffer): [Buffer, Buffer] {
  const start = Math.max(0, octets.length - maxAfter);
  const tail = octets.toString("latin1", start).toLowerCase();
  const found = [tail.lastIndexOf("</body"), tail.lastIndexOf("</html")].find((at) => at >= 0);
  const cut = found === undefined ? octets.length : start + found;
  return [wholeLine(octets.subarray(0, cut)), wholeLine(octets.subarray(cut))];
}

function wholeLine(octets: Buffer): Buffer {
  return octets.length === 0 || octets.at(-1) === 10 ? octets : Buffer.concat([octets, Buffer.from("\r\n")]);
}

function staticOctets(pieces: Pieces, charset: string): Buffer {
  return (
    encodeIn(charset, pieces.map((piece) => ("text" in piece ? piece.text : "x".repeat(100))).join("")) ??
    Buffer.alloc(0)
  );
}

/** The author's choice where it can carry all of the text; Japanese is half as long in base64 as in quoted-printable. */
function chooseEncoding(authors: string, texts: readonly Buffer[], form: TextForm): PersonalForm["encoding"] {
  if (authors === "base64" || authors === "quoted-printable") return authors;
  const ascii = texts.every((text) => isAscii(text));
  if (!form.roomy && (ascii || form.eightBit) && !texts.some(hasLongLine)) return ascii ? "7bit" : "8bit";
  return texts.some(isMostlyForeign) ? "base64" : "quoted-printable";
}

/** Judged by the beginning; above this share quoted-printable is the longer one. */
export function isMostlyForeign(octets: Buffer): boolean {
  const sample = octets.subarray(0, 4000);
  return sample.reduce((sum, octet) => sum + (octet > 126 || octet === 27 ? 1 : 0), 0) > sample.length / 6;
}

type Ready = {
  readonly before: Buffer;
  readonly after: Buffer;
  readonly charset: string;
  readonly encoding: PersonalForm["encoding"];
};

function inEncoding(text: Ready, source: TextSource, pieces: Pieces): CopyText | undefined {
  const { charset, encoding } = text;
  const split = encoding === "base64" ? wholeLines(text.before.length) : text.before.length;
  const [before, tied] = [text.before.subarray(0, split), text.before.subarray(split)];
  const form: PersonalForm = {
    charset,
    encoding,
    escape: source.html ? escapeHtml : asIs,
    before: tied,
    after: encoding === "base64" ? text.after : Buffer.alloc(0),
  };
  const personal = preparePersonal(pieces, form);
  if (personal === undefined) return undefined;
  const encode = { base64: encodeBase64, "quoted-printable": encodeQuotedPrintable, "7bit": asIs, "8bit": asIs }[
    encoding
  ];
  return {
    contentType: withCharset(source, charset),
    encoding,
    before: encode(before),
    personal,
    after: encoding === "base64" ? Buffer.alloc(0) : encode(text.after),
  };
}

function withCharset(source: TextSource, charset: string): string {
  const others = source.content.parameters.filter(([name]) => name.split("*")[0] !== "charset");
  const value = source.html ? "text/html" : "text/plain";
  return formatContentField({ value, parameters: [["charset", charset.trim()], ...others] });
}

function asIs<Value>(value: Value): Value {
  return value;
}

/** Letters beyond ASCII become numbers, so that a value can be said in every page's character set. */
function escapeHtml(value: string): string {
  return value.replace(/[&<>"']|[^\0-\x7f]/gu, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
}
