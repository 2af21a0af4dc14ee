/**
 * Who wrote a message: the strict reading of the From field, on which it is decided whether a post is sent to everybody.
 * Lenient parsers have been fooled by comments, groups, routes and second addresses; whatever holds one of these has no author.
 */
import { isAscii, isUtf8 } from "node:buffer";
import { parseAddress } from "./address.ts";
import type { Address } from "./address.ts";
import { decodeText } from "./encoded-words.ts";
import { trimBlanks } from "./header-fields.ts";
import type { Header } from "./header-fields.ts";

export type Author =
  | {
      readonly ok: true;
      readonly address: Address;
      /** The display name decoded, or "". */
      readonly name: string;
    }
  | {
      readonly ok: false;
      /** An English sentence without a full stop; holds nothing from the message. */
      readonly why: string;
    };

/** Far more than any honest name and address. */
const maxField = 4000;

/** Exactly one From field with exactly one mailbox (RFC 5322 3.6.2, but neither its groups nor comments nor obsolete forms). */
export function readAuthor(header: Header): Author {
  const fields = header.all("From");
  const [value] = fields;
  if (!header.complete) return refused("the header is too large");
  if (value === undefined) return refused("there is no From field");
  if (fields.length > 1) return refused("there are several From fields");
  if (value.length > maxField) return refused("the From field is too long");

  if (/[\0-\x08\x0a-\x1f\x7f]/.test(value)) return refused("the From field has a control character");
  if (!isReadable(value)) return refused("the From field has raw octets that can be read in several ways");
  return readMailbox(value);
}

/**
 * Raw octets above 127 are taken in a display name only. Those of UTF-8 cannot be mistaken for ASCII; in Shift_JIS an octet of
 * a letter may be `@`, `<` or a backslash, so there each such sign has to be the only one.
 */
function isReadable(value: string): boolean {
  if (isUtf8(Buffer.from(value, "latin1"))) return true;
  return !/[\\,;:()[\]]/.test(value) && ["@", "<", ">"].every((sign) => value.split(sign).length === 2);
}

function readMailbox(value: string): Author {
  const angle = /^((?:[^"<\\]|"(?:[^"\\]|\\.)*")*)<([^<>]*)>$/.exec(value);
  if (angle === null) return readBare(value);
  const [, phrase = "", spec = ""] = angle;
  const address = readSpec(trimBlanks(spec));
  if (address === undefined) return refused("the From field's address cannot be read");
  const name = readPhrase(phrase);
  return name === undefined
    ? refused("the From field has something beside one name and one address")
    : { ok: true, address, name };
}

function readBare(value: string): Author {
  const address = readSpec(value);
  return address === undefined
    ? refused("the From field is not one name and one address")
    : { ok: true, address, name: "" };
}

/** `value` has one character an octet: what is not ASCII would here be read as Latin-1, which it is not. */
function readSpec(spec: string): Address | undefined {
  return isAscii(Buffer.from(spec, "latin1")) ? parseAddress(spec) : undefined;
}

/** Some mailers leave brackets in encoded words as they are; signs that could part addresses are suffered there no more than elsewhere. */
const encodedWord = /=\?[^?\s]{1,40}\?[bq]\?[^?\s"<>@,;:\\]{0,1000}\?=/gi;

/** Quoted strings lose their quotes; between them nothing may stand that has a meaning in an address list. */
function readPhrase(phrase: string): string | undefined {
  const bare = phrase.replace(/"(?:[^"\\]|\\.)*"/g, "").replace(encodedWord, "");
  if (/[@,;:()<>"\\]/.test(bare)) return undefined;
  return decodeText(phrase.replace(/"((?:[^"\\]|\\.)*)"/g, (_, inner: string) => inner.replace(/\\(.)/g, "$1")));
}

function refused(why: string): Author {
  return { ok: false, why };
}
