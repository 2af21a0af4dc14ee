/**
 * Tokens in addresses and URLs: 80 unguessable bits that belong to one purpose and one row, then the row's number. Made for each
 * copy several times, so nothing here is slower than the hash itself.
 */
import { hash, timingSafeEqual } from "node:crypto";

/** Of the rows: `bounce`, `confirm-read` and `poll` a delivery; `leave`, `return`, `member` and `arrived` a membership; the others a request. */
export type TokenPurpose =
  | "bounce"
  | "confirm-read"
  | "poll"
  | "leave"
  | "return"
  | "member"
  | "arrived"
  | "join"
  | "edit"
  | "address"
  | "address-back"
  | "second";

export type TokenSubject = {
  readonly purpose: TokenPurpose;
  /** Of the row it stands for, a natural number. */
  readonly id: number;
  /** Of that row, 16 random octets. */
  readonly secret: Buffer;
};

/** RFC 4648 section 6 in lower case: all of it survives servers that change the case of local parts. */
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
const proofLength = 16;
/** Of the links in a copy. */
const copyPurposes: readonly TokenPurpose[] = ["confirm-read", "poll", "leave", "member"];
const shape = /^[a-z2-7]{16}(?:[b-z2-7][a-z2-7]{0,10}|a)$/i;

/**
 * The token for a row: 16 characters of SHA-256 over purpose, number and secret, then the number in base 32. At most 27
 * characters; 23 for numbers below 34 thousand million. `crypto.hash`, since a keyed HMAC costs five times as much and the secret
 * has a fixed length and stands last, where nothing can be appended.
 */
export function makeToken(subject: TokenSubject): string {
  return proof(subject) + encodeNumber(subject.id);
}

/** What links of a preview or a test mail stand for: nothing that there is. */
export function sampleSubject(purpose: TokenPurpose): TokenSubject {
  return { purpose, id: 0, secret: Buffer.alloc(16) };
}

export function isSampleToken(token: string): boolean {
  const isSample = (purpose: TokenPurpose): boolean => tokenMatches(token, sampleSubject(purpose));
  return readTokenId(token) === 0 && copyPurposes.some(isSample);
}

/** The number in a token, its case ignored; undefined when it has not a token's shape. Says nothing about genuineness. */
export function readTokenId(token: string): number | undefined {
  if (!shape.test(token)) return undefined;
  let id = 0;
  for (const digit of token.slice(proofLength).toLowerCase()) id = id * 32 + alphabet.indexOf(digit);
  return Number.isSafeInteger(id) ? id : undefined;
}

/** Whether a token is genuine; takes the same time whatever is wrong with it. */
export function tokenMatches(token: string, subject: TokenSubject): boolean {
  const expected = Buffer.from(makeToken(subject), "latin1");
  const given = Buffer.from(token.toLowerCase(), "latin1");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function proof(subject: TokenSubject): string {
  const digest = hash("sha256", `${subject.purpose}:${subject.id}:${subject.secret.toString("hex")}`, "hex");
  let text = "";
  for (let digit = 0; digit < 20; digit += 5) {
    const bits = parseInt(digest.slice(digit, digit + 5), 16);
    text +=
      alphabet.charAt(bits >> 15) +
      alphabet.charAt((bits >> 10) & 31) +
      alphabet.charAt((bits >> 5) & 31) +
      alphabet.charAt(bits & 31);
  }
  return text;
}

function encodeNumber(id: number): string {
  if (!Number.isSafeInteger(id) || id < 0) throw new RangeError("a token needs a natural number");
  let text = "";
  for (let rest = id; rest > 0 || text === ""; rest = Math.floor(rest / 32)) text = alphabet.charAt(rest % 32) + text;
  return text;
}
