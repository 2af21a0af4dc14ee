/** The form by which the silent are followed up: read into a plan, and filled from one. */
import type { FollowUpPlan } from "../lists/follow-up.ts";
import type { Silence } from "../lists/recipients.ts";
import type { Words } from "../words/en.ts";
import { localTime, readTime } from "../words/zone-time.ts";
import type { FormFields } from "./form-fields.ts";

const minuteMs = 60_000;

/** Between one step and the next. */
export const paces: Readonly<Record<string, number>> = {
  "15m": 15 * minuteMs,
  "30m": 30 * minuteMs,
  "1h": 60 * minuteMs,
  "3h": 180 * minuteMs,
  "1d": 1440 * minuteMs,
  "2d": 2880 * minuteMs,
  "7d": 10_080 * minuteMs,
};
export const reminderCounts = ["0", "1", "2", "3", "5"] as const;

export type FollowUpForm = {
  readonly words: Words;
  readonly timezone: string;
  readonly now: number;
  /** What the post asks. */
  readonly asks: { readonly confirmation: boolean; readonly poll: boolean };
};

export const followUpFields = [
  "remindTimes",
  "remindEvery",
  "remindQuiet",
  "quietFrom",
  "quietTo",
  "remindUntil",
  "remindSecond",
  "remindTell",
] as const;

/** Undefined where a field is wrong, or where nothing is wished. */
export function readFollowUpForm(
  fields: FormFields,
  { words: w, timezone, now, asks }: FollowUpForm,
): FollowUpPlan | undefined {
  const times = Number(fields.choice("remindTimes", reminderCounts));
  const everyMs = paces[fields.choice("remindEvery", Object.keys(paces)) ?? ""] ?? 0;
  const second = fields.isChecked("remindSecond");
  const tell = fields.isChecked("remindTell");
  const quiet = fields.isChecked("remindQuiet") ? readQuiet(fields, w) : undefined;
  const typed = fields.line("remindUntil").normalize("NFKC");
  const until = typed === "" ? undefined : readTime(typed, timezone)?.at;
  if (typed !== "" && until === undefined) fields.fault("remindUntil", w.followUp.untilWrong);
  if (until !== undefined && until <= now) fields.fault("remindUntil", w.followUp.untilPast);
  if (times === 0 && !second && !tell) fields.fault("remindTimes", w.followUp.nothing);
  return fields.isGood ? { of: silenceOf(asks), times, everyMs, quiet, until, second, tell } : undefined;
}

/** As its form would have sent it; without a plan, what most people will want. */
export function asTypedFollowUp(plan: FollowUpPlan | undefined, timezone: string): Readonly<Record<string, string>> {
  const { times = 3, everyMs = paces["1d"], second = false, tell = true, until } = plan ?? {};
  const quiet = plan === undefined ? { from: 21 * 60, to: 7 * 60 } : plan.quiet;
  return {
    remindTimes: String(times),
    remindEvery: Object.keys(paces).find((pace) => paces[pace] === everyMs) ?? "1d",
    ...(quiet !== undefined && { remindQuiet: "on" }),
    quietFrom: clockText(quiet?.from ?? 21 * 60),
    quietTo: clockText(quiet?.to ?? 7 * 60),
    remindUntil: localTime(until, timezone).slice(0, 16).replace(" ", "T"),
    ...(second && { remindSecond: "on" }),
    ...(tell && { remindTell: "on" }),
  };
}

export function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

function silenceOf({ confirmation, poll }: FollowUpForm["asks"]): Silence {
  if (!poll) return "unread";
  return confirmation ? "either" : "unanswered";
}

function readQuiet(fields: FormFields, w: Words): FollowUpPlan["quiet"] {
  const [from, to] = [readClock(fields, "quietFrom", w), readClock(fields, "quietTo", w)];
  return from === undefined || to === undefined ? undefined : { from, to };
}

function readClock(fields: FormFields, name: string, w: Words): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(fields.line(name).normalize("NFKC")) ?? [];
  const at = Number(hour) * 60 + Number(minute);
  if (Number(hour) < 24 && Number(minute) < 60) return at;
  fields.fault(name, w.followUp.clockWrong);
  return undefined;
}
