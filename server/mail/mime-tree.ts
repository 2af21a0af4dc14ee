/**
 * Where the parts of a message lie (RFC 2046), found in one walk over its octets that copies nothing. Never throws; mail that is
 * deeper, wider or odder than real mail gets opaque leaves.
 */
import { parameterOf, parseContentField } from "./content-type.ts";
import type { ContentField } from "./content-type.ts";
import { parseHeader } from "./header-fields.ts";
import type { Header } from "./header-fields.ts";

export type MimePart = {
  readonly header: Header;
  /** Offsets in the message. A part's header ends where its body begins; the line end before a delimiter belongs to the delimiter. */
  readonly headerStart: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
  /** Lower case, such as "text/plain", which is also what a part without a readable type is. */
  readonly type: string;
  readonly content: ContentField;
  readonly charset: string | undefined;
  readonly boundary: string | undefined;
  readonly flowed: boolean;
  /** Lower case: "7bit", "8bit", "binary", "base64", "quoted-printable", or what else stands there. */
  readonly encoding: string;
  /** Lower case: "inline", "attachment", or undefined. */
  readonly disposition: string | undefined;
  /** Whether it has a file's name, so that it is a file even without a disposition. */
  readonly named: boolean;
  /** A multipart or message whose inside was not read: a cap was reached, or it has no boundary. */
  readonly opaque: boolean;
  readonly children: readonly MimePart[];
};

/** `headerOctets` is for one part, `allHeaderOctets` for all of a message together. */
export const mimeLimits = { depth: 50, parts: 1000, headerOctets: 100_000, allHeaderOctets: 2_000_000 };

type Draft = { -readonly [Key in keyof MimePart]: MimePart[Key] } & { children: Draft[] };
type Level = { readonly index: number; readonly last: boolean };

const dashes = Buffer.from("\n--");
const LF = 10;
const CR = 13;
/** RFC 2046 5.1.1 allows 70; some mailers are more generous. */
const maxBoundary = 200;

/** The tree of a whole message, its header included. */
export function readMimeTree(message: Buffer): MimePart {
  return new Walk(message).tree();
}

/** Every part, parents before children, in the order of the message. */
export function* partsOf(part: MimePart): Generator<MimePart> {
  yield part;
  for (const child of part.children) yield* partsOf(child);
}

/** One walk. `path` leads from the root to the part that is being passed; each lies in the one before. */
class Walk {
  readonly #message: Buffer;
  readonly #path: Draft[] = [];
  /** Multiparts of the path whose last delimiter has not come. */
  readonly #open = new Set<Draft>();
  /** Their boundaries and places in the path; where two have the same the inner one counts. */
  #boundaries = new Map<string, number>();
  #parts = 0;
  #headerOctets = 0;

  constructor(message: Buffer) {
    this.#message = message;
  }

  tree(): MimePart {
    const root = this.#start(0, parseHeader(this.#message), "text/plain");
    for (let at: number | undefined = this.#bodyOfLast(); at !== undefined;) at = this.#passDelimiter(at);
    this.#leave(0, this.#message.length);
    return root;
  }

  /** Acts on the next delimiter; gives the place to go on from, undefined at the end. */
  #passDelimiter(from: number): number | undefined {
    const found = this.#boundaries.size === 0 ? -1 : this.#message.indexOf(dashes, from);
    if (found < 0) return undefined;
    const end = this.#lineEnd(found + 1);
    const level = this.#levelOf(found + dashes.length, end);
    if (level === undefined) return end;
    const isCrLf = found > 0 && this.#message[found - 1] === CR;
    this.#leave(level.index + 1, isCrLf ? found - 1 : found);
    if (!level.last) return this.#nextChild(level.index, Math.min(end + 1, this.#message.length));
    this.#end(level.index); // what follows is its epilogue
    return end;
  }

