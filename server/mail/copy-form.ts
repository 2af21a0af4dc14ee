/** A post ready for the wire but for what differs by member, and the filling in of one copy. */
import { isAscii } from "node:buffer";
import { fillHeader } from "./copy-header.ts";
import { isEightBit } from "./copy-parts.ts";
import type { Segment } from "./copy-parts.ts";
import { CopySignature } from "./copy-signature.ts";
import type { CopySigner } from "./copy-signature.ts";
import { stuffDots } from "./line-ends.ts";
import type { PersonalOctets, PersonalText } from "./personal-text.ts";
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
  readonly signature: CopySignature | undefined;
};

export type CopyParts = {
  /** Begins the header. */
  readonly header: Pieces;
  /** The rest of the header, which is the same in every copy; lines with their ends. */
  readonly fields: string;
  readonly body: readonly Segment[];
};

/** Small neighbours are joined, so that a copy is few writes. */
const joinedBelow = 16_384;

/** Lays a message out for the wire, ready to be signed when there is a signer. */
export function layOut({ header, fields, body }: CopyParts, signer: CopySigner | undefined): CopyForm {
  const wire: (Buffer | PersonalText)[] = [];
  let octets = 0;
  let eightBit = false;
  for (const segment of [Buffer.from(`${fields}\r\n`, "latin1"), ...body]) {
    if (!Buffer.isBuffer(segment)) {
      wire.push(segment);
      continue;
    }
    octets += segment.length;
    eightBit ||= isEightBit(segment);
    append(wire, stuffDots(segment));
  }
  const signature = signer && new CopySignature(signer, { header: [...header, { text: fields }], body });
  return { header, wire, octets, eightBit, signature };
}

function append(wire: (Buffer | PersonalText)[], octets: Buffer): void {
  const last = wire.at(-1);
  if (octets.length === 0) return;
  if (last === undefined || !Buffer.isBuffer(last) || last.length + octets.length >= joinedBelow) wire.push(octets);
  else wire[wire.length - 1] = Buffer.concat([last, octets]);
}

/** One member's copy; undefined when a value does not fit this form. */
export function fillCopy(form: CopyForm, values: Values): RenderedCopy | undefined {
  const header = fillHeader(form.header, values);
  const wire: Buffer[] = [Buffer.from(header, "latin1")];
  const own: PersonalOctets[] = [];
  let { octets, eightBit } = form;
  for (const piece of form.wire) {
    if (Buffer.isBuffer(piece)) {
      wire.push(piece);
      continue;
    }
    const personal = piece.fill(values);
    if (personal === undefined) return undefined;
    own.push(personal);
    wire.push(personal.octets);
    octets += personal.octets.length - personal.stuffed;
    eightBit ||= piece.eightBit && !isAscii(personal.octets);
  }
  const signatures = form.signature?.make(values, own) ?? "";
  const top = signatures + header;
  if (signatures !== "") wire[0] = Buffer.from(top, "latin1");
  if (top === "") wire.shift();
  return { wire, octets: octets + top.length, eightBit };
}
