/** What every page shows on which times are chosen: the form, and the times themselves in words before they are saved. */
import { countAfter, lastOf, momentOf, nextAfter, upcoming } from "../lists/schedule.ts";
import { ZoneClock } from "../lists/zone-clock.ts";
import { RuleWords } from "../words/describe-rule.ts";
import type { Schedule, Timing } from "../store/schedules/schedules.ts";
import { FormFields } from "./form-fields.ts";
import type { PanelState } from "./panel-context.ts";
import { ends, nths, readTimesForm, repeats, ruleKinds } from "./schedule-form.ts";
import type { ReadTimes, TimesForm } from "./schedule-form.ts";
import { typedTimes } from "./schedule-typed.ts";
import type { WebParts } from "./web-parts.ts";

const timesShown = 5;

export type TimesView = {
  readonly times: readonly { readonly text: string; readonly note: string | undefined }[];
  /** Those that are not shown: how many, and the last of them. */
  readonly more: string | undefined;
  /** What the form says, as one word: a button that saves saves no other. */
  readonly looked: string;
};

/** Of times later than `after`. */
export function viewTimes({ rule, zone }: ReadTimes, after: number, { words, language }: PanelState): TimesView {
  const clock = new ZoneClock(zone);
  const w = words.schedules;
  const moments = upcoming(rule, clock, { after, most: timesShown });
  const said = new RuleWords({ words, language });
  const isLater = (at: number): boolean =>
    (rule.kind === "once" && momentOf(rule.at, clock) === at && clock.timeAt(at) !== Date.parse(`${rule.at}Z`)) ||
    (rule.kind === "calendar" && new Date(clock.timeAt(at)).toISOString().slice(11, 19) !== rule.time);
  const count = countAfter(rule, clock, after);
  const last = lastOf(rule, clock);
  const left = (count ?? 0) - moments.length;
  return {
    times: moments.map((at) => ({ text: said.moment(at, zone), note: isLater(at) ? w.gap : undefined })),
    more:
      count === undefined
        ? w.andSoOn
        : left > 0 && last !== undefined
          ? w.moreTimes(left, said.moment(last, zone))
          : undefined,
    looked: lookedAt({ rule, zone }),
  };
}

export function lookedAt({ rule, zone }: ReadTimes): string {
  return JSON.stringify([rule, zone]);
}

/** Undefined where all times are over. */
export function timingAfter({ rule, zone }: ReadTimes, after: number): Timing | undefined {
  const clock = new ZoneClock(zone);
  const nextAt = nextAfter(rule, clock, after);
  return nextAt === undefined ? undefined : { rule, zone, nextAt, remaining: countAfter(rule, clock, after) };
}

/** From when on it goes on where it is let to now: times that went by meanwhile are none of it. */
export async function timingNow(
  { store, clock }: Pick<WebParts, "store" | "clock">,
  schedule: Schedule,
): Promise<Timing | undefined> {
  return timingAfter(schedule, Math.max(clock.now(), (await store.occurrences.lastDue(schedule.id)) ?? 0));
}

/**
 * The form of a schedule, filled, and read as it would be sent: a rule that has begun goes on with the times that are left, so that it
 * need not be looked at twice.
 */
export function asItStands(
  schedule: Schedule,
  { words, now, after }: Pick<TimesForm, "words" | "now" | "after">,
): { readonly typed: Readonly<Record<string, string>>; readonly read: ReadTimes | undefined } {
  const { zone, rule: before } = schedule;
  const typed = typedTimes(schedule, now);
  const read = readTimesForm(new FormFields(new URLSearchParams(typed), words), { words, zone, now, after, before });
  return { typed, read };
}

/** Every choice that the form offers. */
export function timesChoices({ words: { schedules: w } }: PanelState): object {
  return {
    kinds: ruleKinds,
    repeatChoices: repeats.map((repeat) => [repeat, w.repeats[repeat]]),
    nthChoices: nths.map((nth) => [nth, w.nths[nth]]),
    endChoices: ends.map((end) => [end, w.ends[end]]),
    timezones: Intl.supportedValuesOf("timeZone"),
  };
}
