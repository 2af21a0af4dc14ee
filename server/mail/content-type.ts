/** Fields with parameters, as Content-Type and Content-Disposition are (RFC 2045 5.1, RFC 2231): read tolerantly, written exactly. */
import { cleanText } from "./encoded-words.ts";

export type Parameters = readonly (readonly [name: string, value: string])[];

export type ContentField = {
  /** Lower case, such as "text/plain" or "attachment"; "" when unreadable. */
  readonly value: string;
  /** In order as written, RFC 2231 pieces apart; names in lower case, values without quotes. */
  readonly parameters: Parameters;
};

const maxParameters = 50;
const parameter = /;[ \t]*([^\s=;"]{1,100})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"?|([^;"]*))/gy;

/** Reads the value of a field; `text` has one character an octet. */
export function parseContentField(text: string): ContentField {
  const end = text.indexOf(";");
  const head = end < 0 ? text : text.slice(0, end);
  const value = /^[ \t]*([!#$%&'*+.^_`|~\w/-]{1,200})/.exec(head)?.[1]?.toLowerCase() ?? "";
  return { value, parameters: end < 0 ? [] : readParameters(text.slice(end)) };
}

/** Pieces between semicolons that are no parameter are passed over. */
function readParameters(text: string): Parameters {
  const found: [string, string][] = [];
  let at = 0;
  while (at >= 0 && at < text.length && found.length < maxParameters) {
    parameter.lastIndex = at;
    const match = parameter.exec(text);
    if (match !== null) {
      const [whole, name = "", quoted, bare = ""] = match;
      found.push([name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? trimEnd(bare)]);
      at += whole.length;
    } else at++;
    at = text.indexOf(";", at);
  }
  return found;
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && " \t".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** One parameter's value, RFC 2231 pieces joined; percent signs are left as they are. */
export function parameterOf(field: ContentField, name: string): string | undefined {
  const plain = field.parameters.find(([key]) => key === name)?.[1];
  if (plain !== undefined) return plain;
  const pieces = field.parameters.flatMap(([key, value]) => {
    const [base, number = "0", ...rest] = key.split("*");
    return base === name && /^\d*$/.test(number) && rest.length <= 1 ? [{ number: Number(number), value }] : [];
  });
  if (pieces.length === 0) return undefined;
  return pieces
    .toSorted((one, other) => one.number - other.number)
    .map((piece) => piece.value)
    .join("");
}

/** The field's value again, in ASCII: `parameters` are put in quotes where they need them, and as RFC 2231 has it where they are not ASCII or long. */
export function formatContentField(field: ContentField): string {
  return [cleanText(field.value), ...field.parameters.flatMap(([name, value]) => formatParameter(name, value))].join(
    "; ",
  );
}

const maxPiece = 60;

function formatParameter(name: string, value: string): readonly string[] {
  const clean = cleanText(value);
  if (!/^[!#-'*-9A-Z^-z~|{}]{1,100}(?:\*\d{0,3}){0,1}\*?$/i.test(name)) return [];
  if (/^[\w!#$%&'*+.^`|{}~-]+$/.test(clean) && clean.length < maxPiece) return [`${name}=${clean}`];
  if (/^[ -~]*$/.test(clean) && clean.length < 10 * maxPiece) return [`${name}="${clean.replace(/["\\]/g, "\\$&")}"`];
  return name.includes("*") ? [] : extendedParameter(name, clean);
}

/** RFC 2231 sections 3 and 4: pieces that each fit on a line, cut between characters. */
function extendedParameter(name: string, value: string): readonly string[] {
  const pieces = [""];
  for (const letter of value) {
    const last = pieces.at(-1) ?? "";
    const coded = percentEncode(letter);
    if (last.length + coded.length > maxPiece) pieces.push(coded);
    else pieces[pieces.length - 1] = last + coded;
  }
  if (pieces.length === 1) return [`${name}*=utf-8''${pieces[0] ?? ""}`];
  return pieces.map((piece, n) => `${name}*${n}*=${n === 0 ? "utf-8''" : ""}${piece}`);
}

function percentEncode(letter: string): string {
  if (/^[\w.-]$/.test(letter)) return letter;
  return [...Buffer.from(letter)].map((octet) => `%${octet.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}
