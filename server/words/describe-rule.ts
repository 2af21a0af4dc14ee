/** In words when something is sent that is reserved: "every Tuesday at 8:00, 10 times". */
import type { CalendarDays } from "../lists/calendar-dates.ts";
import { intervalOf, momentOf } from "../lists/schedule.ts";
import type { ScheduleRule } from "../lists/schedule.ts";
import { ZoneClock } from "../lists/zone-clock.ts";
import { datesIn } from "./dates.ts";
import type { Dates } from "./dates.ts";
import type { Language } from "../lists/mailing-list.ts";
import type { Words } from "./en.ts";

export type RuleInWords = { readonly rule: ScheduleRule; readonly zone: string };

/** Made once a page: the formatters of a zone are dear to make and cheap to use. */
export class RuleWords {
  readonly #words: Words;
  readonly #language: Language;
  readonly #zones = new Map<string, { readonly clock: ZoneClock; readonly dates: Dates }>();

  constructor({ words, language }: { readonly words: Words; readonly language: Language }) {
    this.#words = words;
    this.#language = language;
  }

  rule({ rule, zone }: RuleInWords): string {
    const { clock, dates } = this.#zone(zone);
    const w = this.#words.schedules.rule;
    const at = (time: string): string => this.moment(momentOf(time, clock), zone);
    if (rule.kind === "once") return at(rule.at);
    if (rule.kind === "period") {
      const apart = rule.times === 1 ? 0 : intervalOf(rule, clock);
      return w.period({ from: at(rule.from), to: at(rule.to), count: rule.times, apart });
    }
    const [hour = "", minute = "", second = ""] = rule.time.split(":");
    const time = `${Number(hour)}:${minute}${second === "00" ? "" : `:${second}`}`;
    const said = w.at(describeDays(rule.on, w), time);
    // Noon: a day has one in every zone.
    if (rule.end.kind === "until") return w.until(said, dates.date(momentOf(`${rule.end.date}T12:00:00`, clock)));
    return rule.end.kind === "times" ? w.times(said, rule.end.times) : said;
  }

  /** With seconds only where there are any. */
  moment(at: number, zone: string): string {
    const { dates } = this.#zone(zone);
    return Math.floor(at / 1000) % 60 === 0 ? dates.dateTime(at) : dates.exact(at);
  }

  #zone(zone: string): { readonly clock: ZoneClock; readonly dates: Dates } {
    const known = this.#zones.get(zone) ?? { clock: new ZoneClock(zone), dates: datesIn(this.#language, zone) };
    this.#zones.set(zone, known);
    return known;
  }
}

function describeDays(on: CalendarDays, w: Words["schedules"]["rule"]): string {
  if (on.kind === "weekly") return on.days.join("") === "12345" ? w.weekdays : w.weekly(on.days);
  if (on.kind === "monthly") return w.monthly(on.day);
  return on.kind === "ordinal" ? w.ordinal(on.nth, on.day) : w[on.kind];
}
