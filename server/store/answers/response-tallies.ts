/**
 * How many copies of a post were confirmed and answered, kept beside the rows by every statement that writes them, as the counts of
 * deliveries by state are. Page, CSV, command line and report read them here.
 */
import { sql } from "kysely";
import { noResponses } from "../../lists/post.ts";
import type { ResponseTally } from "../../lists/post.ts";
import type { Database, Kind, Write } from "../database/database.ts";
import { rowsOf } from "../database/rows.ts";

export type Response = { readonly postId: number; readonly kind: keyof ResponseTally; readonly count: number };

export async function addResponses(write: Write, kind: Kind, responses: readonly Response[]): Promise<void> {
  const sums = new Map<string, { post: number; kind: keyof ResponseTally; count: number }>();
  for (const { postId, kind: of, count } of responses) {
    const key = `${postId} ${of}`;
    sums.set(key, { post: postId, kind: of, count: (sums.get(key)?.count ?? 0) + count });
  }
  const rows = [...sums.values()].filter(({ count }) => count !== 0);
  if (rows.length === 0) return;
  const source = rowsOf(kind, { alias: "n", columns: { post: "int", kind: "text", count: "int" } }, rows);
  await sql`INSERT INTO response_tally (post_id, kind, count) SELECT n.post, n.kind, n.count FROM ${source} WHERE 1 = 1
    ON CONFLICT (post_id, kind) DO UPDATE SET count = response_tally.count + excluded.count`.execute(write);
}

export async function responsesOf(
  database: Database,
  postIds: readonly number[],
): Promise<ReadonlyMap<number, ResponseTally>> {
  if (postIds.length === 0) return new Map();
  const rows = await database.reader.selectFrom("response_tally").selectAll().where("post_id", "in", postIds).execute();
  const tallies = new Map<number, ResponseTally>();
  for (const row of rows)
    tallies.set(row.post_id, { ...(tallies.get(row.post_id) ?? noResponses), [row.kind]: row.count });
  return tallies;
}
