/** Makes the lines of a message regular (RFC 5322 2.1, 2.3), which must happen before anybody looks for its parts. */
import { parseHeader } from "./header-fields.ts";

const LF = 10;
const CR = 13;
const DOT = 46;

/** RFC 5322 2.1.1, without the line end. */
export const maxLineOctets = 998;

/**
 * The message with every bare CR and LF turned into CRLF, without NUL, ending in CRLF. A message that is so already is given back
 * itself. The header is written anew from its fields, so that it ends where `parseHeader` says and nowhere else.
 */
export function regularMessage(message: Buffer): Buffer {
  if (isRegular(message)) return message;
  const header = parseHeader(message);
  const lines = header.fields.map((field) => `${field.raw.replaceAll("\0", "")}\r\n`).join("");
  return regularLines(message.subarray(header.bodyStart), Buffer.from(`${lines}\r\n`, "latin1"));
}

function isRegular(message: Buffer): boolean {
  if (message.length < 2 || message.at(-1) !== LF || message.includes(0)) return false;
  let pairs = 0;
  for (let lf = message.indexOf(LF); lf >= 0; lf = message.indexOf(LF, lf + 1)) {
    if (message[lf - 1] !== CR) return false;
    pairs++;
  }
  for (let cr = message.indexOf(CR); cr >= 0; cr = message.indexOf(CR, cr + 1)) pairs--;
  return pairs === 0;
}

/** Octets with CRLF at the end of each line, the last one too; behind `before`, which is taken as it is. */
export function regularLines(octets: Buffer, before = Buffer.alloc(0)): Buffer {
  const made = Buffer.allocUnsafe(before.length + regularLength(octets));
  let size = before.copy(made);
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at] ?? 0;
    if (octet === 0) continue;
    if (octet === LF || octet === CR) {
      if (octet === CR && octets[at + 1] === LF) at++;
      made[size++] = CR;
      made[size++] = LF;
    } else made[size++] = octet;
  }
  if (size > before.length && made[size - 1] !== LF) {
    made[size++] = CR;
    made[size++] = LF;
  }
  return made.subarray(0, size);
}

/** Room enough for the octets once their lines are regular: a bare CR or LF becomes two octets, and a line end may be missing. */
function regularLength(octets: Buffer): number {
  let bare = 0;
  for (let at = 0; at < octets.length; at++) {
    if (octets[at] === LF ? octets[at - 1] !== CR : octets[at] === CR && octets[at + 1] !== LF) bare++;
  }
  return octets.length + bare + 2;
}

/** Whether a line is longer than servers must take. */
export function hasLongLine(octets: Buffer): boolean {
  let start = 0;
  while (octets.length - start > maxLineOctets) {
    const lf = octets.lastIndexOf(LF, start + maxLineOctets + 1);
    if (lf < start) return true;
    start = lf + 1;
  }
  return false;
}

/**
 * Dots doubled at the start of lines (RFC 5321 4.5.2), for octets that themselves start a line; the same buffer when there is
 * nothing to double.
 */
export function stuffDots(octets: Buffer): Buffer {
  if (octets[0] !== DOT && !octets.includes("\n.")) return octets;
  const made = Buffer.allocUnsafe(octets.length + countDots(octets));
  let size = 0;
  for (let at = 0; at < octets.length; at++) {
    if (startsWithDot(octets, at)) made[size++] = DOT;
    made[size++] = octets[at] ?? 0;
  }
  return made;
}

function countDots(octets: Buffer): number {
  let count = 0;
  for (let at = 0; at < octets.length; at++) if (startsWithDot(octets, at)) count++;
  return count;
}

/** Whether a line begins here, with a dot. */
function startsWithDot(octets: Buffer, at: number): boolean {
  return octets[at] === DOT && (at === 0 || octets[at - 1] === LF);
}
