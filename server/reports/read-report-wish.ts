/** What a command `report` asks for: a post by its number, or the posts of a day or period in the list's time zone. */
import { nextDay, readTime } from "../words/zone-time.ts";

export type ReportWish =
  | { readonly kind: "post"; readonly number: number }
  | { readonly kind: "period"; readonly since: number; readonly until: number };

const day = String.raw`(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?`;
const clock = String.raw`(\d{1,2})(?::|時)(\d{2})?分?`;
const to = String.raw`\s*(?:\.\.+|…|~|〜|–|から|-)\s*`;
const post = /^(?:no\.?|nr\.?|#|第|番号)?\s*(\d{1,9})\s*(?:番|号)?(?:の.*)?$/i;
const period = new RegExp(`^${day}(?:\\s*${clock})?(?:${to}(?:${day})?(?:\\s*${clock})?(?:まで)?)?$`);

/** Undefined: it names nothing, or a day that does not exist. `text`: what follows the word, in any width. */
export function readReportWish(text: string, timezone: string): ReportWish | undefined {
  const plain = text.normalize("NFKC").replace(/\s+/g, " ").trim();
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
