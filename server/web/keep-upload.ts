/** Takes a file's octets into the database as they come in: at most one piece of it is in memory. */
import type { Upload } from "./panel-context.ts";
import { cleanFileName } from "./file-name.ts";
import type { WebParts } from "./web-parts.ts";

export const mostMegabytes = 100;
const mostDropped = 200_000_000;
const pieceOctets = 256 * 1024;

export type Kept = {
  readonly listId: number;
  readonly accountId: number;
  readonly upload: { readonly name: string; readonly content: Upload["content"] | readonly Buffer[] };
  readonly welcomes: boolean;
};

/** The import's id. What does not arrive whole, or is too large, leaves nothing behind; rejects when the browser goes away. */
export async function keepUpload(
  { store, clock }: WebParts,
  { listId, accountId, upload, welcomes }: Kept,
): Promise<number | "empty" | "too-large"> {
  const fileName = upload.name === "" ? "" : cleanFileName(upload.name, "file");
  const made = { listId, accountId, fileName, byCommand: false, replaces: false, welcomes };
  const { id } = await store.imports.begin(made, clock.now());
  try {
    const size = await keepPieces(upload.content, {
      mostOctets: mostMegabytes * 1_000_000,
      keep: (bytes, seq) => store.imports.addChunk(id, seq, bytes),
    });
    if (size === "too-large" || size === 0) {
      await store.imports.discard(id);
      return size === 0 ? "empty" : size;
    }
    await store.imports.arrived(id);
    return id;
  } catch (error) {
    await store.imports.discard(id);
    throw error;
  }
}

/** Octets that came; in pieces of at most 256 KB. */
export async function keepPieces(
  content: Kept["upload"]["content"],
  { mostOctets, keep }: { readonly mostOctets: number; readonly keep: (bytes: Buffer, seq: number) => Promise<void> },
): Promise<number | "too-large"> {
  let waiting: Buffer[] = [];
  let [size, held, seq] = [0, 0, 0];
  for await (const piece of content) {
    size += piece.length;
    // The rest is read and dropped, so that the fields behind the file come, too; but not for ever.
    if (size > mostOctets + mostDropped) return "too-large";
    if (size > mostOctets) continue;
    held += piece.length;
    waiting.push(piece);
    if (held < pieceOctets) continue;
    const whole = Buffer.concat(waiting);
    for (; held >= pieceOctets; held -= pieceOctets)
      await keep(whole.subarray(whole.length - held, whole.length - held + pieceOctets), seq++);
    waiting = held > 0 ? [whole.subarray(whole.length - held)] : [];
  }
  if (size > mostOctets) return "too-large";
  if (held > 0) await keep(Buffer.concat(waiting), seq);
  return size;
}
