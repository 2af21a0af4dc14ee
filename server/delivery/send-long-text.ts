/** Writes a large message in slices, each when the one before it has left, so that a slow server costs no memory. */
import type { SmtpWire } from "./smtp-wire.ts";

/** Small enough that one turn of the event loop with every connection writing stays short, large enough to be few calls. */
const sliceOctets = 262_144;

export type LongText = {
  readonly wire: SmtpWire;
  readonly pieces: readonly Buffer[];
  /** A slice has left: the connection is alive. */
  readonly moved: () => void;
  readonly done: () => void;
};

/** Calls `done` once everything has left; never when the wire breaks before. */
export function sendLongText({ wire, pieces, moved, done }: LongText): void {
  const slices = cut(pieces);
  const sendNext = (): void => {
    moved();
    const slice = slices.next();
    if (slice.done) done();
    else wire.writeSlice(slice.value, sendNext);
  };
  sendNext();
}

function* cut(pieces: readonly Buffer[]): Generator<Buffer, undefined> {
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += sliceOctets) yield piece.subarray(at, at + sliceOctets);
  }
}
