/** Deadlines of what is sent at its time: written for the first time, they move along with the times. */
import type { ZoneClock } from "./zone-clock.ts";

export type DeadlineMove = {
  /** The time for which it was written, and the one that is sent. */
  readonly firstAt: number;
  readonly dueAt: number;
  readonly now: number;
  /** Of what goes by the calendar: 20:00 stays 20:00 when clocks are changed. Undefined: by the time that passes. */
  readonly clock: ZoneClock | undefined;
};

/** What is sent so late that the deadline would be over leaves as much time as it would have left. */
export function movedDeadline(deadline: number, { firstAt, dueAt, now, clock }: DeadlineMove): number {
  const moved =
    clock === undefined
      ? deadline + dueAt - firstAt
      : clock.momentOf(clock.timeAt(deadline) + clock.timeAt(dueAt) - clock.timeAt(firstAt));
  return moved > now ? moved : now + Math.max(0, deadline - firstAt);
}
