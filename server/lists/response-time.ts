/** How soon people respond: the times since a post by which confirmations and answers are counted. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Upper ends, in milliseconds; what comes later is in the slot after the last. */
export const responseSlots = [10 * minute, hour, 3 * hour, day, 3 * day] as const;

export function slotOf(sinceMs: number): number {
  const slot = responseSlots.findIndex((end) => sinceMs <= end);
  return slot < 0 ? responseSlots.length : slot;
}

/** By slot, from the first on; each with all that came before. */
export function cumulated(counts: ReadonlyMap<number, number>): readonly number[] {
  let sum = 0;
  return Array.from({ length: responseSlots.length + 1 }, (_, slot) => (sum += counts.get(slot) ?? 0));
}