  #nextChild(parentIndex: number, start: number): number {
    const parent = this.#path[parentIndex];
    if (parent === undefined) return start;
    if (this.#isFull()) {
      Object.assign(parent, { opaque: true, children: [] });
      this.#end(parentIndex);
      return start;
    }
    this.#start(start, this.#headerOf(start), parent.type === "multipart/digest" ? "message/rfc822" : "text/plain");
    return this.#bodyOfLast();
  }

  /** A part's header ends at the latest where a delimiter stands, for some parts have no empty line. */
  #headerOf(start: number): Header {
    const limit = Math.min(this.#message.length, start + mimeLimits.headerOctets);
    for (let at = this.#message.indexOf(dashes, start - 1); at >= 0 && at < limit;) {
      const end = this.#lineEnd(at + 1);
      if (this.#levelOf(at + dashes.length, end) !== undefined) return parseHeader(this.#message, start, at + 1);
      at = this.#message.indexOf(dashes, end);
    }
    return parseHeader(this.#message, start, limit);
  }

  /** Hangs a part under the last one of the path; one that has parts of its own stays open for them. */
  #start(headerStart: number, header: Header, defaultType: string): Draft {
    const part = readPart(headerStart, header, defaultType);
    const isComposite = /^(?:multipart|message)\//.test(part.type);
    const hasRoom = this.#path.length < mimeLimits.depth && !this.#isFull() && header.complete;
    this.#path.at(-1)?.children.push(part);
    this.#path.push(part);
    this.#parts++;
    this.#headerOctets += part.bodyStart - headerStart;
    const boundary = part.type.startsWith("multipart/") ? part.boundary : undefined;
    if (hasRoom && boundary !== undefined) this.#begin(part);
    else if (hasRoom && part.type === "message/rfc822" && isIdentity(part.encoding))
      this.#start(part.bodyStart, this.#headerOf(part.bodyStart), "text/plain");
    else part.opaque = isComposite;
    return part;
  }

  #isFull(): boolean {
    return this.#parts >= mimeLimits.parts || this.#headerOctets >= mimeLimits.allHeaderOctets;
  }

  /** Ends every part of the path from this place on. */
  #leave(index: number, end: number): void {
    for (const part of this.#path.splice(index)) part.bodyEnd = Math.max(part.bodyStart, end);
    this.#listBoundaries();
  }

  #begin(part: Draft): void {
    this.#open.add(part);
    this.#listBoundaries();
  }

  #end(index: number): void {
    const part = this.#path[index];
    if (part !== undefined) this.#open.delete(part);
    this.#listBoundaries();
  }

  #listBoundaries(): void {
    this.#boundaries = new Map();
    this.#path.forEach((part, index) => {
      if (part.boundary !== undefined && this.#open.has(part)) this.#boundaries.set(part.boundary, index);
    });
  }

  /** Which multipart a line (without its dashes) delimits, if any. */
  #levelOf(start: number, end: number): Level | undefined {
    if (end - start > maxBoundary + 100) return undefined;
    let stop = end;
    while (stop > start && isPadding(this.#message[stop - 1])) stop--;
    const line = this.#message.toString("latin1", start, stop);
    const index = this.#boundaries.get(line);
    if (index !== undefined) return { index, last: false };
    const closing = line.endsWith("--") ? this.#boundaries.get(line.slice(0, -2)) : undefined;
    return closing === undefined ? undefined : { index: closing, last: true };
  }

  #lineEnd(from: number): number {
    const lf = this.#message.indexOf(LF, from);
    return lf < 0 ? this.#message.length : lf;
  }

  /** From where the search for a delimiter goes on: the line end before the body, since a body may begin with one. */
  #bodyOfLast(): number {
    return Math.max((this.#path.at(-1)?.bodyStart ?? 0) - 1, 0);
  }
}

function readPart(headerStart: number, header: Header, defaultType: string): Draft {
  const content = parseContentField(header.first("Content-Type") ?? "");
  const disposition = parseContentField(header.first("Content-Disposition") ?? "");
  const boundary = parameterOf(content, "boundary");
  return {
    header,
    headerStart,
    bodyStart: header.bodyStart,
    bodyEnd: header.bodyStart,
    type: /^[^/]+\/[^/]+$/.test(content.value) ? content.value : defaultType,
    content,
    charset: parameterOf(content, "charset"),
    boundary: boundary === "" || (boundary?.length ?? 0) > maxBoundary ? undefined : boundary,
    flowed: parameterOf(content, "format")?.toLowerCase() === "flowed",
    encoding: (header.first("Content-Transfer-Encoding") ?? "7bit").toLowerCase(),
    disposition: disposition.value === "" ? undefined : disposition.value,
    named: parameterOf(content, "name") !== undefined || parameterOf(disposition, "filename") !== undefined,
    opaque: false,
    children: [],
  };
}

/** Servers may add blanks to a delimiter (RFC 2046 5.1.1). */
function isPadding(octet: number | undefined): boolean {
  return octet === 32 || octet === 9 || octet === CR;
}

/** Whether the octets stand for themselves (RFC 2045 6.2). */
export function isIdentity(encoding: string): boolean {
  return encoding === "7bit" || encoding === "8bit" || encoding === "binary";
}
