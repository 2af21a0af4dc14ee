/**
 * The one sending interface. A courier pulls copies from a source as its connections get free and reports each copy's
 * outcome. Pulling, not pushing, lets a connection put the final dot and the next copy's commands into one write.
 */
import type { Outcome } from "../lists/delivery.ts";

/** A copy as it goes over the wire. */
export type RenderedCopy = {
  /** The message with CRLF line ends and stuffed dots, without the terminating dot line; ends in CRLF. Shared buffers: never written to. */
  readonly wire: readonly Buffer[];
  /** Octets of the message before dot-stuffing, as SIZE= counts them (RFC 1870). */
  readonly octets: number;
  /** Whether the body holds octets above 127, so that MAIL says BODY=8BITMIME (RFC 6152). */
  readonly eightBit: boolean;
};

export interface OutgoingCopy {
  /** Envelope sender without angle brackets; one token a delivery. */
  readonly mailFrom: string;
  /** Envelope recipient in wire form (local part quoted where needed), without angle brackets. */
  readonly rcptTo: string;
  /** Asked once the connection knows whether its server offers 8BITMIME; without it the copy comes in 7-bit form. */
  render(eightBitAllowed: boolean): RenderedCopy;
}

export interface CopySource {
  /** The next copy to send, or undefined when there is none now or the bound of unrecorded outcomes is reached. Never blocks. */
  next(): OutgoingCopy | undefined;
  /** Called exactly once for each copy that `next` gave. */
  settled(copy: OutgoingCopy, outcome: Outcome): void;
}

export interface Courier {
  /** Copies may be waiting: connections that are idle pull again, and new ones are opened as far as allowed. */
  wake(): void;
  /**
   * Pulls no more. Copies already past DATA are finished; all others are settled as `untried`. Resolves when every copy is
   * settled and every connection closed, at the latest after `graceMs`; what then still runs is cut and settled as deferred.
   */
  stop(graceMs: number): Promise<void>;
}
