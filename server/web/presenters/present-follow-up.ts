/** How the follow-up of a post stands, in words. */
import { besidePoll, nextStep } from "../../lists/follow-up.ts";
import type { FollowUpPlan } from "../../lists/follow-up.ts";
import type { FollowUp } from "../../store/schedules/follow-ups.ts";
import type { Words } from "../../words/en.ts";
import type { Dates } from "../../words/dates.ts";
import { clockText } from "../follow-up-form.ts";

type Telling = { readonly words: Words; readonly dates: Dates };

export type FollowUpView = {
  readonly isRunning: boolean;
  /** What happens next, or why nothing does. */
  readonly says: string;
  /** The whole plan, a line each. */
  readonly plan: readonly string[];
};

export function presentFollowUp(
  followUp: FollowUp | undefined,
  { words: w, dates, minuteOf }: Telling & { readonly minuteOf: (ms: number) => number },
): FollowUpView | undefined {
  if (followUp === undefined) return undefined;
  const { taken, lastAt, nextAt, ended, endedAt } = followUp;
  const plan = besidePoll(followUp.plan, followUp.closesAt);
  const next = nextAt === undefined ? undefined : nextStep(plan, { taken, before: lastAt }, minuteOf);
  // A step that failed is tried again later than it was due.
  const says =
    nextAt === undefined || next === undefined
      ? w.followUp.ended[ended ?? "done"](dates.dateTime(endedAt ?? lastAt))
      : w.followUp.next[next.step](dates.dateTime(Math.max(next.at, nextAt)), next.taken + 1, plan.times);
  return { isRunning: nextAt !== undefined, says, plan: planInWords(plan, { words: w, dates }) };
}

/** Also for whoever reads a composition before it is sent. */
export function planInWords(plan: FollowUpPlan, { words: w, dates }: Telling): readonly string[] {
  const pace = w.followUp.pace(plan.everyMs);
  return [
    ...(plan.times > 0 ? [w.followUp.plan.times(plan.times, pace)] : []),
    ...(plan.second ? [w.followUp.plan.second] : []),
    ...(plan.tell ? [w.followUp.plan.tell] : []),
    ...(plan.quiet ? [w.followUp.plan.quiet(clockText(plan.quiet.from), clockText(plan.quiet.to))] : []),
    ...(plan.until === undefined ? [] : [w.followUp.plan.until(dates.dateTime(plan.until))]),
  ];
}
