/** Times as an operator reads and writes them: in a list's zone for people, ISO 8601 UTC for programs. */
import { ZoneClock } from "../lists/zone-clock.ts";

/** For `--json`; null where there is no time. */
export function isoTime(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

/** `2026-04-08 08:00:00` in the zone; empty where there is no time. */
export function localTime(ms: number | undefined, timezone: string): string {
  if (ms === undefined) return "";
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "medium" });
  return format.format(ms);
}

export type ReadTime = { readonly at: number; readonly isWholeDay: boolean };

/**
 * Reads `2026-04-08` (the beginning of that day), `2026-04-08T08:00`, or either with seconds and an offset. Without an offset it is
 * the zone's time. Undefined for anything else, the 30th of February too.
 */
export function readTime(text: string, timezone: string): ReadTime | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(text);
  if (match === null) return undefined;
  const [, day = "", clock = "00:00", offset] = match;
  const asIfUtc = Date.parse(`${day}T${clock}Z`);
  if (Number.isNaN(asIfUtc) || new Date(asIfUtc).toISOString().slice(0, 10) !== day) return undefined;
  const at =
    offset === undefined
      ? new ZoneClock(timezone).momentOf(asIfUtc)
      : Date.parse(`${day}T${clock}${offset.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, "$1:$2")}`);
  return Number.isNaN(at) ? undefined : { at, isWholeDay: match[2] === undefined };
}

/** What tells a moment's minute of the day in a zone, from 0 at midnight. */
export function minuteOfDay(timezone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: timezone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (ms) => {
    const [hour = 0, minute = 0] = format.format(ms).split(":").map(Number);
    return hour * 60 + minute;
  };
}

/** The beginning of the day after the one that begins at `dayStart`; days have 23 to 25 hours. */
export function nextDay(dayStart: number, timezone: string): number {
  const day = localTime(dayStart + 26 * 3_600_000, timezone).slice(0, 10);
  return readTime(day, timezone)?.at ?? dayStart;
}
