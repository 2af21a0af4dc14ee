/** When a deferred delivery is tried again, and when it is given up (`outbound.retry`). */

export type RetryQuestion = {
  /** Attempts made so far, at least 1. */
  readonly attempts: number;
  /** Waits between attempts in milliseconds; n waits are n + 1 attempts. */
  readonly retryMs: readonly number[];
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
};

const minuteMs = 60_000;
/** Part of a long wait that chance may add, so that a list's deferred copies do not come back as one wave. */
const spread = 0.1;

/** The time of the next attempt in milliseconds since 1970-01-01 UTC, or undefined to give up. */
export function nextAttempt({ attempts, retryMs, now, random }: RetryQuestion): number | undefined {
  const wait = retryMs[attempts - 1];
  if (wait === undefined) return undefined;
  // Short waits are kept exactly: who says "1s" tries something out and counts the seconds.
  const late = wait > minuteMs ? Math.floor(wait * spread * random()) : 0;
  return now + wait + late;
}
