/**
 * Members whose address has nobody are stopped: not by one failure, which a server's bad day can make, but when it failed on three
 * days. A month without one makes all forgotten, and a change of what a copy shows, such as a new address, begins anew. A day on
 * which too many of a list failed counts for none of them.
 */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Kind, Write } from "../database/database.ts";
import { failureDayMs, isImplausible, noteFailures } from "./failure-days.ts";
import { rowsOf } from "../database/rows.ts";
import { setStatuses } from "./save-members.ts";

/** Days with a failure that stop a member. */
export const bounceDaysToStop = 3;
const quietMs = 30 * 86_400_000;

export type FailedCopy = {
  /** Of a delivery that a genuine report, or the next server's answer, said has nobody at its address; its reply is written already. */
  readonly delivery: number;
  readonly at: number;
};

/** Counts them against the members who get mail at those very addresses, and stops whose measure is full. */
export async function countBounces(write: Write, kind: Kind, failed: readonly FailedCopy[]): Promise<void> {
  if (failed.length === 0) return;
  const times = failed.map((copy) => copy.at);
  const at = Math.max(...times);
  const copies = rowsOf(kind, { alias: "n", columns: { delivery: "int", at: "int" } }, failed);
  const { rows } = await sql<Counted>`
    UPDATE membership SET bounce_words = d.reply, bounced_on = n.at, bounce_days = CASE
        WHEN m.bounced_on IS NULL OR n.at - m.bounced_on > ${ms(kind, quietMs)} OR current.created_at > m.bounced_on THEN 1
        WHEN ${isImplausible(sql`m.list_id`, sql`m.bounced_on`)} THEN m.bounce_days
        ELSE m.bounce_days + 1 END
    FROM ${copies} JOIN delivery AS d ON d.id = n.delivery
      JOIN membership_version AS v ON v.id = d.version_id
      JOIN membership AS m ON m.id = v.membership_id
      JOIN membership_version AS current ON current.id = m.version_id
    WHERE membership.id = m.id AND m.status = 'active' AND d.rcpt_to IS NULL AND lower(v.address) = lower(current.address)
      AND (m.bounced_on IS NULL OR n.at - m.bounced_on >= ${ms(kind, failureDayMs)})
    RETURNING membership.id, membership.list_id, membership.bounce_days, membership.bounce_words`.execute(write);
  const full = await withoutImplausible(write, rows, Math.min(...times));
  const stopped = full.map(({ id }) => ({ membership: id, status: "bounced" as const }));
  await setStatuses(write, { kind, now: at, rows: stopped });
}

type Counted = {
  readonly id: number;
  readonly list_id: number;
  readonly bounce_days: number;
  readonly bounce_words: string;
};

/** Those whose measure is full, but for lists of which too many fail today. */
async function withoutImplausible(write: Write, rows: readonly Counted[], at: number): Promise<readonly Counted[]> {
  const full: Counted[] = [];
  for (const [listId, own] of Map.groupBy(rows, (row) => row.list_id)) {
    const words = own.at(-1)?.bounce_words ?? "";
    const isTooMany = await noteFailures(write, { listId, count: own.length, words, at });
    if (!isTooMany) full.push(...own.filter((row) => row.bounce_days >= bounceDaysToStop));
  }
  return full;
}

function ms(kind: Kind, value: number): RawBuilder<number> {
  return kind === "postgres" ? sql`${value}::bigint` : sql`${value}`;
}
