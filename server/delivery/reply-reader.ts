/** Cuts what a server sends into SMTP replies (RFC 5321 section 4.2), however the octets arrive. */
import type { Reply } from "./reply.ts";

/** RFC 5321 allows 512 octets a line; some servers say more, and none says this much. */
const maxLineOctets = 4096;
const maxLines = 128;

const lineFeed = 0x0a;
const nothing = Buffer.alloc(0);
const linePattern = /^([2-5]\d\d)(?:([ -])(.*))?$/s;

export class ReplyReader {
  #bytes: Buffer = nothing;
  #at = 0;
  #lines: string[] = [];

  /** Adds octets. They may be overwritten after `next` has answered undefined. */
  push(bytes: Buffer): void {
    this.#bytes = this.unread === 0 ? bytes : Buffer.concat([this.#bytes.subarray(this.#at), bytes]);
    this.#at = 0;
  }

  /** Octets that are no whole line yet, or were not asked for. */
  get unread(): number {
    return this.#bytes.length - this.#at;
  }

  /** The next whole reply. One with code 0 says that the server does not speak SMTP; what follows it means nothing. */
  next(): Reply | undefined {
    for (let line = this.#line(); line !== undefined; line = this.#line()) {
      const match = linePattern.exec(line);
      if (match === null || this.#lines.length === maxLines) return { code: 0, lines: [line] };
      this.#lines.push(match[3] ?? "");
      if (match[2] === "-") continue;
      const lines = this.#lines;
      this.#lines = [];
      // Where the lines' codes differ the last one counts, as it alone says that the reply is whole.
      return { code: Number(match[1]), lines };
    }
    return undefined;
  }

  #line(): string | undefined {
    const end = this.#bytes.indexOf(lineFeed, this.#at);
    if (end < 0 ? this.unread > maxLineOctets : end - this.#at > maxLineOctets) return this.#overlong();
    if (end < 0) {
      this.#keepRest();
      return undefined;
    }
    // A bare LF ends a line too: being strict here would only turn an answer into silence.
    const carriageReturn = end > this.#at && this.#bytes[end - 1] === 0x0d ? 1 : 0;
    const line = this.#bytes.toString("utf8", this.#at, end - carriageReturn);
    this.#at = end + 1;
    return line;
  }

  #keepRest(): void {
    this.#bytes = this.unread === 0 ? nothing : Buffer.from(this.#bytes.subarray(this.#at));
    this.#at = 0;
  }

  #overlong(): string {
    const line = this.#bytes.toString("latin1", this.#at, this.#at + maxLineOctets);
    this.#bytes = nothing;
    this.#at = 0;
    return line.replace(/^\d/, "?$&");
  }
}
