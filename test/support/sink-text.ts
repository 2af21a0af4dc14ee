/** Reads one message after DATA as a strict server does: only CRLF.CRLF ends it. */

const end = Buffer.from("\r\n.\r\n");

export class SinkText {
  readonly #pieces: Buffer[] = [];
  // The line end before the text is that of DATA: a message may be empty.
  #tail: Buffer = Buffer.from("\r\n");

  /** Adds octets; gives what follows the message once its end has come. */
  push(bytes: Buffer): Buffer | undefined {
    const joined = Buffer.concat([this.#tail, bytes]);
    const at = joined.indexOf(end);
    if (at < 0) {
      this.#pieces.push(bytes);
      this.#tail = joined.subarray(-(end.length - 1));
      return undefined;
    }
    const after = at + end.length;
    this.#pieces.push(bytes.subarray(0, Math.max(0, bytes.length - (joined.length - after))));
    return joined.subarray(after);
  }

  /** As it came, without the final dot's line. */
  wire(): Buffer {
    return Buffer.concat(this.#pieces).subarray(0, -3);
  }
}

/** Takes the stuffed dots away. */
export function unstuffed(wire: Buffer): Buffer {
  return Buffer.from(wire.toString("latin1").replace(/^\./gm, ""), "latin1");
}

/** What no sender may do in a message (RFC 5321 section 2.3.8, 4.5.2; RFC 6152; RFC 1870). */
export function textViolations(wire: Buffer, parameters: string): readonly string[] {
  const text = wire.toString("latin1");
  const lines = text.split("\r\n");
  const eightBit = wire.some((octet) => octet > 127);
  const size = Number(/ SIZE=(\d+)/.exec(parameters)?.[1] ?? Infinity);
  const breaches: readonly (readonly [boolean, string])[] = [
    [wire.length > 0 && lines.at(-1) !== "", "the last line is not ended"],
    [lines.some((line) => /[\r\n]/.test(line)), "bare CR or LF in the message"],
    [lines.some((line) => line.length > 999), "line over 998 octets"],
    [text.includes("\0"), "NUL in the message"],
    [lines.some((line) => /^\.(?!\.)/.test(line)), "a dot that was not stuffed"],
    [eightBit && !parameters.includes("BODY=8BITMIME"), "8-bit text without BODY=8BITMIME"],
    [unstuffed(wire).length > size, "more octets than SIZE said"],
  ];
  return breaches.filter(([breached]) => breached).map(([, what]) => what);
}
