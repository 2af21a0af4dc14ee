/**
 * Members whose address has nobody are stopped: not by one failure, which a server's bad day can make, but when it failed on three
 * days. A month without one makes all forgotten, and a change of what a copy shows, such as a new address, begins anew.
 */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Kind, Write } from "./database.ts";
import { rowsOf } from "./rows.ts";
import { setStatuses } from "./save-members.ts";

/** Days with a failure that stop a member. */
export const bounceDaysToStop = 3;
/** Failures closer together are of one day: a calendar's midnight would make two days of one morning in half of the world. */
const dayMs = 20 * 3_600_000;
const quietMs = 30 * 86_400_000;

export type FailedCopy = {
  /** Of a delivery that a genuine report, or the next server's answer, said has nobody at its address; its reply is written already. */
  readonly delivery: number;
  readonly at: number;
};

/** Counts them against the members who get mail at those very addresses, and stops whose measure is full. */
export async function countBounces(write: Write, kind: Kind, failed: readonly FailedCopy[]): Promise<void> {
  if (failed.length === 0) return;
  const at = Math.max(...failed.map((copy) => copy.at));
  const copies = rowsOf(kind, { alias: "n", columns: { delivery: "int", at: "int" } }, failed);
  const { rows } = await sql<{ id: number; bounce_days: number }>`
    UPDATE membership SET bounce_words = d.reply, bounced_on = n.at, bounce_days = CASE
        WHEN m.bounced_on IS NULL OR n.at - m.bounced_on > ${ms(kind, quietMs)} OR current.created_at > m.bounced_on THEN 1
        ELSE m.bounce_days + 1 END
    FROM ${copies} JOIN delivery AS d ON d.id = n.delivery
      JOIN membership_version AS v ON v.id = d.version_id
      JOIN membership AS m ON m.id = v.membership_id
      JOIN membership_version AS current ON current.id = m.version_id
    WHERE membership.id = m.id AND m.status = 'active' AND lower(v.address) = lower(current.address)
      AND (m.bounced_on IS NULL OR n.at - m.bounced_on >= ${ms(kind, dayMs)})
    RETURNING membership.id, membership.bounce_days`.execute(write);
  const full = rows.filter((row) => row.bounce_days >= bounceDaysToStop);
  const stopped = full.map(({ id }) => ({ membership: id, status: "bounced" as const }));
  await setStatuses(write, { kind, now: at, rows: stopped });
}

function ms(kind: Kind, value: number): RawBuilder<number> {
  return kind === "postgres" ? sql`${value}::bigint` : sql`${value}`;
}
