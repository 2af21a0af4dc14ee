/** The days on which something happens by the calendar: every Tuesday, on the 25th, on the last weekday of the month. */

export type CalendarDays =
  /** Days of the week, from 0 for Sunday. */
  | { readonly kind: "weekly"; readonly days: readonly number[] }
  /** Day of the month; in a shorter month its last. */
  | { readonly kind: "monthly"; readonly day: number }
  /** The last day of the month, or the last that is from Monday to Friday. */
  | { readonly kind: "lastDay" }
  | { readonly kind: "lastWeekday" }
  /** Such as the second Tuesday; -1: the last. A fifth is not in every month. */
  | { readonly kind: "ordinal"; readonly nth: number; readonly day: number };

export type CalendarEnd =
  | { readonly kind: "never" }
  /** That day included. */
  | { readonly kind: "until"; readonly date: string }
  | { readonly kind: "times"; readonly times: number };

export type CalendarRule = { readonly on: CalendarDays; readonly start: string; readonly end: CalendarEnd };

const dayMs = 86_400_000;
/** Whoever asks for a day on which no month has one is answered all the same. */
const mostMonths = 12_000;

/** `2026-04-08`, in order; none before the day of `from` (milliseconds of UTC). */
export function* datesOf({ on, start, end }: CalendarRule, from: number): Generator<string> {
  const first = Date.parse(start);
  const since = Math.max(first, Math.floor(from / dayMs) * dayMs);
  // How often it was is known only by going there from the start.
  let month = monthOf(end.kind === "times" ? first : since);
  let count = 0;
  for (let months = 0; months < mostMonths; months++, month = following(month)) {
    for (const day of daysOf(on, month)) {
      if (day < first) continue;
      if (isOver(end, day, count)) return;
      count++;
      if (day >= since) yield new Date(day).toISOString().slice(0, 10);
    }
  }
}

function isOver(end: CalendarEnd, day: number, count: number): boolean {
  if (end.kind === "until") return day > Date.parse(end.date);
  return end.kind === "times" && count >= end.times;
}

/** Of the month that begins at `month`. */
function daysOf(on: CalendarDays, month: number): readonly number[] {
  const length = (following(month) - month) / dayMs;
  const last = month + (length - 1) * dayMs;
  if (on.kind === "monthly") return [month + (Math.min(on.day, length) - 1) * dayMs];
  if (on.kind === "lastDay") return [last];
  const all = Array.from({ length }, (_, index) => month + index * dayMs);
  if (on.kind === "weekly") return all.filter((day) => on.days.includes(weekdayOf(day)));
  if (on.kind === "lastWeekday") return all.filter((day) => weekdayOf(day) % 6 !== 0).slice(-1);
  const such = all.filter((day) => weekdayOf(day) === on.day);
  const chosen = such.at(on.nth < 0 ? on.nth : on.nth - 1);
  return chosen === undefined ? [] : [chosen];
}

function weekdayOf(day: number): number {
  return new Date(day).getUTCDay();
}

function monthOf(day: number): number {
  const date = new Date(day);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

function following(month: number): number {
  const date = new Date(month);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
