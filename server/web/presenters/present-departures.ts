/** Who left, as the list's page shows it: by day in the list's time zone, this week apart from what was before. */
import type { Departure } from "../../store/members/departures.ts";
import type { Dates } from "../../words/dates.ts";
import type { Words } from "../../words/en.ts";

export type ShownDeparture = {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  readonly time: string;
  readonly iso: string;
  readonly by: string;
  readonly isOwn: boolean;
};

export type DepartureDay = { readonly day: string; readonly people: readonly ShownDeparture[] };
export type DepartureDays = { readonly thisWeek: readonly DepartureDay[]; readonly before: readonly DepartureDay[] };

/** In the order in which they come. */
export function presentDepartures(
  departures: readonly Departure[],
  { dates, words: { leaving: w }, now }: { readonly dates: Dates; readonly words: Words; readonly now: number },
): DepartureDays {
  const monday = mondayOf(dayKey(dates, now));
  const days = [...Map.groupBy(departures, ({ leftAt }) => dayKey(dates, leftAt))].map(([key, all]) => ({
    key,
    day: dates.date(all[0]?.leftAt ?? 0),
    people: all.map(({ membershipId, name, address, leftAt, endedBy }) => ({
      id: membershipId,
      name,
      address,
      time: dates.time(leftAt),
      iso: new Date(leftAt).toISOString(),
      by: endedBy === "member" ? w.byMember : w.byAdministrator,
      isOwn: endedBy === "member",
    })),
  }));
  return { thisWeek: days.filter(({ key }) => key >= monday), before: days.filter(({ key }) => key < monday) };
}

/** Such as 2026-04-08. */
function dayKey(dates: Dates, ms: number): string {
  return dates.sortable(ms).slice(0, 10);
}

/** Of the week that the day lies in (ISO 8601). */
function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
