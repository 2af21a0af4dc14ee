/** The form in which times are chosen: read into a rule, with a word at each field that is wrong, and filled from one. */
import type { CalendarDays, CalendarEnd } from "../lists/calendar-dates.ts";
import { intervalOf, leastIntervalMs, momentOf, mostTimes, nextAfter } from "../lists/schedule.ts";
import type { ScheduleRule } from "../lists/schedule.ts";
import { readClockTime, readDate, timeOn } from "../lists/written-time.ts";
import { ZoneClock } from "../lists/zone-clock.ts";
import type { Words } from "../words/en.ts";
import type { FormFields } from "./form-fields.ts";
import { readTimezone } from "./timezone.ts";

export const ruleKinds = ["once", "period", "calendar"] as const;
export const repeats = ["weekly", "weekdays", "monthly", "lastDay", "lastWeekday", "ordinal"] as const;
export const nths = ["1", "2", "3", "4", "-1"] as const;
export const ends = ["never", "until", "times"] as const;
const workdays = [1, 2, 3, 4, 5];
const farthestMs = 3660 * 86_400_000;

export type TimesForm = {
  readonly words: Words;
  /** Where the field is left empty. */
  readonly zone: string;
  readonly now: number;
  /** Nothing is sent up to then: of what is changed, the last time of which something became. */
  readonly after: number;
  /** Of what is changed: what began already may stay so. */
  readonly before?: ScheduleRule | undefined;
};

export type ReadTimes = { readonly rule: ScheduleRule; readonly zone: string };

/** Undefined where a field is wrong. */
export function readTimesForm(fields: FormFields, form: TimesForm): ReadTimes | undefined {
  const zone = readTimezone(fields, form.words) ?? form.zone;
  const kind = fields.isGood ? fields.choice("kind", ruleKinds) : undefined;
  if (kind === undefined) return undefined;
  const reader = new RuleReader(fields, form, new ZoneClock(zone));
  const read = { once: () => reader.once(), period: () => reader.period(), calendar: () => reader.calendar() };
  const rule = read[kind]();
  return rule === undefined || hasFault(fields) ? undefined : { rule, zone };
}

/** Asked again after more was read. */
function hasFault({ isGood }: FormFields): boolean {
  return !isGood;
}

class RuleReader {
  readonly #fields: FormFields;
  readonly #form: TimesForm;
  readonly #clock: ZoneClock;

  constructor(fields: FormFields, form: TimesForm, clock: ZoneClock) {
    this.#fields = fields;
    this.#form = form;
    this.#clock = clock;
  }

