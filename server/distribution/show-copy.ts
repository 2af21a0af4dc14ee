/** A copy as it goes, or would go, to its member: made again from the same parts, for the panel. */
import type { Store } from "../store/store.ts";
import type { PreparedCopies } from "./prepared-copies.ts";

/** The message's octets, dots not stuffed; undefined when delivery, list or message is gone. */
export async function showCopy(
  store: Store,
  prepared: PreparedCopies,
  deliveryId: number,
): Promise<Buffer | undefined> {
  const claim = await store.deliveries.forShowing(deliveryId);
  if (claim === undefined) return undefined;
  const [copy] = await prepared.prepare([claim]);
  if (copy === undefined || copy === "later") return undefined;
  return unstuffed(Buffer.concat(copy.template.render(copy.values, true).wire));
}

/** RFC 5321 4.5.2 in reverse. */
export function unstuffed(wire: Buffer): Buffer {
  const pieces: Buffer[] = [];
  let start = wire[0] === 0x2e ? 1 : 0;
  for (let at = wire.indexOf("\n.", start); at >= 0; at = wire.indexOf("\n.", start)) {
    pieces.push(wire.subarray(start, at + 1));
    start = at + 2;
  }
  return Buffer.concat([...pieces, wire.subarray(start)]);
}
