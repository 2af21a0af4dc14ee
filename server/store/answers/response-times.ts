/** How soon readers responded to a post, or to a list's last posts that asked. */
import { sql } from "kysely";
import { cumulated, slotOf } from "../../lists/response-time.ts";
import type { Database, Kind, Write } from "../database/database.ts";
import { rowsOf } from "../database/rows.ts";

export type ResponseKind = "confirmed" | "answered";
export type TimedResponse = {
  readonly postId: number;
  readonly kind: ResponseKind;
  /** When the post's sending began. */
  readonly startsAt: number;
  readonly at: number;
};

/** Posts of a list that are summed. */
const lastPosts = 50;

/** Within the transaction that writes the responses, which are first ones. */
export async function addResponseTimes(write: Write, kind: Kind, responses: readonly TimedResponse[]): Promise<void> {
  if (responses.length === 0) return;
  const sums = new Map<string, { post: number; kind: ResponseKind; slot: number; count: number }>();
  for (const { postId, kind: of, startsAt, at } of responses) {
    const slot = slotOf(at - startsAt);
    const key = `${postId} ${of} ${slot}`;
    sums.set(key, { post: postId, kind: of, slot, count: (sums.get(key)?.count ?? 0) + 1 });
  }
  const columns = { post: "int", kind: "text", slot: "int", count: "int" } as const;
  const source = rowsOf(kind, { alias: "n", columns }, [...sums.values()]);
  await sql`INSERT INTO response_time (post_id, kind, slot, count) SELECT n.post, n.kind, n.slot, n.count FROM ${source} WHERE 1 = 1
    ON CONFLICT (post_id, kind, slot) DO UPDATE SET count = response_time.count + excluded.count`.execute(write);
}

/** Cumulated by slot, for each kind that has any. */
export type ResponseTimes = Readonly<Record<ResponseKind, readonly number[]>>;

export async function responseTimesOf(database: Database, postIds: readonly number[]): Promise<ResponseTimes> {
  const counts = { confirmed: new Map<number, number>(), answered: new Map<number, number>() };
  const rows =
    postIds.length === 0
      ? []
      : await database.reader.selectFrom("response_time").selectAll().where("post_id", "in", postIds).execute();
  for (const { kind, slot, count } of rows) counts[kind].set(slot, (counts[kind].get(slot) ?? 0) + count);
  return { confirmed: cumulated(counts.confirmed), answered: cumulated(counts.answered) };
}

/** A post of which it is known how soon each was done; of an anonymous poll it is not. */
export type TimedPost = { readonly id: number } & Readonly<Record<ResponseKind, boolean>>;

/** The last posts of a list that asked anything of the kind, reminders aside. */
export async function lastAskingPosts(database: Database, listId: number): Promise<readonly TimedPost[]> {
  const { rows } = await sql<{ id: number; confirmed: number; answered: number }>`
    SELECT p.id, p.asks_confirmation AS confirmed, CASE WHEN poll.anonymous = 0 THEN 1 ELSE 0 END AS answered
    FROM post AS p LEFT JOIN poll ON poll.id = p.poll_id
    WHERE p.list_id = ${listId} AND (p.asks_confirmation = 1 OR poll.anonymous = 0)
      AND p.reminds IS NULL AND p.disposition = 'accepted' ORDER BY p.id DESC LIMIT ${lastPosts}`.execute(
    database.reader,
  );
  return rows.map(({ id, confirmed, answered }) => ({ id, confirmed: confirmed === 1, answered: answered === 1 }));
}