  once(): ScheduleRule | undefined {
    const [date, seconds] = [this.#date("onceDate"), this.#time("onceTime", this.#seconds())];
    if (date === undefined || seconds === undefined) return undefined;
    const at = timeOn(date, seconds);
    if (momentOf(at, this.#clock) <= this.#form.now) this.#past(date, "once");
    return { kind: "once", at };
  }

  period(): ScheduleRule | undefined {
    const w = this.#words;
    const times = this.#number("times", { most: mostTimes, wrong: w.timesWrong(mostTimes) });
    const from = this.#moment("from");
    // Once is at the beginning, whatever the end.
    const to = times === 1 ? from : this.#moment("to");
    if (times === undefined || from === undefined || to === undefined) return undefined;
    const rule = { kind: "period" as const, from, to, times };
    if (times > 1) this.#length(rule);
    const { before, now, after } = this.#form;
    const isBegun = before?.kind === "period" && before.from === from;
    if (!isBegun && momentOf(from, this.#clock) <= now) this.#past(from.slice(0, 10), "from");
    else if (this.#fields.isGood && nextAfter(rule, this.#clock, after) === undefined)
      this.#fields.fault("toTime", w.past);
    return rule;
  }

  #moment(name: "from" | "to"): string | undefined {
    const [date, seconds] = [this.#date(`${name}Date`), this.#time(`${name}Time`)];
    return date === undefined || seconds === undefined ? undefined : timeOn(date, seconds);
  }

  #length(rule: Extract<ScheduleRule, { kind: "period" }>): void {
    const length = momentOf(rule.to, this.#clock) - momentOf(rule.from, this.#clock);
    if (length <= 0) this.#fields.fault("toTime", this.#words.endBefore);
    else if (intervalOf(rule, this.#clock) < leastIntervalMs)
      this.#fields.fault("times", this.#words.tooClose(Math.floor(length / leastIntervalMs) + 1));
  }

  /** Begins on the day on which it is first sent: that is the first of so many times. */
  calendar(): ScheduleRule | undefined {
    const seconds = this.#time("time", this.#seconds());
    const [on, start, end] = [this.#days(), this.#date("start"), this.#end()];
    if (seconds === undefined || seconds === 86_400) this.#fields.fault("time", this.#words.timeWrong);
    if (seconds === undefined || on === undefined || start === undefined || end === undefined) return undefined;
    if (!this.#fields.isGood) return undefined;
    const rule = { kind: "calendar" as const, on, time: timeOn(start, seconds).slice(11), start };
    const first = nextAfter({ ...rule, end: { kind: "never" } }, this.#clock, this.#form.after);
    const begins = new Date(this.#clock.timeAt(first ?? 0)).toISOString().slice(0, 10);
    const whole: ScheduleRule = { ...rule, start: begins > start ? begins : start, end };
    if (first === undefined || nextAfter(whole, this.#clock, this.#form.after) === undefined)
      this.#fields.fault("untilDate", this.#words.noneThere);
    return whole;
  }

  #days(): CalendarDays | undefined {
    const w = this.#words;
    const repeat = this.#fields.choice("repeat", repeats);
    if (repeat === "lastDay" || repeat === "lastWeekday") return { kind: repeat };
    if (repeat === "weekdays") return { kind: "weekly", days: workdays };
    if (repeat === "monthly") {
      const day = this.#number("monthDay", { most: 31, wrong: w.monthDayWrong });
      return day === undefined ? undefined : { kind: "monthly", day };
    }
    if (repeat === "ordinal") {
      const [nth, day] = [this.#fields.choice("nth", nths), this.#fields.choice("nthDay", weekdays)];
      return nth === undefined || day === undefined
        ? undefined
        : { kind: "ordinal", nth: Number(nth), day: Number(day) };
    }
    const days = weekdays.filter((day) => this.#fields.isChecked(`day${day}`)).map(Number);
    if (days.length === 0) this.#fields.fault("days", w.daysMissing);
    return { kind: "weekly", days };
  }

  #end(): CalendarEnd | undefined {
    const end = this.#fields.choice("end", ends);
    if (end === "until") {
      const date = this.#date("untilDate");
      return date === undefined ? undefined : { kind: "until", date };
    }
    if (end !== "times") return end && { kind: end };
    const times = this.#number("endTimes", { most: mostTimes, wrong: this.#words.timesWrong(mostTimes) });
    return times === undefined ? undefined : { kind: "times", times };
  }

  #date(name: string): string | undefined {
    const date = readDate(this.#fields.line(name, { required: true }));
    if (date === undefined) this.#fields.fault(name, this.#words.dateWrong);
    else if (Date.parse(date) > this.#form.now + farthestMs) this.#fields.fault(name, this.#words.tooFar);
    return date;
  }

  /** `seconds`: of a field of their own, since browsers' fields of times have none. */
  #time(name: string, seconds = 0): number | undefined {
    const time = readClockTime(this.#fields.line(name, { required: true }));
    if (time === undefined || time + seconds > 86_400) this.#fields.fault(name, this.#words.timeWrong);
    return time === undefined ? undefined : time - (seconds > 0 ? time % 60 : 0) + seconds;
  }

  #seconds(): number {
    const text = this.#fields.line("seconds").normalize("NFKC");
    if (/^[0-5]?\d?$/.test(text)) return Number(text);
    this.#fields.fault("seconds", this.#words.secondsWrong);
    return 0;
  }

  /** Of 1 and more. */
  #number(name: string, { most, wrong }: { readonly most: number; readonly wrong: string }): number | undefined {
    const text = this.#fields.line(name, { required: true }).normalize("NFKC");
    const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (number >= 1 && number <= most) return number;
    this.#fields.fault(name, wrong);
    return undefined;
  }

  /** At the day, or, where it is today, at the time. */
  #past(date: string, field: "once" | "from"): void {
    const today = new Date(this.#clock.timeAt(this.#form.now)).toISOString().slice(0, 10);
    this.#fields.fault(date < today ? `${field}Date` : `${field}Time`, this.#words.past);
  }

  get #words(): Words["schedules"] {
    return this.#form.words.schedules;
  }
}

const weekdays = ["0", "1", "2", "3", "4", "5", "6"] as const;
