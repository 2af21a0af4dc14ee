/**
 * The files inside a ZIP file, as far as workbooks need it: by its directory at the end, unpacked in pieces and under a bound, since
 * a small file can hold an endless one.
 */
import { once } from "node:events";
import { Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";

/** It is damaged, or of a kind that no spreadsheet program writes, or too large. */
export class BrokenZip extends Error {}

type Entry = { readonly method: number; readonly start: number; readonly size: number };

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
/** The end, with the longest comment that may follow it. */
const endOctets = 22 + 65_535;
/** What goes into the unpacking at once: at most a thousandfold comes out. */
const feedOctets = 4096;

export class Zip {
  readonly #octets: Buffer;
  readonly #entries: ReadonlyMap<string, Entry>;

  /** Throws BrokenZip. */
  constructor(octets: Buffer) {
    this.#octets = octets;
    try {
      this.#entries = new Map(directory(octets));
    } catch (error) {
      throw error instanceof RangeError ? new BrokenZip("the directory points outside of the file") : error;
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** Throws BrokenZip, also when more than `most` octets come out. */
  async *read(name: string, most: number): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new BrokenZip(`there is no ${name}`);
    const packed = this.#octets.subarray(entry.start, entry.start + entry.size);
    let size = 0;
    try {
      for await (const piece of entry.method === 0 ? pieces(packed) : inflated(packed)) {
        size += piece.length;
        if (size > most) throw new BrokenZip(`${name} is too large`);
        yield piece;
      }
    } catch (error) {
      throw error instanceof Error && "code" in error && String(error.code).startsWith("Z_")
        ? new BrokenZip(error.message)
        : error;
    }
  }
}

function* directory(octets: Buffer): Generator<readonly [string, Entry]> {
  const end = octets.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end < octets.length - endOctets || octets.readUInt32LE(end) !== endMark)
    throw new BrokenZip("there is no directory");
  const count = octets.readUInt16LE(end + 10);
  let at = octets.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry++) {
    if (octets.readUInt32LE(at) !== entryMark) throw new BrokenZip("the directory is damaged");
    const [name, extra, comment] = [28, 30, 32].map((offset) => octets.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const isLocked = (octets.readUInt16LE(at + 8) & 1) === 1;
    const method = octets.readUInt16LE(at + 10);
    if (isLocked || (method !== 0 && method !== 8))
      throw new BrokenZip("a file inside is locked, or packed in an unknown way");
    const local = octets.readUInt32LE(at + 42);
    if (octets.readUInt32LE(local) !== localMark) throw new BrokenZip("a file inside is not where it should be");
    const start = local + 30 + octets.readUInt16LE(local + 26) + octets.readUInt16LE(local + 28);
    yield [octets.toString("utf8", at + 46, at + 46 + name), { method, start, size: octets.readUInt32LE(at + 20) }];
    at += 46 + name + extra + comment;
  }
}

function* pieces(octets: Buffer): Generator<Buffer> {
  for (let start = 0; start < octets.length; start += feedOctets) yield octets.subarray(start, start + feedOctets);
}

async function* inflated(packed: Buffer): AsyncGenerator<Buffer> {
  const unpack = createInflateRaw();
  const input = Readable.from(pieces(packed));
  input.pipe(unpack);
  try {
    yield* unpack as AsyncIterable<Buffer>;
  } finally {
    input.destroy();
    unpack.destroy();
    if (!unpack.closed) await once(unpack, "close");
  }
}
