/** Quoted-printable and base64 (RFC 2045 6.7, 6.8), read as mail has them and written in lines that every server takes. */

const maxColumns = 76;
const octetsPerLine = 57;
const [TAB, LF, CR, SPACE, DOT, EQUALS] = [9, 10, 13, 32, 46, 61] as const;
const hex = Buffer.from("0123456789ABCDEF");

/** The octets behind a transfer encoding; undefined when it is none of RFC 2045's, or the octets are plainly not in it. */
export function decodeTransfer(octets: Buffer, encoding: string): Buffer | undefined {
  if (encoding === "base64") return decodeBase64(octets);
  if (encoding === "quoted-printable") return decodeQuotedPrintable(octets);
  return encoding === "7bit" || encoding === "8bit" || encoding === "binary" ? octets : undefined;
}

/** More signs than this that base64 has not, and it is not base64 whatever its header says. */
const maxForeign = 1 / 50;

/** Some mailers put several padded pieces into one body; Node stops at the first padding. */
function decodeBase64(octets: Buffer): Buffer | undefined {
  const text = octets.toString("latin1");
  const foreign = text.match(/[^A-Za-z0-9+/=\r\n]/g)?.length ?? 0;
  if (foreign > 4 + text.length * maxForeign) return undefined;
  const padding = text.indexOf("=");
  if (padding < 0 || !/[A-Za-z0-9+/]/.test(text.slice(padding))) return Buffer.from(text, "base64");
  return Buffer.concat(text.split(/=+/).map((piece) => Buffer.from(piece, "base64")));
}

/** Blanks before a line end were added on the way and count for nothing; what is no code stands for itself. */
function decodeQuotedPrintable(octets: Buffer): Buffer {
  const made = Buffer.allocUnsafe(octets.length);
  let size = 0;
  let kept = 0; // how much of `made` no later line end can take back
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at] ?? 0;
    if (octet === LF || octet === CR) {
      size = trimmed(made, kept, size);
      made[size++] = octet;
      kept = size;
    } else if (octet === EQUALS) {
      const step = readCode(octets, at);
      if (step.octet !== undefined) made[size++] = step.octet;
      at = step.at;
      kept = size;
    } else made[size++] = octet;
  }
  return Buffer.from(made.subarray(0, trimmed(made, kept, size)));
}

function trimmed(made: Buffer, from: number, to: number): number {
  let size = to;
  while (size > from && isBlank(made[size - 1])) size--;
  return size;
}

/** Reads from an equals sign on: a code, a soft line break, or a sign that stands for itself. */
function readCode(octets: Buffer, at: number): { readonly octet: number | undefined; readonly at: number } {
  const code = (hexValue(octets[at + 1]) << 4) | hexValue(octets[at + 2]);
  if (code >= 0) return { octet: code, at: at + 2 };
  let next = at + 1;
  while (isBlank(octets[next])) next++;
  if (isLineEnd(octets, next)) next++;
  return octets[next] === LF || octets[next] === CR || next >= octets.length
    ? { octet: undefined, at: next }
    : { octet: EQUALS, at };
}

function hexValue(octet: number | undefined): number {
  if (octet === undefined) return -1;
  if (octet >= 48 && octet <= 57) return octet - 48;
  const letter = octet & 0xdf;
  return letter >= 65 && letter <= 70 ? letter - 55 : -1;
}

/**
 * Quoted-printable from the start of a line on. Line ends in CRLF stay line ends; other octets that are no plain text are coded,
 * dots at the start of lines too, so that nothing is left to stuff. `openEnd`: more follows on the last line.
 */
export function encodeQuotedPrintable(octets: Buffer, openEnd = false): Buffer {
  const made = Buffer.allocUnsafe(4 * octets.length + 16);
  let size = 0;
  let lineStart = 0;
  for (let at = 0; at < octets.length; at++) {
    if (isLineEnd(octets, at)) {
      size = append(made, size, [CR, LF]);
      lineStart = size;
      at++;
      continue;
    }
    if (size - lineStart > maxColumns - 4) lineStart = size = append(made, size, softBreak);
    const octet = octets[at] ?? 0;
    const isLast = at + 1 === octets.length ? !openEnd : isLineEnd(octets, at + 1);
    const isPlain = mayStand(octet, { startsLine: size === lineStart, endsLine: isLast });
    size = append(made, size, isPlain ? [octet] : [EQUALS, hex[octet >> 4] ?? 0, hex[octet & 15] ?? 0]);
  }
  if (openEnd && size > lineStart) size = append(made, size, softBreak);
  return exact(made, size);
}

/** What is small is copied, so that its surplus is given back; of what is large the surplus was never touched. */
function exact(made: Buffer, size: number): Buffer {
  return size < 65_536 ? Buffer.from(made.subarray(0, size)) : made.subarray(0, size);
}

const softBreak = [EQUALS, CR, LF] as const;

function append(made: Buffer, at: number, octets: readonly number[]): number {
  for (let n = 0; n < octets.length; n++) made[at + n] = octets[n] ?? 0;
  return at + octets.length;
}

function isLineEnd(octets: Buffer, at: number): boolean {
  return octets[at] === CR && octets[at + 1] === LF;
}

function isBlank(octet: number | undefined): boolean {
  return octet === SPACE || octet === TAB;
}

/** Blanks at the end of a line would be lost on the way. */
function mayStand(octet: number, place: { readonly startsLine: boolean; readonly endsLine: boolean }): boolean {
  if (isBlank(octet)) return !place.endsLine;
  return octet > SPACE && octet < 127 && octet !== EQUALS && !(octet === DOT && place.startsLine);
}

/** Base64 in lines of 76 columns, each ending in CRLF. */
export function encodeBase64(octets: Buffer): Buffer {
  const columns = Math.ceil(octets.length / 3) * 4;
  const made = Buffer.allocUnsafe(columns + 2 * Math.ceil(octets.length / octetsPerLine));
  let size = 0;
  for (let at = 0; at < octets.length; at += octetsPerLine) {
    size += made.write(octets.toString("base64", at, at + octetsPerLine), size, "latin1");
    made[size++] = CR;
    made[size++] = LF;
  }
  return made.subarray(0, size);
}

/** How many of so many octets fill whole lines of base64: those that can be encoded before it is known what follows. */
export function wholeLines(octets: number): number {
  return octets - (octets % octetsPerLine);
}
