/** A post ready for the wire but for what differs by member, and the filling in of one copy. */
import { isAscii } from "node:buffer";
import { fillHeader } from "./copy-header.ts";
import { isEightBit } from "./copy-parts.ts";
import type { Segment } from "./copy-parts.ts";
import { stuffDots } from "./line-ends.ts";
import type { PersonalText } from "./personal-text.ts";
import type { Pieces, Values } from "./slots.ts";

/** A copy as it goes over the wire. */
export type RenderedCopy = {
  /** CRLF line ends, dots stuffed, no terminating dot line. Shared buffers: never written to. */
  readonly wire: readonly Buffer[];
  /** Octets before dot-stuffing. */
  readonly octets: number;
  /** Whether there are octets above 127. Where 8-bit is not allowed, only in what a signature seals. */
  readonly eightBit: boolean;
};

export type CopyForm = {
  readonly header: Pieces;
  readonly wire: readonly (Buffer | PersonalText)[];
  /** Of what is the same in every copy. */
  readonly octets: number;
  readonly eightBit: boolean;
};

/** Small neighbours are joined, so that a copy is few writes. */
const joinedBelow = 16_384;

/** Lays the segments out for the wire. */
export function layOut(header: Pieces, segments: readonly Segment[]): CopyForm {
  const wire: (Buffer | PersonalText)[] = [];
  let octets = 0;
  let eightBit = false;
  for (const segment of segments) {
    if (!Buffer.isBuffer(segment)) {
      wire.push(segment);
      continue;
    }
    octets += segment.length;
    eightBit ||= isEightBit(segment);
    append(wire, stuffDots(segment));
  }
  return { header, wire, octets, eightBit };
}

function append(wire: (Buffer | PersonalText)[], octets: Buffer): void {
  const last = wire.at(-1);
  if (octets.length === 0) return;
  if (last === undefined || !Buffer.isBuffer(last) || last.length + octets.length >= joinedBelow) wire.push(octets);
  else wire[wire.length - 1] = Buffer.concat([last, octets]);
}

/** One member's copy; undefined when a value does not fit this form. */
export function fillCopy(form: CopyForm, values: Values): RenderedCopy | undefined {
  const header = Buffer.from(fillHeader(form.header, values), "latin1");
  const wire: Buffer[] = header.length > 0 ? [header] : [];
  let octets = header.length + form.octets;
  let { eightBit } = form;
  for (const piece of form.wire) {
    if (Buffer.isBuffer(piece)) {
      wire.push(piece);
      continue;
    }
    const personal = piece.fill(values);
    if (personal === undefined) return undefined;
    wire.push(personal.octets);
    octets += personal.octets.length - personal.stuffed;
    eightBit ||= piece.eightBit && !isAscii(personal.octets);
  }
  return { wire, octets, eightBit };
}
