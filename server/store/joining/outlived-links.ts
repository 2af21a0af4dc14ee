/** Links of members that nobody pressed: told as outlived for a month, then forgotten. What was settled stays, as an account of what was done. */
import { sql } from "kysely";
import type { Database } from "../database/database.ts";

const toldMs = 30 * 86_400_000;
/** Rows a transaction. */
const atOnce = 500;

export async function sweepLinks(database: Database, now: number): Promise<void> {
  for (let swept = 1n; swept > 0n;) {
    const result = await database.write((write) =>
      sql`DELETE FROM request WHERE id IN (SELECT id FROM request WHERE done_at IS NULL AND expires_at <= ${now - toldMs}
        AND kind <> 'join' ORDER BY expires_at LIMIT ${atOnce})`.execute(write),
    );
    swept = result.numAffectedRows ?? 0n;
  }
}
