/** Text as mail programs show it: web addresses in it can be pressed. */

export type TextPiece = { readonly text: string; readonly url?: string };

const address = /https?:\/\/[^\s<>"'「」『』()()、。]+/gu;

export function linkedText(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const url = match[0].replace(/[.,;:!?]+$/, "");
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push({ text: url, url });
    at = match.index + url.length;
  }
  return at < text.length ? [...pieces, { text: text.slice(at) }] : pieces;
}
