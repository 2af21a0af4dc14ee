/**
 * The body of a copy: the author's parts, the footer in its place, and each part that its next server might not take (raw 8-bit
 * octets, lines over 998 octets, raw header fields) written in a form that it takes. What is fine is passed on as it lies.
 */
import { isAscii } from "node:buffer";
import { formatContentField, parseContentField } from "./content-type.ts";
import { isMostlyForeign } from "./copy-text.ts";
import type { CopyText } from "./copy-text.ts";
import { decodeText, foldField } from "./encoded-words.ts";
import { isSealed } from "./footer-place.ts";
import type { HeaderField } from "./header-fields.ts";
import { hasLongLine, maxLineOctets } from "./line-ends.ts";
import { isIdentity } from "./mime-tree.ts";
import type { MimePart } from "./mime-tree.ts";
import type { PersonalText } from "./personal-text.ts";
import { decodeTransfer, encodeBase64, encodeQuotedPrintable } from "./transfer-encoding.ts";

/** Whole lines before dots are doubled, or what makes them for a member. */
export type Segment = Buffer | PersonalText;

export type PartsPlan = {
  /** The whole message with regular lines. */
  readonly message: Buffer;
  readonly eightBit: boolean;
  /** What goes out in place of a part. */
  readonly texts: ReadonlyMap<MimePart, CopyText>;
  /** A boundary that is not in the message yet; another one at each call. */
  newBoundary(): string;
};

export type Entity = {
  /** Content fields and, below the root, all others; each folded and ended. */
  readonly fields: string;
  readonly body: readonly Segment[];
};

type Changes = Readonly<Record<string, string | undefined>>;

/** A part written anew: its header and what stands below it. */
export function writeEntity(
  part: MimePart,
  plan: PartsPlan,
  isKept: (field: HeaderField) => boolean = () => true,
): Entity {
  const { changes, body } = writeBody(part, plan);
  return { fields: writeFields(part, changes, isKept), body };
}

function writePart(part: MimePart, plan: PartsPlan): readonly Segment[] {
  const slice = withLineEnd(plan.message, part.headerStart, part.bodyEnd);
  if (isSealed(part) || (!holdsText(part, plan) && isFit(part, plan))) return [slice];
  const { fields, body } = writeEntity(part, plan);
  return [Buffer.from(`${fields}\r\n`, "latin1"), ...body];
}

function holdsText(part: MimePart, plan: PartsPlan): boolean {
  return plan.texts.has(part) || part.children.some((child) => holdsText(child, plan));
}

/** Whether a part and all below can go out as they lie. */
function isFit(part: MimePart, plan: PartsPlan): boolean {
  const slice = plan.message.subarray(part.headerStart, part.bodyEnd);
  if (hasLongLine(slice)) return false;
  if (isAscii(slice)) return hasEmptyLine(part, plan);
  return plan.eightBit && hasFitHeaders(part, plan);
}

function hasFitHeaders(part: MimePart, plan: PartsPlan): boolean {
  const isDeclared =
    part.children.length > 0 ||
    part.encoding === "8bit" ||
    isAscii(plan.message.subarray(part.bodyStart, part.bodyEnd));
  const isFine =
    isAscii(plan.message.subarray(part.headerStart, part.bodyStart)) && isDeclared && hasEmptyLine(part, plan);
  return (
    isFine &&
    (part.boundary === undefined || isAscii(Buffer.from(part.boundary, "latin1"))) &&
    part.children.every((child) => hasFitHeaders(child, plan))
  );
}

function hasEmptyLine(part: MimePart, plan: PartsPlan): boolean {
  const end = plan.message.toString("latin1", Math.max(part.headerStart, part.bodyStart - 4), part.bodyStart);
  const isEnded = end === "\r\n" || end === "\r\n\r\n";
  return isEnded && part.header.garbage.length === 0 && part.children.every((child) => hasEmptyLine(child, plan));
}

/** A stretch of the message up to and with the line end that follows it. */
function withLineEnd(message: Buffer, start: number, end: number): Buffer {
  if (message[end] === 13 && message[end + 1] === 10) return message.subarray(start, end + 2);
  return end > start && message[end - 1] !== 10
    ? Buffer.concat([message.subarray(start, end), Buffer.from("\r\n")])
    : message.subarray(start, end);
}

type Written = { readonly changes: Changes; readonly body: readonly Segment[] };

function writeBody(part: MimePart, plan: PartsPlan): Written {
  const text = plan.texts.get(part);
  if (text !== undefined) {
    const changes = { "content-type": text.contentType, "content-transfer-encoding": text.encoding };
    return { changes, body: [text.before, text.personal, text.after] };
  }
  if (isSealed(part)) return { changes: {}, body: [withLineEnd(plan.message, part.bodyStart, part.bodyEnd)] };
  if (part.children.length === 0) return writeLeaf(part, plan);
  if (part.type === "message/rfc822") {
    const body = part.children.flatMap((child) => writePart(child, plan));
    return { changes: encodingChange(part, body), body };
  }
  return writeMultipart(part, plan);
}

