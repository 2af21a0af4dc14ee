/** The header of a copy: the plan's fields and those kept from the author, folded once a post, filled in once a member. */
import { fieldValue, fold } from "./encoded-words.ts";
import { joinSlots, mapText, splitSlots } from "./slots.ts";
import type { Pieces, Values } from "./slots.ts";

/** A slot's value is mostly a token or an address; folding is done as if it were this long. */
const expectedColumns = 30;
/** Values longer than this are folded for themselves. */
const shortValue = 60;

/** Fields as pieces of ASCII, folded, each ending in CRLF. */
export function headerPieces(fields: readonly (readonly [name: string, value: string])[]): Pieces {
  return splitSlots(fields.map(([name, value]) => fieldText(name, value)).join(""));
}

function fieldText(name: string, value: string): string {
  const clean = joinSlots(mapText(splitSlots(value), fieldValue));
  return `${fold(`${name}: ${clean}`, 0, columns)}\r\n`;
}

function columns(text: string): number {
  return splitSlots(text).reduce((sum, piece) => sum + ("text" in piece ? piece.text.length : expectedColumns), 0);
}

/** The header of one copy in ASCII. No value can end a line: what is no printable ASCII becomes encoded words. */
export function fillHeader(pieces: Pieces, values: Values): string {
  let text = "";
  for (const piece of pieces) text += "text" in piece ? piece.text : headerValue(values[piece.slot] ?? "");
  return text;
}

function headerValue(value: string): string {
  if (value.length <= shortValue && /^[ -~]*$/.test(value)) return value;
  return fold(fieldValue(value), expectedColumns);
}
