/** A draft becomes posts, once; and within the cool-off it becomes a draft again, as if nothing had been sent. */
import type { Database, Write } from "../database/database.ts";

/** Within the transaction that makes the posts: false when somebody has changed or sent it since `edition`. */
export async function takeDraft(
  write: Write,
  { id, edition }: { readonly id: number; readonly edition: number },
  now: number,
): Promise<boolean> {
  const taken = await write
    .updateTable("composition")
    .set({ kind: "sent", edition: edition + 1, changed_at: now })
    .where("id", "=", id)
    .where("edition", "=", edition)
    .where("kind", "=", "draft")
    .returning("id")
    .executeTakeFirst();
  return taken !== undefined;
}

/** The posts that a composition was last sent as, one a list; none while it is a draft. */
export async function postsOf(database: Database, compositionId: number): Promise<readonly number[]> {
  const rows = await database.reader
    .selectFrom("post")
    .select(["id", "message_id"])
    .where("composition_id", "=", compositionId)
    .orderBy("id", "desc")
    .limit(500)
    .execute();
  return rows
    .filter((row) => row.message_id === rows[0]?.message_id)
    .map(({ id }) => id)
    .reverse();
}

/**
 * Of none of its posts has a recipient been written down: all are stopped before their first, and it is a draft again. False, and
 * nothing is changed, once one of them has begun: distribution begins a post within a transaction of its own, and either that or
 * this comes first.
 */
export async function callBack(database: Database, compositionId: number, now: number): Promise<boolean> {
  return database.write(async (write) => {
    let query = write
      .selectFrom("post")
      .select(["id", "expanded_at", "rank_base", "stopped_at", "message_id"])
      .where("composition_id", "=", compositionId)
      .where("origin", "=", "panel")
      .where("disposition", "=", "accepted")
      .orderBy("id");
    if (database.kind === "postgres") query = query.forUpdate();
    const rows = await query.execute();
    const last = rows.at(-1)?.message_id;
    const posts = rows.filter((row) => row.message_id === last && row.stopped_at === null);
    if (posts.length === 0 || posts.some((row) => row.expanded_at !== null || row.rank_base !== null)) return false;
    const draft = await write
      .updateTable("composition")
      .set((each) => ({ kind: "draft", edition: each("edition", "+", 1), changed_at: now }))
      .where("id", "=", compositionId)
      .where("kind", "=", "sent")
      .returning("id")
      .executeTakeFirst();
    if (draft === undefined) return false;
    await write
      .updateTable("post")
      .set({ stopped_at: now, expanded_at: now })
      .where(
        "id",
        "in",
        posts.map(({ id }) => id),
      )
      .execute();
    return true;
  });
}
