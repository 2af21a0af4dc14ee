/**
 * The message as it streams in: at most one chunk is in memory, what is longer is committed piece by piece. Nothing here
 * decides; the header is given out as soon as it is whole, so that a refused message is never stored.
 */
import type { Hash } from "node:crypto";
import { beginFingerprint } from "../mail/fingerprint.ts";
import { parseHeader } from "../mail/header-fields.ts";
import type { Header } from "../mail/header-fields.ts";
import { SmugglingWatch } from "../mail/smuggling.ts";
import { chunkOctets } from "../store/posts/messages.ts";
import type { IncomingBody, Messages } from "../store/posts/messages.ts";

/** The header must fit into the first chunk with room to spare; Postfix cuts at 100 KB. */
const maxHeaderOctets = 200 * 1024;

export type BodyFault = "too-big" | "header-too-big" | "nul" | "smuggling";

export type ReceivedBody = {
  readonly body: IncomingBody;
  readonly size: number;
  readonly fingerprint: string;
  /** The first 256 KB, enough for a report's own parts. */
  readonly beginning: Buffer;
};

export type BodyReader = {
  readonly messages: Messages;
  readonly mailFrom: string;
  readonly maxOctets: number;
  readonly now: number;
  /** Fields that are kept before the message's own; they count for nothing else. */
  readonly before: Buffer | undefined;
  /** Called once with the header; false: the message will be refused, so its octets are counted but not kept. */
  readonly wanted: (header: Header) => Promise<boolean>;
};

/** Reads to the end in any case, for the reply may only come then. Throws when the client breaks off or the store fails. */
export async function readBody(
  stream: AsyncIterable<Buffer>,
  reader: BodyReader,
): Promise<ReceivedBody | BodyFault | "unwanted"> {
  const incoming = new IncomingMessage(reader);
  try {
    for await (const piece of stream) await incoming.take(piece);
    return await incoming.end();
  } catch (error) {
    await incoming.abandon();
    throw error;
  }
}

class IncomingMessage {
  readonly #reader: BodyReader;
  readonly #watch = new SmugglingWatch();
  #pieces: Buffer[] = [];
  #held = 0;
  #size = 0;
  #seq = 0;
  #stagedId: number | undefined;
  #hash: Hash | undefined;
  #beginning: Buffer | undefined;
  #state: "beginning" | "keeping" | "unwanted" | BodyFault = "beginning";

  constructor(reader: BodyReader) {
    this.#reader = reader;
  }

  async take(piece: Buffer): Promise<void> {
    this.#size += piece.length;
    if (this.#size > this.#reader.maxOctets) await this.#fail("too-big");
    else if (piece.includes(0)) await this.#fail("nul");
    else if (this.#watch.sees(piece)) await this.#fail("smuggling");
    if (!this.#wanted()) return;
    this.#pieces.push(piece);
    this.#held += piece.length;
    while (this.#held >= chunkOctets && this.#wanted()) await this.#flush();
  }

  async end(): Promise<ReceivedBody | BodyFault | "unwanted"> {
    if (this.#state === "beginning") await this.#begin(this.#joined());
    if (this.#state !== "keeping" || this.#hash === undefined)
      return this.#state === "beginning" || this.#state === "keeping" ? "unwanted" : this.#state;
    const rest = this.#joined();
    if (this.#seq > 0) this.#hash.update(rest);
    if (this.#stagedId !== undefined && rest.length > 0)
      await this.#reader.messages.append(this.#stagedId, this.#seq, rest);
    return {
      body: this.#stagedId === undefined ? { bytes: this.#withFields(rest) } : { stagedId: this.#stagedId },
      size: this.#size + (this.#reader.before?.length ?? 0),
      fingerprint: this.#hash.digest("hex"),
      beginning: this.#beginning ?? rest,
    };
  }

  async abandon(): Promise<void> {
    const staged = this.#stagedId;
    this.#stagedId = undefined;
    this.#pieces = [];
    if (staged !== undefined) await this.#reader.messages.discard(staged);
  }

  /** Whether its octets are kept, or may yet be. */
  #wanted(): boolean {
    return this.#state === "beginning" || this.#state === "keeping";
  }

  async #fail(fault: BodyFault): Promise<void> {
    if (this.#state === fault) return;
    await this.abandon();
    // Too big says more than what else is wrong; otherwise the first fault stands.
    if (this.#wanted() || fault === "too-big") this.#state = fault;
  }

  #joined(): Buffer {
    const [only] = this.#pieces;
    return this.#pieces.length === 1 && only !== undefined ? only : Buffer.concat(this.#pieces);
  }

  async #flush(): Promise<void> {
    const all = this.#joined();
    const chunk = all.subarray(0, chunkOctets);
    this.#pieces = [all.subarray(chunkOctets)];
    this.#held = all.length - chunk.length;
    if (this.#state === "beginning") await this.#begin(chunk);
    else this.#hash?.update(chunk);
    if (this.#state !== "keeping") return;
    this.#stagedId ??= await this.#reader.messages.begin(this.#reader.mailFrom, this.#reader.now);
    await this.#reader.messages.append(this.#stagedId, this.#seq, this.#seq === 0 ? this.#withFields(chunk) : chunk);
    this.#seq++;
  }

  #withFields(beginning: Buffer): Buffer {
    const { before } = this.#reader;
    return before === undefined ? beginning : Buffer.concat([before, beginning]);
  }

  async #begin(chunk: Buffer): Promise<void> {
    const header = parseHeader(chunk);
    this.#beginning = chunk;
    if (header.bodyStart > maxHeaderOctets) return this.#fail("header-too-big");
    if (!(await this.#reader.wanted(header))) {
      this.#state = "unwanted";
      return;
    }
    this.#state = "keeping";
    this.#hash = beginFingerprint(header).update(chunk.subarray(header.bodyStart));
  }
}
