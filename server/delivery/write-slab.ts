/** One preallocated buffer in which commands and small messages are put together, so that each group leaves in a single write. */
import type { Writable } from "node:stream";

/** Messages up to this size are copied together with the commands around them; larger ones go out as they are. */
export const coalescedOctets = 65_536;

/** Room for the final dot and the commands of the next copy. */
const commandOctets = 4096;

/** Filled and written within one call, so that all connections of a courier can share one. */
export class WriteSlab {
  #bytes = Buffer.allocUnsafeSlow(coalescedOctets + commandOctets);

  /** Writes ASCII texts and buffers as one piece; together they are at most the two sizes above. */
  write(parts: readonly (string | Buffer)[], target: Writable): void {
    let length = 0;
    for (const part of parts) {
      length += typeof part === "string" ? this.#bytes.write(part, length, "latin1") : part.copy(this.#bytes, length);
    }
    target.write(this.#bytes.subarray(0, length));
    // The kernel did not take all of it: the bytes belong to that socket until it has.
    if (target.writableLength > 0) this.#bytes = Buffer.allocUnsafeSlow(this.#bytes.length);
  }
}
