/** Grams and lists as the search indexes keep them: words for SQLite's FTS5, numbers for PostgreSQL. */

/** Code points in hexadecimal, for FTS5's tokenizer knows letters of ASCII; one more token says whose list it is. */
export function tokensOf(list: number | undefined, grams: readonly string[]): readonly string[] {
  return [...(list === undefined ? [] : [listToken(list)]), ...grams.map(token)];
}

export function listToken(list: number): string {
  return `l${list}`;
}

function token(gram: string): string {
  const first = gram.codePointAt(0) ?? 0;
  const rest = gram.codePointAt(first > 0xffff ? 2 : 1);
  return rest === undefined ? first.toString(16) : `${first.toString(16)}x${rest.toString(16)}`;
}

/** Numbers are compared faster than text; where two grams share one, the text itself tells them apart. */
export function numbersOf(list: number | undefined, grams: readonly string[]): readonly number[] {
  return [...new Set([...(list === undefined ? [] : [-list]), ...grams.map(number)])];
}

function number(gram: string): number {
  const first = gram.codePointAt(0) ?? 0;
  return (Math.imul(first, 0x10dcd) + (gram.codePointAt(first > 0xffff ? 2 : 1) ?? 0)) | 0;
}
