/**
 * How often each choice of a poll was taken and how many wrote to each question, kept beside the answers by the transactions that
 * write them. One row a post, written whole: see migrations/0015-answers.ts.
 */
import { sql } from "kysely";
import type { Database, Kind, Write } from "../database/database.ts";
import { addResponses } from "./response-tallies.ts";
import { rowsOf } from "../database/rows.ts";

/** By id of the choice, and of the question. */
export type PollTally = { readonly choices: ReadonlyMap<number, number>; readonly texts: ReadonlyMap<number, number> };

/** What some answers add to a post's counts; below zero for what they take the place of. */
export type PollChange = {
  readonly postId: number;
  readonly of: "answered" | "choices" | "texts";
  /** Of the choice or question; 0 for `answered`. */
  readonly id: number;
  readonly count: number;
};

type Counts = { choices: Record<string, number>; texts: Record<string, number> };

export async function addToPollTallies(write: Write, kind: Kind, changes: readonly PollChange[]): Promise<void> {
  if (changes.length === 0) return;
  await addResponses(
    write,
    kind,
    changes.flatMap(({ postId, of, count }) => (of === "answered" ? [{ postId, kind: of, count }] : [])),
  );
  const byPost = Map.groupBy(changes, ({ postId }) => postId);
  const before = await write
    .selectFrom("poll_tally")
    .selectAll()
    .where("post_id", "in", [...byPost.keys()])
    .execute();
  const rows = [...byPost].map(([post, of]) => {
    const counts = readCounts(before.find((row) => row.post_id === post)?.counts);
    for (const change of of) add(counts, change);
    return { post, counts: JSON.stringify(counts) };
  });
  const from = rowsOf(kind, { alias: "n", columns: { post: "int", counts: "text" } }, rows);
  await sql`INSERT INTO poll_tally (post_id, counts) SELECT n.post, n.counts FROM ${from} WHERE 1 = 1
    ON CONFLICT (post_id) DO UPDATE SET counts = excluded.counts`.execute(write);
}

export async function pollTally({ reader }: Pick<Database, "reader">, postId: number): Promise<PollTally> {
  const row = await reader.selectFrom("poll_tally").select("counts").where("post_id", "=", postId).executeTakeFirst();
  const counts = readCounts(row?.counts);
  const map = (of: Readonly<Record<string, number>>): ReadonlyMap<number, number> =>
    new Map(Object.entries(of).map(([id, count]) => [Number(id), count]));
  return { choices: map(counts.choices), texts: map(counts.texts) };
}

function add(counts: Counts, { of, id, count }: PollChange): void {
  if (of !== "answered") counts[of][id] = (counts[of][id] ?? 0) + count;
}

/** Written by this program only. */
function readCounts(json: string | undefined): Counts {
  return json === undefined ? { choices: {}, texts: {} } : (JSON.parse(json) as Counts);
}
