/**
 * DKIM signatures (RFC 6376, 8301, 8463): canonical fields and bodies, and the field that is put on top of a message. Our own code
 * and no package: a post is signed once for each of its copies, 10,000s of times, and what mailauth does for every message (reading
 * it, hashing all of it) takes five times as long as an Ed25519 signature itself.
 */
import { createHash, hash, sign } from "node:crypto";
import type { Hash, KeyObject } from "node:crypto";
import { fold } from "./encoded-words.ts";
import { trimBlanks } from "./header-fields.ts";

/** A key to sign with, and where its public half stands: `SELECTOR._domainkey.DOMAIN`. */
export type DkimKey = {
  readonly domain: string;
  readonly selector: string;
  /** RSA or Ed25519. */
  readonly privateKey: KeyObject;
};

/**
 * Both relaxed: relays refold fields and drop blanks at the end of lines, and "-- ", which begins a footer, ends in one.
 * Simple would save half a microsecond a copy.
 */
const canonicalization = "relaxed/relaxed";

const LF = 10;
const CR = 13;
const TAB = 9;
const BLANK = 32;

/** A field in canonical form with its line end (RFC 6376 3.4.2). `raw`: with the line ends of its folds, without the last. */
export function canonicalField(raw: string): string {
  const colon = raw.indexOf(":");
  const value = raw
    .slice(colon + 1)
    .replaceAll("\r\n", "")
    .replace(/[ \t]+/g, " ");
  return `${trimBlanks(raw.slice(0, colon)).toLowerCase()}:${trimBlanks(value)}\r\n`;
}

/** Whole lines in canonical form; empty ones at the end are only counted, since they count for nothing where no other follows. */
export type CanonicalLines = { readonly octets: Buffer; readonly emptyAtEnd: number };

/** RFC 6376 3.4.4. `lines` end in CRLF, each; they share their memory with the result where nothing is to be changed. */
export function canonicalLines(lines: Buffer): CanonicalLines {
  const octets = reduceBlanks(lines);
  let end = octets.length;
  while (end > 0 && octets[end - 1] === LF && (end === 2 || octets[end - 3] === LF)) end -= 2;
  return { octets: octets.subarray(0, end), emptyAtEnd: (octets.length - end) / 2 };
}

function reduceBlanks(lines: Buffer): Buffer {
  // Three searches in native code pass over base64, most of what is large, many times faster than the loop.
  if (!lines.includes(TAB) && !lines.includes("  ") && !lines.includes(" \r")) return lines;
  const made = Buffer.allocUnsafe(lines.length);
  let size = 0;
  for (let at = 0; at < lines.length; at++) {
    const octet = lines[at] ?? 0;
    if (!isBlank(octet)) made[size++] = octet;
    else if (!isBlank(lines[at + 1]) && lines[at + 1] !== CR) made[size++] = BLANK;
  }
  return made.subarray(0, size);
}

function isBlank(octet: number | undefined): boolean {
  return octet === BLANK || octet === TAB;
}

/** The hash of a body that comes in pieces. */
export class BodyHash {
  readonly #hash: Hash;
  #emptyLines: number;

  constructor(beginning?: BodyHash) {
    this.#hash = beginning === undefined ? createHash("sha256") : beginning.#hash.copy();
    this.#emptyLines = beginning === undefined ? 0 : beginning.#emptyLines;
  }

  add({ octets, emptyAtEnd }: CanonicalLines): void {
    if (octets.length > 0) {
      if (this.#emptyLines > 0) this.#hash.update("\r\n".repeat(this.#emptyLines));
      this.#hash.update(octets);
      this.#emptyLines = 0;
    }
    this.#emptyLines += emptyAtEnd;
  }

  /** In base64; nothing can be added any more. */
  digest(): string {
    return this.#hash.digest("base64");
  }
}

export type SignedParts = {
  /** The canonical form of the fields that `names` name, one after another. */
  readonly header: string;
  readonly bodyHash: string;
  /** Since 1970-01-01 UTC. */
  readonly seconds: number;
};

/** Makes the signatures of one key over the same fields. */
export class DkimSignature {
  readonly #privateKey: KeyObject;
  readonly #start: string;
  readonly #canonicalStart: string;

  /** `names`: of the fields in the order in which they are signed; one more than there are forbids another (RFC 6376 8.15). */
  constructor({ domain, selector, privateKey }: DkimKey, names: readonly string[]) {
    this.#privateKey = privateKey;
    const algorithm = privateKey.asymmetricKeyType === "ed25519" ? "ed25519-sha256" : "rsa-sha256";
    const tags = `v=1; a=${algorithm}; c=${canonicalization}; d=${domain}; s=${selector}; h=${names.join(": ")};`;
    this.#start = fold(`DKIM-Signature: ${tags}`, 0);
    this.#canonicalStart = canonicalField(this.#start).slice(0, -2);
  }

  /** The whole field, folded, ending in CRLF. Says when it was made and not when it ends: a copy may wait for days. */
  make({ header, bodyHash, seconds }: SignedParts): string {
    const tags = ` t=${seconds}; bh=${bodyHash};`;
    const signature = this.#sign(Buffer.from(`${header}${this.#canonicalStart}${tags} b=`, "latin1"));
    const lines = signature.toString("base64").replace(/.{72}(?=.)/g, "$&\r\n ");
    return `${this.#start}\r\n${tags}\r\n b=${lines}\r\n`;
  }

  /** RFC 8463 3: Ed25519 signs the hash, and hashes that once more itself. */
  #sign(octets: Buffer): Buffer {
    if (this.#privateKey.asymmetricKeyType !== "ed25519") return sign("sha256", octets, this.#privateKey);
    return sign(null, hash("sha256", octets, "buffer"), this.#privateKey);
  }
}