/** What stands before the first part and after the last is left out: no reader shows it. */
function writeMultipart(part: MimePart, plan: PartsPlan): Written {
  const isPlain = /^[!-~](?:[ -~]{0,68}[!-~])?$/.test(part.boundary ?? "");
  const boundary = isPlain && part.boundary !== undefined ? part.boundary : plan.newBoundary();
  const parameters = [
    ...part.content.parameters.filter(([name]) => name.split("*")[0] !== "boundary"),
    ["boundary", boundary] as const,
  ];
  const changes = isPlain ? {} : { "content-type": formatContentField({ value: part.type, parameters }) };
  const body = joinParts(
    part.children.map((child) => writePart(child, plan)),
    boundary,
  );
  return { changes: { ...changes, ...encodingChange(part, body) }, body };
}

/** Parts between delimiters. */
export function joinParts(parts: readonly (readonly Segment[])[], boundary: string): readonly Segment[] {
  const delimiter = Buffer.from(`--${boundary}\r\n`, "latin1");
  return [...parts.flatMap((part) => [delimiter, ...part]), Buffer.from(`--${boundary}--\r\n`, "latin1")];
}

/** RFC 2045 6.4: what holds 8-bit parts is 8bit itself, and never anything but 7bit, 8bit or binary. */
function encodingChange(part: MimePart, body: readonly Segment[]): Changes {
  const encoding = body.some(isEightBit) ? "8bit" : isIdentity(part.encoding) ? part.encoding : "7bit";
  return encoding === part.encoding ? {} : { "content-transfer-encoding": encoding };
}

/** Whether a segment may hold octets above 127. */
export function isEightBit(segment: Segment): boolean {
  return Buffer.isBuffer(segment) ? !isAscii(segment) : segment.eightBit;
}

function writeLeaf(part: MimePart, plan: PartsPlan): Written {
  const body = plan.message.subarray(part.bodyStart, part.bodyEnd);
  const ascii = isAscii(body);
  const fits = !hasLongLine(body) && (ascii || (plan.eightBit && isIdentity(part.encoding)));
  if (!fits) return writeEncoded(part, decodeTransfer(body, part.encoding) ?? body);
  const changes = !ascii && part.encoding !== "8bit" ? { "content-transfer-encoding": "8bit" } : {};
  return { changes, body: [withLineEnd(plan.message, part.bodyStart, part.bodyEnd)] };
}

function writeEncoded(part: MimePart, octets: Buffer): Written {
  const isText = part.type.startsWith("text/") && part.encoding !== "base64" && !isMostlyForeign(octets);
  const coded = isText ? encodeQuotedPrintable(octets) : encodeBase64(octets);
  const encoding = isText ? "quoted-printable" : "base64";
  // A multipart in a transfer encoding is none any more (RFC 2045 6.4), so that which nobody could read becomes a file.
  const type = part.opaque ? { "content-type": "application/octet-stream" } : {};
  return { changes: { "content-transfer-encoding": encoding, ...type }, body: [withLineEnd(coded, 0, coded.length)] };
}

/** The header of a part with its changes; of a field that may stand once only the first counts, as readers take it. */
function writeFields(part: MimePart, changes: Changes, isKept: (field: HeaderField) => boolean): string {
  const missing = new Set(Object.keys(changes).filter((name) => changes[name] !== undefined));
  const seen = new Set<string>();
  let text = "";
  for (const field of part.header.fields) {
    const name = field.name.toLowerCase();
    if (!isKept(field) || name.length > 100 || (name.startsWith("content-") && seen.has(name))) continue;
    seen.add(name);
    missing.delete(name);
    text += writeField(field, changes[name]);
  }
  for (const name of missing) text += foldField(properName(name), changes[name] ?? "");
  return text;
}

function properName(name: string): string {
  return name.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase());
}

/** As the author wrote it where every server takes that. */
export function writeField(field: HeaderField, change: string | undefined): string {
  if (change !== undefined) return foldField(field.name, change);
  const lines = field.raw.split("\r\n");
  const isFine = lines.every((line) => /^[\t -~]*[!-~][\t -~]*$/.test(line) && line.length <= maxLineOctets);
  if (isFine && field.raw.startsWith(`${field.name}:`)) return `${field.raw}\r\n`;
  if (/^content-(?:type|disposition)$/i.test(field.name)) return foldField(field.name, asciiContentField(field.value));
  return foldField(field.name, decodeText(field.value));
}

function asciiContentField(value: string): string {
  const { value: head, parameters } = parseContentField(value);
  return formatContentField({ value: head, parameters: parameters.map(([name, text]) => [name, decodeText(text)]) });
}
