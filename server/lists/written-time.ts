/** Days and times of the clock as people type them, with whatever keyboard. */

/** `2026-04-08`; undefined where no calendar has it. Also with slashes, or as 2026年4月8日. */
export function readDate(text: string): string | undefined {
  const [, year = "", month = "", day = ""] =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/u.exec(text.normalize("NFKC").trim()) ?? [];
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const read = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date) ? date : undefined;
}

/** Seconds since midnight, at most 24:00; undefined for what is no time. 8:00, 8:00:30, 0800, 8時, 8時30分. */
export function readClockTime(text: string): number | undefined {
  const plain = text.normalize("NFKC").trim();
  const [, hour, minute = "0", second = "0"] =
    /^(\d{1,2})[:.時](\d{2})?(?:[:.分](\d{2})?秒?)?$/u.exec(plain) ?? /^(\d{2})(\d{2})$/.exec(plain) ?? [];
  if (hour === undefined || Number(minute) > 59 || Number(second) > 59) return undefined;
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return seconds <= 86_400 ? seconds : undefined;
}

/** `2026-04-08T08:00:00`; 24:00 is the beginning of the next day. */
export function timeOn(date: string, seconds: number): string {
  return new Date(Date.parse(date) + seconds * 1000).toISOString().slice(0, 19);
}
