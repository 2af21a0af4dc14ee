/**
 * A text search over rows in the order of a key. One that finds little reads every row, a second's work on a large list; in
 * pieces it holds up neither the event loop nor the other readers of SQLite's only reading connection.
 */

/** Rows looked at in one query: some 20 ms. */
export const pieceRows = 10_000;

export type Piece<Key> = { readonly after: Key | undefined; readonly upTo: Key | undefined; readonly limit: number };

export type Searched<Row, Key> = {
  /** The key of the last row of the piece that begins after this key; undefined when fewer rows than a piece are left. */
  readonly pieceEnd: (after: Key | undefined) => Promise<Key | undefined>;
  /** The rows of the piece that fit, in order. */
  readonly find: (piece: Piece<Key>) => Promise<readonly Row[]>;
};

/** The first `limit` rows after a key that fit. */
export async function searchInPieces<Row, Key>(
  { after, limit }: { readonly after: Key | undefined; readonly limit: number },
  { pieceEnd, find }: Searched<Row, Key>,
): Promise<readonly Row[]> {
  const found: Row[] = [];
  for (let from = after; ;) {
    const upTo = await pieceEnd(from);
    found.push(...(await find({ after: from, upTo, limit: limit - found.length })));
    if (upTo === undefined || found.length >= limit) return found;
    from = upTo;
  }
}
