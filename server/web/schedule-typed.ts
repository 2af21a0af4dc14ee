/** The form in which times are chosen, as a rule would have filled it; and as it is before anything was chosen. */
import type { CalendarDays, CalendarEnd } from "../lists/calendar-dates.ts";
import type { ScheduleRule } from "../lists/schedule.ts";
import { ZoneClock } from "../lists/zone-clock.ts";

const dayMs = 86_400_000;

type Typed = Readonly<Record<string, string>>;

/** No day of the week is chosen: whoever ticks Tuesday would send on a second day that nobody has chosen. */
export function blankTimes(zone: string, now: number): Typed {
  const tomorrow = new ZoneClock(zone).timeAt(now) + dayMs;
  const date = new Date(tomorrow).toISOString().slice(0, 10);
  return {
    kind: "once",
    onceDate: date,
    onceTime: "08:00",
    fromDate: date,
    fromTime: "8:00",
    toDate: date,
    toTime: "20:00",
    times: "",
    repeat: "weekly",
    monthDay: date.slice(8).replace(/^0/, ""),
    nth: "1",
    nthDay: "1",
    time: "08:00",
    start: date,
    end: "never",
    untilDate: "",
    endTimes: "",
    seconds: "",
    timezone: zone,
  };
}

/** `remaining`: times that are still to come, of which the form speaks. */
export function typedTimes(
  {
    rule,
    zone,
    remaining,
  }: { readonly rule: ScheduleRule; readonly zone: string; readonly remaining: number | undefined },
  now: number,
): Typed {
  return { ...blankTimes(zone, now), kind: rule.kind, ...ofRule(rule, remaining) };
}

function ofRule(rule: ScheduleRule, remaining: number | undefined): Typed {
  if (rule.kind === "once")
    return { onceDate: rule.at.slice(0, 10), onceTime: rule.at.slice(11, 16), seconds: secondsOf(rule.at.slice(11)) };
  if (rule.kind === "period")
    return {
      fromDate: rule.from.slice(0, 10),
      fromTime: clockText(rule.from),
      toDate: rule.to.slice(0, 10),
      toTime: clockText(rule.to),
      times: String(rule.times),
    };
  return {
    ...ofDays(rule.on),
    ...ofEnd(rule.end, remaining),
    time: rule.time.slice(0, 5),
    seconds: secondsOf(rule.time),
    start: rule.start,
  };
}

function ofDays(on: CalendarDays): Typed {
  if (on.kind === "monthly") return { repeat: "monthly", monthDay: String(on.day) };
  if (on.kind === "ordinal") return { repeat: "ordinal", nth: String(on.nth), nthDay: String(on.day) };
  if (on.kind !== "weekly") return { repeat: on.kind };
  const isWorkdays = on.days.join("") === "12345";
  const days = Object.fromEntries(on.days.map((day) => [`day${day}`, "on"]));
  return { repeat: isWorkdays ? "weekdays" : "weekly", ...days };
}

function ofEnd(end: CalendarEnd, remaining: number | undefined): Typed {
  if (end.kind === "until") return { end: "until", untilDate: end.date };
  return end.kind === "times" ? { end: "times", endTimes: String(remaining ?? end.times) } : { end: "never" };
}

function secondsOf(time: string): string {
  return Number(time.slice(6)) === 0 ? "" : String(Number(time.slice(6)));
}

function clockText(time: string): string {
  return time.endsWith(":00") ? time.slice(11, 16) : time.slice(11);
}
