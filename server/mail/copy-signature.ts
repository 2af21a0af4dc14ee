/**
 * The DKIM signatures of a post's copies: fields made canonical and the body hashed once a post up to the first octets that are a
 * member's own, so that a copy costs little beyond the signatures themselves.
 */
import { fillHeader } from "./copy-header.ts";
import type { Segment } from "./copy-parts.ts";
import { BodyHash, canonicalField, canonicalLines, DkimSignature } from "./dkim.ts";
import type { CanonicalLines, DkimKey } from "./dkim.ts";
import type { PersonalOctets } from "./personal-text.ts";
import { joinSlots, splitSlots } from "./slots.ts";
import type { Pieces, Values } from "./slots.ts";

/** What a template signs its copies with. */
export type CopySigner = {
  /** A signature each: RSA for all, Ed25519 beside it for those who know it. */
  readonly keys: readonly DkimKey[];
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
};

/** A copy before its dots are stuffed. */
export type UnsignedCopy = { readonly header: Pieces; readonly body: readonly Segment[] };

/** What a reader sees or a mail program acts on (RFC 6376 5.4.1, RFC 8058 4), where it is there. */
const signedFields = [
  ["From", "Sender", "Reply-To", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References"],
  ["MIME-Version", "Content-Type", "Content-Transfer-Encoding"],
  ["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Post", "List-Help", "List-Subscribe", "List-Owner"],
  ["Feedback-ID"],
].flat();

/** Makes the signatures of all copies of one form. */
export class CopySignature {
  readonly #now: () => number;
  readonly #signatures: readonly DkimSignature[];
  /** Canonical already where no value stands in the field. */
  readonly #fields: readonly (string | Pieces)[];
  readonly #beginning = new BodyHash();
  /** From the first piece on that is a member's own; those have their place here and nothing else. */
  readonly #rest: readonly (CanonicalLines | undefined)[];

  constructor({ keys, now }: CopySigner, { header, body }: UnsignedCopy) {
    const chosen = chooseFields(joinSlots(header));
    this.#now = now;
    // From once more than it is there, so that none can be added that a reader would show instead.
    this.#signatures = keys.map((key) => new DkimSignature(key, ["From", ...chosen.map(({ name }) => name)]));
    this.#fields = chosen.map(({ raw }) => (raw.includes("\0") ? splitSlots(raw) : canonicalField(raw)));
    const pieces = body.map((segment) => (Buffer.isBuffer(segment) ? canonicalLines(segment) : undefined));
    const shared = pieces.findIndex((piece) => piece === undefined);
    for (const piece of shared < 0 ? pieces : pieces.slice(0, shared))
      if (piece !== undefined) this.#beginning.add(piece);
    this.#rest = shared < 0 ? [] : pieces.slice(shared);
  }

  /** One field a key, each folded and ended. `personal`: what fills the body's places, in order. */
  make(values: Values, personal: readonly PersonalOctets[]): string {
    const parts = {
      header: this.#fields.map((field) => canonicalValue(field, values)).join(""),
      bodyHash: this.#hashBody(personal),
      seconds: Math.floor(this.#now() / 1000),
    };
    return this.#signatures.map((signature) => signature.make(parts)).join("");
  }

  #hashBody(personal: readonly PersonalOctets[]): string {
    const body = new BodyHash(this.#beginning);
    const own = personal.map((octets) => canonicalLines(unstuffed(octets)));
    let next = 0;
    for (const piece of this.#rest) {
      const lines = piece ?? own[next++];
      if (lines !== undefined) body.add(lines);
    }
    return body.digest();
  }
}

type ChosenField = { readonly name: string; readonly raw: string };

/** Of fields with the same name the last comes first (RFC 6376 5.4.2). */
function chooseFields(header: string): readonly ChosenField[] {
  const raws = header.split(/\r\n(?![ \t])/).reverse();
  return signedFields.flatMap((name) => {
    const start = `${name.toLowerCase()}:`;
    return raws.filter((raw) => raw.slice(0, start.length).toLowerCase() === start).map((raw) => ({ name, raw }));
  });
}

function canonicalValue(field: string | Pieces, values: Values): string {
  return typeof field === "string" ? field : canonicalField(fillHeader(field, values));
}

/** RFC 6376 5.3: what is signed is the message, and stuffed dots are SMTP's. */
function unstuffed({ octets, stuffed }: PersonalOctets): Buffer {
  return stuffed === 0 ? octets : Buffer.from(octets.toString("latin1").replace(/^\.\./gm, "."), "latin1");
}
