/**
 * When something is sent that is reserved for later, or again and again. A rule is a set of times on the clocks of one zone; which
 * moments they are, and how they stand to what was sent already, is decided here.
 */
import { datesOf } from "./calendar-dates.ts";
import type { CalendarEnd, CalendarDays } from "./calendar-dates.ts";
import type { ZoneClock } from "./zone-clock.ts";

export type ScheduleRule =
  /** `2026-04-08T08:00:00`, as all times here: what the clocks show. */
  | { readonly kind: "once"; readonly at: string }
  /** Evenly from `from` to `to`, both included; one time: at `from`. */
  | { readonly kind: "period"; readonly from: string; readonly to: string; readonly times: number }
  /** `time`: `08:00:00`. `start`: the first day that may be one, `2026-04-08`. */
  | {
      readonly kind: "calendar";
      readonly on: CalendarDays;
      readonly time: string;
      readonly start: string;
      readonly end: CalendarEnd;
    };

export const scheduleStates = ["active", "paused", "failed", "done", "cancelled"] as const;
export type ScheduleState = (typeof scheduleStates)[number];

/** Why nothing was sent at its time. `restored`: the server came back from a backup, and it may have been sent before. */
export const scheduleFaults = ["no-list", "no-sender", "not-a-sender", "too-large", "trouble", "restored"] as const;
export type ScheduleFault = (typeof scheduleFaults)[number];

/** `missed`: the server was down, and a later one was sent in its place; `restored`: as above. */
export type OccurrenceOutcome = "sent" | "missed" | "skipped" | "failed" | "restored";

/** Sends of one schedule; only one without an end may have more. */
export const mostTimes = 10_000;
/** Between two sends of one schedule. */
export const leastIntervalMs = 60_000;

/** Milliseconds, to be rounded. Not a number for one time. */
export function intervalOf({ from, to, times }: Extract<ScheduleRule, { kind: "period" }>, clock: ZoneClock): number {
  return (momentOf(to, clock) - momentOf(from, clock)) / (times - 1);
}

/** The first moment of the rule that is later than `after`; undefined: there is none any more. */
export function nextAfter(rule: ScheduleRule, clock: ZoneClock, after: number): number | undefined {
  if (rule.kind === "once") return ifLater(momentOf(rule.at, clock), after);
  if (rule.kind === "period") return nextOfPeriod(rule, clock, after);
  // A day back: clocks show at most that much less than `after` at its moment.
  for (const date of datesOf(rule, clock.timeAt(after) - 86_400_000)) {
    const moment = momentOf(`${date}T${rule.time}`, clock);
    if (moment > after) return moment;
  }
  return undefined;
}

/** The moments that are later than `after`, at most so many. */
export function upcoming(
  rule: ScheduleRule,
  clock: ZoneClock,
  { after, most }: { readonly after: number; readonly most: number },
): readonly number[] {
  const moments: number[] = [];
  let next = nextAfter(rule, clock, after);
  while (next !== undefined && moments.length < most) {
    moments.push(next);
    next = nextAfter(rule, clock, next);
  }
  return moments;
}

/** Undefined: it goes on for ever, or never is. */
export function lastOf(rule: ScheduleRule, clock: ZoneClock): number | undefined {
  if (rule.kind === "once") return momentOf(rule.at, clock);
  if (rule.kind === "period") return timesOf(rule, clock)(rule.times - 1);
  if (rule.end.kind === "never") return undefined;
  const last = [...datesOf(rule, 0)].at(-1);
  return last === undefined ? undefined : momentOf(`${last}T${rule.time}`, clock);
}

/** How many moments are later than `after`; undefined: it goes on for ever. */
export function countAfter(rule: ScheduleRule, clock: ZoneClock, after: number): number | undefined {
  if (rule.kind === "calendar" && rule.end.kind === "never") return undefined;
  if (rule.kind === "once") return momentOf(rule.at, clock) > after ? 1 : 0;
  if (rule.kind === "period") return rule.times - indexAfter(rule, clock, after);
  let count = 0;
  const day = clock.timeAt(after) - 86_400_000;
  // Which of the days around `after` are over is asked of the clocks; of later ones only the calendar.
  for (const date of datesOf(rule, day))
    if (Date.parse(date) > day + 3 * 86_400_000 || momentOf(`${date}T${rule.time}`, clock) > after) count++;
  return count;
}

/** What a schedule whose next time has come does now. */
export type Settled = {
  /** The time for which is sent: the last that is over. Undefined: nothing is sent. */
  readonly send: number | undefined;
  /** Times that were not kept and are not made up for. */
  readonly missed: readonly number[];
  /** Of those, times before the server came back from a backup. */
  readonly restored: readonly number[];
  readonly next: number | undefined;
};

/** Times that were missed and are written down; the server was down for long if there are more. */
const mostMissed = 500;

/**
 * After a time in which the server was down, the last of the times that are over is made up for and no other: every one has the same
 * text, and a heap of them at once helps nobody. What was due before `notBefore` may have been sent by the server that the backup is of.
 */
export function settle(
  rule: ScheduleRule,
  clock: ZoneClock,
  { dueAt, now, notBefore }: { readonly dueAt: number; readonly now: number; readonly notBefore: number },
): Settled {
  const over: number[] = [];
  let next: number | undefined = rule.kind === "period" ? Math.max(dueAt, lateStart(rule, clock, now)) : dueAt;
  while (next !== undefined && next <= now) {
    over.push(next);
    if (over.length > mostMissed) over.shift();
    next = nextAfter(rule, clock, next);
  }
  const restored = over.filter((moment) => moment < notBefore);
  const missed = over.filter((moment) => moment >= notBefore);
  const send = missed.pop();
  return { send, missed, restored, next };
}

/** Of thousands of times that are over only the last are written down, and the others need not be worked out one by one. */
function lateStart(rule: Period, clock: ZoneClock, now: number): number {
  const index = indexAfter(rule, clock, now) - 1 - mostMissed;
  return index < 0 ? -Infinity : timesOf(rule, clock)(index);
}

export function isRepeating({ kind }: ScheduleRule): boolean {
  return kind !== "once";
}

export function momentOf(time: string, clock: ZoneClock): number {
  return clock.momentOf(Date.parse(`${time}Z`));
}

function ifLater(moment: number, after: number): number | undefined {
  return moment > after ? moment : undefined;
}

type Period = Extract<ScheduleRule, { kind: "period" }>;

function nextOfPeriod(rule: Period, clock: ZoneClock, after: number): number | undefined {
  const index = indexAfter(rule, clock, after);
  return index < rule.times ? timesOf(rule, clock)(index) : undefined;
}

/** Which of the times, from 0, is the first that is later. */
function indexAfter(rule: Period, clock: ZoneClock, after: number): number {
  const at = timesOf(rule, clock);
  let [low, high] = [0, rule.times];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (at(middle) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** By index. On a whole second: whoever chose 8:00:30 sees :30 where the times divide evenly. */
function timesOf(rule: Period, clock: ZoneClock): (index: number) => number {
  const [from, interval] = [momentOf(rule.from, clock), intervalOf(rule, clock)];
  return (index) => (index === 0 ? from : from + Math.round((index * interval) / 1000) * 1000);
}
