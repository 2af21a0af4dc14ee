/**
 * What makes a message the same message again: its Message-ID, the fields its author wrote, and its body. Trace fields stay
 * out, for a server that sends again after a lost reply adds a Received field, and some sign anew.
 */
import { createHash, randomUUID } from "node:crypto";
import type { Hash } from "node:crypto";
import { parseHeader } from "./header-fields.ts";
import type { Header } from "./header-fields.ts";

const authored = new Set([
  "from",
  "to",
  "cc",
  "subject",
  "date",
  "message-id",
  "in-reply-to",
  "references",
  "mime-version",
]);

/** A hash that already holds the header; the body's octets follow, then `digest("hex")`. */
export function beginFingerprint(header: Header): Hash {
  const hash = createHash("sha256");
  for (const field of header.fields) {
    const name = field.name.toLowerCase();
    if (authored.has(name) || name.startsWith("content-")) hash.update(`${name}:${field.value}\n`, "latin1");
  }
  return hash.update("\n");
}

export function messageFingerprint(message: Buffer): string {
  const header = parseHeader(message);
  return beginFingerprint(header).update(message.subarray(header.bodyStart)).digest("hex");
}

/**
 * The Message-ID of every copy: the author's if it is one (RFC 5322 3.6.4), else a new one. Made once, at acceptance, so
 * that each retry carries the same.
 */
export function messageIdOf(header: Header, hostname: string): string {
  const ids = header.all("Message-ID");
  const own = ids.length === 1 ? /^<[!-;=?-~]{1,240}@[!-;=?-~]{1,240}>$/.exec(ids[0] ?? "")?.[0] : undefined;
  return own ?? `<${randomUUID()}@${hostname}>`;
}
