/** Moments as people write them, in a list's time zone: 2026年4月8日(水) 8:00 and Wed 8 Apr 2026, 8:00. */
import type { Language } from "../lists/mailing-list.ts";

export interface Dates {
  /** Day and time. */
  dateTime(ms: number): string;
  /** Day alone. */
  date(ms: number): string;
  /** Time alone. */
  time(ms: number): string;
  /** With seconds, for the account of a single copy. */
  exact(ms: number): string;
  /** As spreadsheets sort and know it: 2026-04-08 08:00:00. */
  sortable(ms: number): string;
}

type Parts = Readonly<Partial<Record<Intl.DateTimeFormatPartTypes, string>>>;

const secondsKept = 100;

const locales: Readonly<Record<Language, string>> = { en: "en-GB", ja: "ja-JP" };

/** An Intl formatter is dear to make (half a millisecond) and cheap to use: each is made when a page first names a time. */
export function datesIn(language: Language, timezone: string): Dates {
  const format = once(
    () =>
      new Intl.DateTimeFormat(locales[language], {
        timeZone: timezone,
        calendar: "gregory",
        numberingSystem: "latn",
        hourCycle: "h23",
        weekday: "short",
        year: "numeric",
        month: language === "ja" ? "numeric" : "short",
        day: "numeric",
        hour: "numeric",
        minute: "2-digit",
        second: "2-digit",
      }),
  );
  // Swedish writes moments as ISO 8601 does.
  const sortable = once(
    () => new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "medium" }),
  );
  const read = remembered((second) => {
    const parts = format().formatToParts(second * 1000);
    return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  });
  const day = language === "ja" ? japaneseDay : englishDay;
  const comma = language === "ja" ? " " : ", ";
  return {
    dateTime: (ms) => `${day(read(ms))}${comma}${time(read(ms))}`,
    date: (ms) => day(read(ms)),
    time: (ms) => time(read(ms)),
    sortable: (ms) => sortable().format(ms).replace(",", ""),
    exact: (ms) => `${day(read(ms))}${comma}${time(read(ms))}:${read(ms).second ?? ""}`,
  };
}

function englishDay({ weekday, day, month, year }: Parts): string {
  // September is "Sept" in newer British data; three letters keep columns even.
  return `${weekday ?? ""} ${day ?? ""} ${month?.slice(0, 3) ?? ""} ${year ?? ""}`;
}

function japaneseDay({ weekday, day, month, year }: Parts): string {
  return `${year ?? ""}年${month ?? ""}月${day ?? ""}日(${weekday ?? ""})`;
}

function time({ hour, minute }: Parts): string {
  return `${Number(hour)}:${minute ?? ""}`;
}

/** The last seconds that were asked for: a page names the same ones again and again, and so does the next. */
function remembered(read: (second: number) => Parts): (ms: number) => Parts {
  const known = new Map<number, Parts>();
  return (ms) => {
    const second = Math.floor(ms / 1000);
    const parts = known.get(second) ?? read(second);
    if (known.size >= secondsKept) known.clear();
    known.set(second, parts);
    return parts;
  };
}

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}
