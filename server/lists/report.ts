/** Reports by mail: to whom, and when a post is looked at again. */

export const reportTargets = ["nobody", "sender", "administrators", "both"] as const;
/** Who is told how a post went. */
export type ReportTarget = (typeof reportTargets)[number];

const minute = 60_000;
const hour = 60 * minute;

/**
 * After the report that a post has been sent: when it is looked at again for copies that came back or were given up. Most bounces
 * come within the hour; retries and slow servers take days.
 */
const watch = [hour, 24 * hour, 5 * 24 * hour] as const;

/** After so many looks; undefined: the watch is over. */
export function nextLook(looks: number, now: number): number | undefined {
  const wait = watch[looks];
  return wait === undefined ? undefined : now + wait;
}

/** Until when bounces are watched for, of a post whose first report is written now. */
export function watchedUntil(now: number): number {
  return watch.reduce((at, wait) => at + wait, now);
}

/** When a post that is still being sent is looked at again: soon at first, then by a tenth of the time that it has taken. */
export function nextGlance(startedAt: number, now: number): number {
  return now + Math.max(10_000, Math.min(hour, (now - startedAt) / 10));
}
