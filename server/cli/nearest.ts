/** The word that a mistyped one was probably meant to be. */

/** The nearest of the words, when it is near enough to be worth suggesting. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
  const scored = words.map((word) => ({ word, distance: editDistance(typed.toLowerCase(), word.toLowerCase()) }));
  const best = scored.reduce<(typeof scored)[number] | undefined>(
    (one, other) => (one === undefined || other.distance < one.distance ? other : one),
    undefined,
  );
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.word.length / 3)) ? best.word : undefined;
}

/** ` (did you mean "…"?)`, or nothing. */
export function suggestion(typed: string, words: readonly string[]): string {
  const word = nearest(typed, words);
  return word === undefined ? "" : ` (did you mean "${word}"?)`;
}

/** Letters put in, left out, changed, or swapped with their neighbour (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const kept = isSame ? cost(last, column - 1) : Infinity;
      const swapped = isSwapped ? cost(before, column - 2) + 1 : Infinity;
      const changed = 1 + Math.min(cost(last, column - 1), cost(last, column), cost(current, column - 1));
      current.push(Math.min(kept, swapped, changed));
    }
    before = last;
    last = current;
  }
  return cost(last, to.length);
}

function cost(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
