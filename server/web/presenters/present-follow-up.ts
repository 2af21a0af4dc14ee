/** How the follow-up of a post stands, in words. */
import { stepsOf } from "../../lists/follow-up.ts";
import type { FollowUpPlan } from "../../lists/follow-up.ts";
import type { FollowUp } from "../../store/follow-ups.ts";
import type { Words } from "../../words/en.ts";
import type { Dates } from "../../words/dates.ts";
import { clockText } from "../follow-up-form.ts";

export type FollowUpView = {
  readonly isRunning: boolean;
  /** What happens next, or why nothing does. */
  readonly says: string;
  /** The whole plan, a line each. */
  readonly plan: readonly string[];
};

export function presentFollowUp(
  followUp: FollowUp | undefined,
  { words: w, dates }: { readonly words: Words; readonly dates: Dates },
): FollowUpView | undefined {
  if (followUp === undefined) return undefined;
  const { plan, taken, nextAt, ended, endedAt } = followUp;
  const steps = stepsOf(plan);
  const step = steps[taken];
  const says =
    nextAt === undefined || step === undefined
      ? w.followUp.ended[ended ?? "done"](dates.dateTime(endedAt ?? 0))
      : w.followUp.next[step](dates.dateTime(nextAt), `${taken + 1}/${steps.length}`);
  return { isRunning: nextAt !== undefined, says, plan: planInWords(plan, { words: w, dates }) };
}

/** Also for whoever reads a composition before it is sent. */
export function planInWords(
  plan: FollowUpPlan,
  { words: w, dates }: { readonly words: Words; readonly dates: Dates },
): readonly string[] {
  const pace = w.followUp.pace(plan.everyMs);
  return [
    ...(plan.times > 0 ? [w.followUp.plan.times(plan.times, pace)] : []),
    ...(plan.second ? [w.followUp.plan.second] : []),
    ...(plan.tell ? [w.followUp.plan.tell] : []),
    ...(plan.quiet ? [w.followUp.plan.quiet(clockText(plan.quiet.from), clockText(plan.quiet.to))] : []),
    ...(plan.until === undefined ? [] : [w.followUp.plan.until(dates.dateTime(plan.until))]),
  ];
}
