/**
 * How many deliveries of a post are in each state, kept beside the deliveries: a history of 10,000 posts must not count
 * millions of rows. Every statement that moves deliveries adds its differences here in the same transaction; a test
 * recounts.
 */
import { sql } from "kysely";
import type { DeliveryState } from "../../lists/delivery.ts";
import { emptyTally } from "../../lists/post.ts";
import type { Tally } from "../../lists/post.ts";
import type { Database, Kind, Write } from "../database/database.ts";
import { rowsOf } from "../database/rows.ts";

export type Move = {
  readonly postId: number | null;
  /** Undefined: it comes to the post. */
  readonly from: DeliveryState | undefined;
  /** Undefined: it leaves the post. */
  readonly to: DeliveryState | undefined;
  readonly count?: number;
};

/** Adds up moves of deliveries between states. Those of notices, which have no post, count nowhere. */
export async function addMoves(write: Write, kind: Kind, moves: readonly Move[]): Promise<void> {
  const sums = new Map<string, { post: number; state: DeliveryState; count: number }>();
  const add = (post: number, state: DeliveryState, count: number): void => {
    const key = `${post} ${state}`;
    sums.set(key, { post, state, count: (sums.get(key)?.count ?? 0) + count });
  };
  for (const { postId, from, to, count = 1 } of moves) {
    if (postId === null || from === to) continue;
    if (from !== undefined) add(postId, from, -count);
    if (to !== undefined) add(postId, to, count);
  }
  const rows = [...sums.values()].filter((sum) => sum.count !== 0);
  if (rows.length === 0) return;
  const source = rowsOf(kind, { alias: "n", columns: { post: "int", state: "text", count: "int" } }, rows);
  await sql`INSERT INTO tally (post_id, state, count) SELECT n.post, n.state, n.count FROM ${source} WHERE 1 = 1
    ON CONFLICT (post_id, state) DO UPDATE SET count = tally.count + excluded.count`.execute(write);
}

/** The one query behind every count that people see: page, CSV, command line, report. */
export async function talliesOf(database: Database, postIds: readonly number[]): Promise<ReadonlyMap<number, Tally>> {
  if (postIds.length === 0) return new Map();
  const rows = await database.reader.selectFrom("tally").selectAll().where("post_id", "in", postIds).execute();
  const tallies = new Map<number, Tally>();
  for (const row of rows)
    tallies.set(row.post_id, { ...(tallies.get(row.post_id) ?? emptyTally), [row.state]: row.count });
  return tallies;
}
