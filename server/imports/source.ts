/** Where the octets of a file come from: a path for the command line, pieces in the database for the panel. */

/** The file from its beginning; as often as it is called. */
export type Source = () => AsyncIterable<Buffer>;

/** Its first octets, or fewer where it is shorter. */
export async function firstOctets(source: Source, count: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of source()) {
    pieces.push(piece);
    size += piece.length;
    if (size >= count) break;
  }
  return Buffer.concat(pieces).subarray(0, count);
}
