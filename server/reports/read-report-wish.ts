/** What a command `report` asks for: a post by its number, or the posts of a day or period in the list's time zone. */
import { localTime, nextDay, readTime } from "../words/zone-time.ts";

export type ReportWish =
  | { readonly kind: "post"; readonly number: number }
  | { readonly kind: "period"; readonly since: number; readonly until: number };

const day = String.raw`(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?`;
const clock = String.raw`(\d{1,2})(?::|時)(\d{2})?分?`;
const to = String.raw`\s*(?:\.\.+|…|~|〜|–|から|-)\s*`;
const post = /^(?:no\.?|nr\.?|#|第|番号)?\s*(\d{1,9})\s*(?:番|号)?(?:の.*)?$/i;
const period = new RegExp(`^${day}(?:\\s*${clock})?(?:${to}(?:${day})?(?:\\s*${clock})?(?:まで)?)?$`);

/** A month and a day that no year stands before; 1/12 is another day in London than in Chicago. */
const shortDay = /(?<![\d年.\-/])(\d{1,2})月(\d{1,2})日?/g;

/** Undefined: it names nothing, or a day that does not exist. `text`: what follows the word, in any width. */
export function readReportWish(
  text: string,
  { timezone, now }: { readonly timezone: string; readonly now: number },
): ReportWish | undefined {
  const plain = withYears(text.normalize("NFKC").replace(/\s+/g, " ").trim(), { timezone, now });
  const [, number] = post.exec(plain) ?? [];
  if (number !== undefined) return { kind: "post", number: Number(number) };
  const match = period.exec(plain);
  if (match === null) return undefined;
  const [, year, month, date, hour, minute, endYear, endMonth, endDate, endHour, endMinute] = match;
  const first = [year, month, date] as const;
  const since = moment(first, [hour, minute], timezone);
  const last = endYear === undefined ? first : ([endYear, endMonth, endDate] as const);
  // A day without an hour is the whole day.
  const isWhole = endHour === undefined && (endYear !== undefined || hour === undefined);
  const end = endHour === undefined && !isWhole ? undefined : moment(last, [endHour, endMinute], timezone);
  const until = isWhole
    ? end && nextDay(end, timezone)
    : (end ?? (since === undefined ? undefined : since + 3_600_000));
  return since === undefined || until === undefined || until <= since ? undefined : { kind: "period", since, until };
}

/** Today and yesterday by their dates, and days without a year as the last such day. */
function withYears(plain: string, { timezone, now }: { readonly timezone: string; readonly now: number }): string {
  const today = localTime(now, timezone).slice(0, 10);
  // Not 24 hours ago: days have 23 to 25.
  const yesterday = localTime((readTime(today, timezone)?.at ?? now) - 1, timezone).slice(0, 10);
  return plain
    .replace(/今日|本日|きょう|\btoday\b/gi, today)
    .replace(/昨日|きのう|\byesterday\b/gi, yesterday)
    .replace(shortDay, (_, month: string, date: string) => {
      const [year, rest] = [Number(today.slice(0, 4)), `${month.padStart(2, "0")}-${date.padStart(2, "0")}`];
      return `${rest > today.slice(5) ? year - 1 : year}-${rest}`;
    });
}

type Texts<Count extends number> = readonly (string | undefined)[] & { readonly length: Count };

function moment(
  [year, month, date]: Texts<3>,
  [hour = "0", minute = "00"]: Texts<2>,
  timezone: string,
): number | undefined {
  const two = (text = ""): string => text.padStart(2, "0");
  const dayText = `${year ?? ""}-${two(month)}-${two(date)}`;
  if (Number(hour) === 24 && Number(minute) === 0) {
    const start = readTime(dayText, timezone)?.at;
    return start === undefined ? undefined : nextDay(start, timezone);
  }
  return readTime(`${dayText}T${two(hour)}:${minute}`, timezone)?.at;
}
