/** Which character set a text file is in, found by reading it once: a spreadsheet program does not say. */
import { firstOctets } from "./source.ts";
import type { Source } from "./source.ts";

export type TextEncodingName = "utf-8" | "utf-16le" | "utf-16be" | "shift_jis";

/** Undefined when it is none of them. Rejects when the source does. */
export async function detectEncoding(source: Source): Promise<TextEncodingName | undefined> {
  const mark = (await firstOctets(source, 2)).toString("latin1");
  if (mark === "\u00ff\u00fe") return "utf-16le";
  if (mark === "\u00fe\u00ff") return "utf-16be";
  for (const encoding of ["utf-8", "shift_jis"] as const) if (await isAllOf(source, encoding)) return encoding;
  return undefined;
}

/** The text, piece by piece; without a byte order mark. */
export async function* readText(source: Source, encoding: TextEncodingName): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const octets of source()) yield decoder.decode(octets, { stream: true });
  yield decoder.decode();
}

async function isAllOf(source: Source, encoding: TextEncodingName): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const octets of source()) decoder.decode(octets, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
