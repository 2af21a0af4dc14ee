/**
 * Places in a copy that differ from member to member. They are marked with NUL, which no mail holds (RFC 5322 2.1; NUL is refused
 * at the door), so no text of an author can be taken for one.
 */

/** What stands between slots, and slots. */
export type Piece = { readonly text: string } | { readonly slot: string };
export type Pieces = readonly Piece[];

/** A member's values by slot name; a slot without a value stays empty. */
export type Values = Readonly<Record<string, string>>;

/** The mark that stands for a member's value. */
export function mark(name: string): string {
  return `\0${name}\0`;
}

/** Text with marks, taken apart. */
export function splitSlots(text: string): Pieces {
  const parts = text.split(/\0([\w-]{1,40})\0/);
  return parts.flatMap((part, n): Piece[] =>
    n % 2 === 1 ? [{ slot: part }] : part === "" ? [] : [{ text: part.replaceAll("\0", "") }],
  );
}

/** The same pieces with their text changed. */
export function mapText(pieces: Pieces, change: (text: string) => string): Pieces {
  return pieces.map((piece) => ("text" in piece ? { text: change(piece.text) } : piece));
}

/** Text with marks again. */
export function joinSlots(pieces: Pieces): string {
  return pieces.map((piece) => ("text" in piece ? piece.text : mark(piece.slot))).join("");
}
