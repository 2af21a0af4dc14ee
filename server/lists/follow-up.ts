/**
 * Follow-up of a post that asks, until everybody has read or answered: reminders to the silent, then to their further addresses, then
 * their names to the sender. Which step comes next and when is decided here; it ends by itself when nobody is silent any more.
 */
import type { Silence } from "./recipients.ts";

export type FollowUpPlan = {
  readonly of: Silence;
  /** Reminders to the silent; none: only what comes after them. */
  readonly times: number;
  /** Between the post and the first step, and between steps. */
  readonly everyMs: number;
  /** No reminder goes in these hours: minutes of the day in the list's zone. From 22:00 to 7:00 is over midnight. */
  readonly quiet: { readonly from: number; readonly to: number } | undefined;
  /** No reminder goes after this; undefined: no end. */
  readonly until: number | undefined;
  /** A last reminder goes to the further address of who has one. */
  readonly second: boolean;
  /** At the end the sender is mailed the names of the silent. */
  readonly tell: boolean;
};

/** Why it is over: nobody is silent any more, every step is done, or somebody stopped it (or the post). */
export type FollowUpEnd = "everybody" | "done" | "stopped";
export type FollowUpStep = "remind" | "second" | "tell";
export type PlannedStep = { readonly step: FollowUpStep; readonly at: number; readonly taken: number };

export const mostTimes = 20;
export const leastEveryMs = 60_000;

/** As it runs beside a poll: nobody is reminded of one that is closed, wherever its deadline moves. `closesAt`: of the poll. */
export function besidePoll(plan: FollowUpPlan, closesAt: number | undefined): FollowUpPlan {
  // Who is asked to confirm, too, is reminded on.
  if (closesAt === undefined || plan.of !== "unanswered") return plan;
  return { ...plan, until: Math.min(plan.until ?? closesAt, closesAt) };
}

/** Who can still be reminded once the poll is closed; undefined: nobody. */
export function silenceWhen(of: Silence, isClosed: boolean): Silence | undefined {
  if (!isClosed) return of;
  return of === "unanswered" ? undefined : "unread";
}

/** All steps in their order. */
export function stepsOf({
  times,
  second,
  tell,
}: Pick<FollowUpPlan, "times" | "second" | "tell">): readonly FollowUpStep[] {
  const reminders = Array.from({ length: times }, () => "remind" as const);
  return [...reminders, ...(second ? ["second" as const] : []), ...(tell ? ["tell" as const] : [])];
}

/**
 * The step after `taken` others, the last of which was at `before` (without any: when the post began to leave). `minuteOf`: a moment's
 * minute of the day in the list's zone. Undefined: there is none any more.
 */
export function nextStep(
  plan: FollowUpPlan,
  { taken, before }: { readonly taken: number; readonly before: number },
  minuteOf: (ms: number) => number,
): PlannedStep | undefined {
  const steps = stepsOf(plan);
  const step = steps[taken];
  if (step === undefined) return undefined;
  const due = before + plan.everyMs;
  const at = step === "tell" ? due : afterQuiet(due, plan.quiet, minuteOf);
  if (plan.until === undefined || at <= plan.until) return { step, at, taken };
  // What would come too late is left out; the names are told in time.
  return plan.tell ? { step: "tell", at: Math.max(plan.until, before), taken: steps.length - 1 } : undefined;
}

function afterQuiet(at: number, quiet: FollowUpPlan["quiet"], minuteOf: (ms: number) => number): number {
  if (quiet === undefined || quiet.from === quiet.to) return at;
  const minute = minuteOf(at);
  const isQuiet =
    quiet.from < quiet.to ? minute >= quiet.from && minute < quiet.to : minute >= quiet.from || minute < quiet.to;
  if (!isQuiet) return at;
  const wait = (quiet.to - minute + 1440) % 1440;
  return Math.floor(at / 60_000) * 60_000 + wait * 60_000;
}
