/**
 * Places in a text that are filled in for each member: `{name}`, `{address}`, `{3年生}` for an attribute, and `{name|Parents}` with what
 * stands there when the member has no value. Braces around anything else stay as they are.
 */

import { valueOf } from "./recipients.ts";
import type { Conditioned } from "./recipients.ts";

export type Placeholder = { readonly field: string; readonly fallback: string };

/** Names that mean the member's own name and address, whatever the language of whoever writes. */
const ownFields: Readonly<Record<string, string>> = {
  name: "name",
  氏名: "name",
  名前: "name",
  お名前: "name",
  address: "address",
  メールアドレス: "address",
};

const shape = /\{([^{}|\r\n]{1,100})(?:\|([^{}\r\n]{0,200}))?\}/g;

/** Text between placeholders, and placeholders. `attributes`: names that the list's members have. */
export function splitPlaceholders(text: string, attributes: ReadonlySet<string>): readonly (string | Placeholder)[] {
  const parts: (string | Placeholder)[] = [];
  let at = 0;
  for (const match of text.matchAll(shape)) {
    const field = fieldOf(match[1] ?? "", attributes);
    if (field === undefined) continue;
    if (match.index > at) parts.push(text.slice(at, match.index));
    parts.push({ field, fallback: match[2] ?? "" });
    at = match.index + match[0].length;
  }
  return at < text.length ? [...parts, text.slice(at)] : parts;
}

export function hasPlaceholders(text: string, attributes: ReadonlySet<string>): boolean {
  return splitPlaceholders(text, attributes).some((part) => typeof part !== "string");
}

/** The text as the member reads it. */
export function fillPlaceholders(text: string, attributes: ReadonlySet<string>, member: Conditioned): string {
  return splitPlaceholders(text, attributes)
    .map((part) => (typeof part === "string" ? part : valueFor(part, member)))
    .join("");
}

/** A value cannot bring lines of its own: what a member typed for themselves stands in the author's sentence. */
export function valueFor({ field, fallback }: Placeholder, member: Conditioned): string {
  const value = valueOf(member, field).trim();
  return (value === "" ? fallback : value).replace(/[\r\n]+/g, " ");
}

function fieldOf(written: string, attributes: ReadonlySet<string>): string | undefined {
  const name = written.trim();
  // An attribute of that name is meant before the member's own: who keeps one has named it so.
  return attributes.has(name) ? name : ownFields[name.toLowerCase()];
}
