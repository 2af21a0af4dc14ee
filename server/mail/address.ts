/**
 * One mail address: read from text, written for the wire, compared, and shown. Quoted and bare local parts are one address,
 * for Japanese carriers gave out `a..b.@` addresses which RFC 5321 lets travel only in quotes.
 */
import { domainToASCII } from "node:url";

export type Address = {
  /** Without quotes and escapes. */
  readonly local: string;
  /** Lower-case ASCII; international names as punycode. */
  readonly domain: string;
};

/** RFC 5321 4.5.3.1, in octets. */
const maxLocal = 64;
const maxAddress = 254;
const maxDomain = 253;

const dotAtom = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const carrierLocal = /^[\w!#$%&'*+/=?^`{|}~.-]+$/;
const quotedLocal = /^"((?:[ !#-[\]-~]|\\[ -~])+)"$/;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads one addr-spec (RFC 5322 3.4.1) with nothing around it. Dots may stand anywhere in a bare local part. Undefined for
 * anything else: comments, white space outside quotes, address literals, routes, local parts that are not ASCII, and what is
 * too long.
 */
export function parseAddress(text: string): Address | undefined {
  if (text.length > 2 * maxAddress) return undefined;
  const at = text.lastIndexOf("@");
  const local = readLocal(text.slice(0, Math.max(at, 0)));
  const domain = readDomain(text.slice(at + 1));
  if (local === undefined || domain === undefined || local.length > maxLocal) return undefined;
  const address = { local, domain };
  return wireAddress(address).length > maxAddress ? undefined : address;
}

function readLocal(text: string): string | undefined {
  if (carrierLocal.test(text)) return text;
  return quotedLocal.exec(text)?.[1]?.replace(/\\(.)/g, "$1");
}

/**
 * A host name in lower-case ASCII, or undefined. Only names with letters beyond ASCII are shown to `domainToASCII`, and only
 * after a look at the rest: it parses URLs, so it would read `a.example/x` and `a.example:25` as `a.example`.
 */
export function readDomain(text: string): string | undefined {
  if (!/^[a-zA-Z0-9.\u0080-\u{10ffff}-]+$/u.test(text)) return undefined;
  const domain = /^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : domainToASCII(text);
  const labels = domain.split(".");
  const isName = labels.every((part) => label.test(part)) && !/^\d+$/.test(labels.at(-1) ?? "");
  return isName && domain.length <= maxDomain ? domain : undefined;
}

/** As SMTP and header fields need it: the local part in quotes exactly when it is no dot-atom (RFC 5321 4.1.2). */
export function wireAddress(address: Address): string {
  return `${dotAtom.test(address.local) ? address.local : quoted(address.local)}@${address.domain}`;
}

/** The key by which addresses are compared and stored as unique. */
export function canonicalAddress(address: Address): string {
  return `${address.local.toLowerCase()}@${address.domain}`;
}

/** For people to read: in quotes only where it could be misread without them. */
export function displayAddress(address: Address): string {
  return `${carrierLocal.test(address.local) ? address.local : quoted(address.local)}@${address.domain}`;
}

function quoted(local: string): string {
  return `"${local.replace(/["\\]/g, "\\$&")}"`;
}
