/** In words when something is sent that is reserved: "every Tuesday at 8:00, 10 times". */
import type { CalendarDays } from "../lists/calendar-dates.ts";
import { intervalOf, momentOf } from "../lists/schedule.ts";
import type { ScheduleRule } from "../lists/schedule.ts";
import { ZoneClock } from "../lists/zone-clock.ts";
import { datesIn } from "./dates.ts";
import type { Language } from "../lists/mailing-list.ts";
import type { Words } from "./en.ts";

export type RuleInWords = { readonly rule: ScheduleRule; readonly zone: string };

export function describeRule({ rule, zone }: RuleInWords, words: Words, language: Language): string {
  const clock = new ZoneClock(zone);
  const w = words.schedules.rule;
  const at = (time: string): string => momentText(momentOf(time, clock), zone, language);
  if (rule.kind === "once") return at(rule.at);
  if (rule.kind === "period") {
    const apart = rule.times === 1 ? 0 : intervalOf(rule, clock);
    return w.period({ from: at(rule.from), to: at(rule.to), count: rule.times, apart });
  }
  const [hour = "", minute = "", second = ""] = rule.time.split(":");
  const time = `${Number(hour)}:${minute}${second === "00" ? "" : `:${second}`}`;
  const said = w.at(describeDays(rule.on, w), time);
  if (rule.end.kind === "until") {
    // Noon: a day has one in every zone.
    const date = datesIn(language, zone).date(momentOf(`${rule.end.date}T12:00:00`, clock));
    return w.until(said, date);
  }
  return rule.end.kind === "times" ? w.times(said, rule.end.times) : said;
}

/** With seconds only where there are any. */
export function momentText(at: number, zone: string, language: Language): string {
  const dates = datesIn(language, zone);
  return Math.floor(at / 1000) % 60 === 0 ? dates.dateTime(at) : dates.exact(at);
}

function describeDays(on: CalendarDays, w: Words["schedules"]["rule"]): string {
  if (on.kind === "weekly") return on.days.join("") === "12345" ? w.weekdays : w.weekly(on.days);
  if (on.kind === "monthly") return w.monthly(on.day);
  return on.kind === "ordinal" ? w.ordinal(on.nth, on.day) : w[on.kind];
}
