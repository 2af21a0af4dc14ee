/**
 * One post becomes many deliveries, a chunk of members a transaction, so that the first copies leave while the last members
 * of a large list are still being written down. The recipients are those who were active when the post was accepted.
 */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import type { Database, Write } from "../database/database.ts";
import { hasNoHeir } from "./hand-over.ts";
import { choiceOf } from "../recipients/recipient-choice.ts";
import { randomSecret } from "../database/rows.ts";
import type { Schema } from "../schema/schema.ts";
import { countsFamilies, markOf, newFamilies } from "../answers/silent-copies.ts";
import type { Families } from "../answers/silent-copies.ts";
import { addMoves } from "../posts/tallies.ts";

/** Members looked at in one transaction: some 3 ms in SQLite, 10 in PostgreSQL. */
const chunkMembers = 500;

/** What a post costs besides its deliveries, in deliveries. */
const postCost = 20;

type PostRow = Selectable<Schema["post"]>;

/** Accepted posts whose time has come and whose recipients are not all written down, oldest start first. */
export async function postsToExpand(database: Database, now: number): Promise<readonly number[]> {
  const rows = await database.reader
    .selectFrom("post")
    .select("id")
    .where("expanded_at", "is", null)
    .where("disposition", "=", "accepted")
    .where("starts_at", "<=", now)
    .orderBy("starts_at")
    .limit(100)
    .execute();
  return rows.map((row) => row.id);
}

/** When the next cool-off or reserved time ends; undefined when nothing waits. */
export async function nextStart(database: Database): Promise<number | undefined> {
  const row = await database.reader
    .selectFrom("post")
    .select((each) => each.fn.min("starts_at").as("at"))
    .where("expanded_at", "is", null)
    .where("disposition", "=", "accepted")
    .executeTakeFirst();
  return row?.at ?? undefined;
}

/** Writes the next chunk of a post's deliveries; true when it was the last. */
export async function expandChunk(database: Database, postId: number, now: number): Promise<boolean> {
  return database.write(async (write) => (await expandIn(write, database, { postId, now })).last);
}

/** The next chunk of each post, in as few transactions as fit: many small posts share one. True when something is left. */
export async function expandPosts(database: Database, postIds: readonly number[], now: number): Promise<boolean> {
  let left = false;
  for (let next = 0; next < postIds.length;) {
    await database.write(async (write) => {
      for (let made = 0; next < postIds.length && made < chunkMembers / 2; next++) {
        const chunk = await expandIn(write, database, { postId: postIds[next] ?? 0, now });
        made += chunk.made + postCost;
        left ||= !chunk.last;
      }
    });
  }
  return left;
}

async function expandIn(
  write: Write,
  database: Database,
  { postId, now }: { readonly postId: number; readonly now: number },
): Promise<{ readonly last: boolean; readonly made: number }> {
  let query = write.selectFrom("post").selectAll().where("id", "=", postId);
  if (database.kind === "postgres") query = query.forUpdate();
  const post = await query.executeTakeFirst();
  if (post?.expanded_at !== null || post.disposition !== "accepted") return { last: true, made: 0 };
  const upTo = await chunkEnd(write, post);
  const base = post.rank_base ?? (await lowestRank(write));
  const { made, families, singles } = await insertDeliveries(write, database, { post, upTo, base, now });
  const last = upTo === undefined;
  await write
    .updateTable("post")
    .set({
      rank_base: base,
      expanded_to: upTo ?? post.expanded_to,
      recipients: post.recipients + made,
      families: post.families + families,
      singles: post.singles + singles,
      expanded_at: last ? now : null,
    })
    .where("id", "=", postId)
    .execute();
  return { last, made };
}

/** The last membership id of the chunk; undefined when the chunk reaches the list's end. */
async function chunkEnd(write: Write, post: PostRow): Promise<number | undefined> {
  const end = await write
    .selectFrom("membership")
    .select("id")
    .where("list_id", "=", post.list_id)
    .where("id", ">", post.expanded_to)
    .orderBy("id")
    .offset(chunkMembers - 1)
    .limit(1)
    .executeTakeFirst();
  return end?.id;
}

/** Where the queue is now: a new post starts beside the copies that are about to leave, not behind all that wait. Notices, all of rank 0, say nothing about that. */
async function lowestRank(write: Write): Promise<number> {
  const lowest = await write
    .selectFrom("delivery")
    .select((each) => each.fn.min("rank").as("rank"))
    .where("state", "=", "pending")
    .where("rank", ">", 0)
    .executeTakeFirst();
  return lowest?.rank ?? 0;
}

async function insertDeliveries(
  write: Write,
  database: Database,
  {
    post,
    upTo,
    base,
    now,
  }: { readonly post: PostRow; readonly upTo: number | undefined; readonly base: number; readonly now: number },
): Promise<Families & { readonly made: number }> {
  const stopped = post.stopped_at !== null;
  const state = stopped ? "cancelled" : "pending";
  const range = sql`m.id > ${post.expanded_to} ${upTo === undefined ? sql`` : sql`AND m.id <= ${upTo}`}`;
  const { chosen, rcptTo } = await choiceOf(write, database, { post, range });
  const result = await sql<{ id: number; mark: string | null }>`
    INSERT INTO delivery (message_id, post_id, list_id, person_id, version_id, rcpt_to, secret, state, reason, rank, due_at, created_at, silent_as)
    SELECT ${post.message_id}, ${post.id}, ${post.list_id}, m.person_id, m.version_id, ${rcptTo}, ${randomSecret(database.kind)},
      ${state}, ${stopped ? "stopped" : null}, ${base + post.recipients} + row_number() OVER (ORDER BY m.id), 0, ${now},
      ${stopped ? sql`NULL` : markOf(database.kind, post)}
    FROM membership AS m JOIN list ON list.id = m.list_id
    WHERE m.list_id = ${post.list_id} AND ${range} AND ${chosen}
      AND m.active_since <= ${post.accepted_at} AND (m.inactive_since IS NULL OR m.inactive_since > ${post.accepted_at})
      AND (list.own_copy = 1 OR m.person_id <> ${post.poster_id ?? -1})
      ${stopped ? sql`AND ${hasNoHeir(post)}` : sql``}
    ON CONFLICT (message_id, person_id) DO NOTHING
    ${countsFamilies(post) ? sql`RETURNING id, silent_as AS mark` : sql``}`.execute(write);
  const made = countsFamilies(post) ? result.rows.length : Number(result.numAffectedRows ?? 0n);
  await addMoves(write, database.kind, [{ postId: post.id, from: undefined, to: state, count: made }]);
  const first = Math.min(...result.rows.map(({ id }) => id));
  const marks = result.rows.map(({ mark }) => mark);
  return { made, ...(await newFamilies(write, { postId: post.id, first, marks }, database.kind)) };
}
