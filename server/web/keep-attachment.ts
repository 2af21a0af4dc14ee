/** Takes a file that comes with a form into a draft, piece by piece; what is too large, or does not arrive whole, leaves nothing behind. */
import { encodedSize, roomForFiles } from "../lists/size-limits.ts";
import { cleanFileName } from "./file-name.ts";
import { keepPieces } from "./keep-upload.ts";
import type { Upload } from "./panel-context.ts";
import type { WebParts } from "./web-parts.ts";

export const mostAttachments = 20;
/** For text, header and footer beside the attachments. */
const textOctets = 500_000;

export type AttachmentFault = "too-many" | "too-large" | "empty";

/** Undefined: it is kept. Rejects when the browser goes away. */
export async function keepAttachment(
  { store, clock, config }: WebParts,
  compositionId: number,
  upload: Upload,
): Promise<AttachmentFault | undefined> {
  const there = await store.compositions.attachments(compositionId);
  if (there.length >= mostAttachments) return "too-many";
  const left = config.smtp.maxMessageBytes - encodedSize(there) - textOctets;
  const mostOctets = roomForFiles(left);
  const made = { name: cleanFileName(upload.name, "file"), type: mediaType(upload.type) };
  const id = await store.compositions.addAttachment(compositionId, made, clock.now());
  const fault = await arrive(upload, {
    mostOctets,
    keep: (bytes, seq) => store.compositions.addChunk(id, seq, bytes),
  }).catch(async (error: unknown) => {
    await store.compositions.removeAttachment(compositionId, id);
    throw error;
  });
  if (fault !== undefined) await store.compositions.removeAttachment(compositionId, id);
  return fault;
}

async function arrive(
  { content }: Upload,
  to: { readonly mostOctets: number; readonly keep: (bytes: Buffer, seq: number) => Promise<void> },
): Promise<AttachmentFault | undefined> {
  const size = await keepPieces(content, to);
  if (size === "too-large") return size;
  return size === 0 ? "empty" : undefined;
}

/** As the browser calls it. What must not be encoded as a file is (RFC 2046 5) is called a plain file. */
export function mediaType(type: string): string {
  const isPlain = /^[a-z]+\/[a-z0-9.+-]{1,100}$/i.test(type) && !/^(?:multipart|message)\//i.test(type);
  return isPlain ? type.toLowerCase() : "application/octet-stream";
}
