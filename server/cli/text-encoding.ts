/** Which character set a text file is in, found by reading it once: a spreadsheet program does not say. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

export type TextEncodingName = "utf-8" | "utf-16le" | "shift_jis";

/** Undefined when it is none of them. Rejects when the file cannot be read. */
export async function detectEncoding(file: string): Promise<TextEncodingName | undefined> {
  if (await beginsWith(file, [0xff, 0xfe])) return "utf-16le";
  for (const encoding of ["utf-8", "shift_jis"] as const) if (await isAllOf(file, encoding)) return encoding;
  return undefined;
}

/** The text of the file, piece by piece; without a byte order mark. */
export async function* readText(file: string, encoding: TextEncodingName): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const octets of createReadStream(file)) yield decoder.decode(octets as Buffer, { stream: true });
  yield decoder.decode();
}

async function beginsWith(file: string, octets: readonly number[]): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(octets.length), 0, octets.length, 0);
    return bytesRead === octets.length && buffer.equals(Buffer.from(octets));
  } finally {
    await handle.close();
  }
}

async function isAllOf(file: string, encoding: TextEncodingName): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const stream = createReadStream(file);
  try {
    for await (const octets of stream) decoder.decode(octets as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  } finally {
    stream.destroy();
  }
}
