/** What `kairan doctor` says of the database, and of the clock by what stands in it. */
import { existsSync } from "node:fs";
import type { Store } from "../store/store.ts";
import { datesIn } from "../words/dates.ts";
import type { Call } from "./call.ts";
import { troubleOf } from "./doctor-finding.ts";
import type { Finding } from "./doctor-finding.ts";

/** Clocks of one machine differ by less. */
const minuteMs = 60_000;

export type LookedAt = { readonly findings: readonly Finding[]; readonly store: Store | undefined };

export async function checkDatabase(call: Call): Promise<LookedAt> {
  const config = call.config();
  const name = config.database.replace(/:\/\/.*@/, "://…@");
  // Opening it would make it.
  if (!name.includes("://") && !existsSync(name))
    return bad(`${name} is not there: npx kairan init makes it, and so does the first start`);
  try {
    const { store } = await call.open();
    const lists = await store.lists.summaries();
    const lastAt = Math.max(0, ...lists.map(({ lastPostAt }) => lastPostAt ?? 0));
    const found: Finding = {
      check: "database",
      state: "ok",
      says: `${name}: ${lists.length === 1 ? "one list" : `${lists.length} lists`}`,
    };
    return { store, findings: [found, clockFinding({ lastAt, now: call.now, timezone: config.timezone })] };
  } catch (error) {
    return bad(
      `${name} cannot be used: ${error instanceof Error && error.message !== "" ? error.message : troubleOf(error)}`,
    );
  }
}

function bad(says: string): LookedAt {
  return { store: undefined, findings: [{ check: "database", state: "fault", says }] };
}

/** Nothing that has happened can lie ahead. */
function clockFinding(of: { readonly lastAt: number; readonly now: number; readonly timezone: string }): Finding {
  const dates = datesIn("en", of.timezone);
  const now = `${dates.dateTime(of.now)} in ${of.timezone}`;
  if (of.lastAt <= of.now + minuteMs) return { check: "clock", state: "ok", says: now };
  const says = `${now}, but the last post came ${dates.dateTime(of.lastAt)}: set the clock, or let it be set (NTP)`;
  return { check: "clock", state: "fault", says };
}
