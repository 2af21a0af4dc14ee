/**
 * What was still to leave when the backup was made has most likely left since, and nobody knows how far it came. So by default a
 * restored server sends none of it: its posts are stopped, and what had not left by then is cancelled, with its own reason.
 */
import { sql } from "kysely";
import type { Database, Write } from "../database/database.ts";

export type HeldBack = { readonly posts: number; readonly copies: number };

/** A post whose time is still to come is left alone: none of it can have left. Nobody else works on the database. */
export async function holdBack(database: Database, now: number): Promise<HeldBack> {
  return database.write(async (write) => {
    const posts = await sql`UPDATE post SET stopped_at = ${now}
      WHERE disposition = 'accepted' AND stopped_at IS NULL AND starts_at <= ${now} AND (expanded_at IS NULL OR EXISTS (
        SELECT 1 FROM tally WHERE tally.post_id = post.id AND tally.state IN ('pending', 'sending', 'deferred') AND tally.count > 0))`.execute(
      write,
    );
    const copies = await sql`UPDATE delivery SET state = 'cancelled', reason = 'restored'
      WHERE state IN ('pending', 'sending', 'deferred')`.execute(write);
    await recount(write);
    // What is due at the next start was perhaps sent: the times of schedules before now are let go.
    await write.updateTable("schedule").set({ not_before: now }).where("state", "=", "active").execute();
    return { posts: Number(posts.numAffectedRows ?? 0n), copies: Number(copies.numAffectedRows ?? 0n) };
  });
}

/** All copies that waited are cancelled now, notices too, which count nowhere. */
async function recount(write: Write): Promise<void> {
  await sql`INSERT INTO tally (post_id, state, count)
    SELECT post_id, 'cancelled', sum(count) FROM tally WHERE state IN ('pending', 'sending', 'deferred') GROUP BY post_id
    HAVING sum(count) > 0
    ON CONFLICT (post_id, state) DO UPDATE SET count = tally.count + excluded.count`.execute(write);
  await sql`DELETE FROM tally WHERE state IN ('pending', 'sending', 'deferred')`.execute(write);
}
