/**
 * The few octets of a copy's body that are one member's own, in the character set and transfer encoding of the part that they are
 * added to. Made for every copy, so all that can be is encoded beforehand.
 */
import { isAscii } from "node:buffer";
import { encodeIn } from "./charset.ts";
import { cleanText } from "./encoded-words.ts";
import type { Pieces, Values } from "./slots.ts";
import { encodeBase64, encodeQuotedPrintable } from "./transfer-encoding.ts";

/** Whole lines, the last one with its line end. */
export type PersonalOctets = {
  readonly octets: Buffer;
  /** Dots added at line starts (RFC 5321 4.5.2). */
  readonly stuffed: number;
};

export type PersonalText = {
  /** Whether its octets may be above 127. */
  readonly eightBit: boolean;
  /** Undefined when a value cannot be said in the part's character set or would make a line too long. */
  readonly fill: (values: Values) => PersonalOctets | undefined;
};

export type PersonalForm = {
  readonly charset: string;
  readonly encoding: "7bit" | "8bit" | "quoted-printable" | "base64";
  /** What a value has to go through before it is encoded, such as HTML's escapes. */
  readonly escape: (value: string) => string;
  /** The author's octets next to the personal text, which base64 cannot encode by themselves; otherwise empty. */
  readonly before: Buffer;
  readonly after: Buffer;
};

/** Far below the 998 octets of a line, whatever stands beside it. */
const maxValue = 300;

/** One piece, transfer-encoded where that can be done beforehand; one character an octet. */
type Prepared = { readonly octets: string } | { readonly slot: string };

/** Undefined when the text itself cannot be said in the form. `pieces` have CRLF line ends and end a line. */
export function preparePersonal(pieces: Pieces, form: PersonalForm): PersonalText | undefined {
  const prepared: Prepared[] = [];
  for (const piece of pieces) {
    const octets = "text" in piece ? wireText(piece.text, form) : undefined;
    if ("slot" in piece) prepared.push(piece);
    else if (octets === undefined) return undefined;
    else prepared.push({ octets });
  }
  const compose = composer(prepared, form);
  const make = form.encoding === "base64" ? base64Maker(form) : stuffedOctets;
  const fill = (values: Values): PersonalOctets | undefined => {
    const text = compose(values);
    return text === undefined ? undefined : make(text);
  };
  return { eightBit: form.encoding === "8bit", fill };
}

function composer(prepared: readonly Prepared[], form: PersonalForm): (values: Values) => string | undefined {
  return (values) => {
    let text = "";
    for (const piece of prepared) {
      const octets = "octets" in piece ? piece.octets : wireValue(values[piece.slot] ?? "", form);
      if (octets === undefined) return undefined;
      text += octets;
    }
    return text;
  };
}

function stuffedOctets(text: string): PersonalOctets {
  if (!text.includes("\n.") && !text.startsWith(".")) return { octets: Buffer.from(text, "latin1"), stuffed: 0 };
  const stuffed = text.replace(/^\./gm, "..");
  return { octets: Buffer.from(stuffed, "latin1"), stuffed: stuffed.length - text.length };
}

function base64Maker({ before, after }: PersonalForm): (text: string) => PersonalOctets {
  return (text) => ({ octets: encodeBase64(Buffer.concat([before, Buffer.from(text, "latin1"), after])), stuffed: 0 });
}

/** A value on one line. Most are ASCII and need nothing. */
function wireValue(value: string, form: PersonalForm): string | undefined {
  const text = form.escape(/^[ -~]*$/.test(value) ? value : cleanText(value));
  const isCoded = form.encoding === "quoted-printable" || form.encoding === "base64";
  return text.length <= maxValue || isCoded ? wireText(text, form) : undefined;
}

/** Quoted-printable leaves each piece at the start of a line, so that pieces can follow each other. */
function wireText(text: string, form: PersonalForm): string | undefined {
  const isPlain = form.encoding !== "quoted-printable";
  if (isPlain && /^[\0-\x7f]*$/.test(text)) return text;
  const octets = encodeIn(form.charset, text);
  if (octets === undefined || (form.encoding === "7bit" && !isAscii(octets))) return undefined;
  return (isPlain ? octets : encodeQuotedPrintable(octets, true)).toString("latin1");
}
