/** How wide text stands in a terminal: Japanese letters take two columns, combining marks none. */

const noWidth = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u;
/** Unicode's East Asian Wide and Fullwidth (UAX 11), in blocks, and emoji. */
const twoColumns =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

export function textWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width;
}

/** The text in at most so many columns, with an ellipsis where something was cut off. */
export function cutToWidth(text: string, most: number): string {
  if (textWidth(text) <= most) return text;
  let cut = "";
  let width = 0;
  for (const letter of text) {
    width += letterWidth(letter);
    if (width > most - 1) break;
    cut += letter;
  }
  return `${cut}…`;
}

function letterWidth(letter: string): number {
  if (noWidth.test(letter)) return 0;
  return twoColumns.test(letter) ? 2 : 1;
}
