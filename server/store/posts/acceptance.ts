/**
 * The transaction behind the 250: the message becomes complete and a post on each list that takes it. The same message
 * again, within seven days, is the post that it already is.
 */
import { sql } from "kysely";
import type { Expression, Insertable } from "kysely";
import type { Disposition, PostAsks } from "../../lists/post.ts";
import type { Database, Write } from "../database/database.ts";
import { takePostNumber } from "./post-number.ts";
import { completeMessage } from "./messages.ts";
import type { IncomingBody } from "./messages.ts";
import { expectReport } from "./post-reports.ts";
import type { Schema } from "../schema/schema.ts";

const sameMessageMs = 7 * 86_400_000;

export type IncomingPost = Partial<PostAsks> & {
  readonly listId: number;
  readonly posterId: number | undefined;
  readonly disposition: Disposition;
  readonly asksConfirmation: boolean;
  readonly startsAt: number;
};

export type Incoming = {
  readonly body: IncomingBody;
  readonly size: number;
  /** Hash of Message-ID and content without trace fields. */
  readonly fingerprint: string;
  /** The author's Message-ID, or the one made now; the same in every copy. */
  readonly messageIdField: string;
  readonly mailFrom: string;
  readonly author: { readonly address: string; readonly name: string };
  readonly subject: string;
  readonly receivedAt: number;
  readonly posts: readonly IncomingPost[];
};

export type AcceptedPost = {
  readonly id: number;
  readonly listId: number;
  readonly number: number;
  readonly again: boolean;
};

/** One message in a transaction of its own. */
export async function acceptMessage(database: Database, incoming: Incoming): Promise<readonly AcceptedPost[]> {
  return database.write((write) => acceptIn(write, database, incoming));
}

/** Within the transaction of the caller, whose commit makes it true. */
export async function acceptIn(write: Write, database: Database, incoming: Incoming): Promise<readonly AcceptedPost[]> {
  // Two processes may take the same message at once; SQLite's BEGIN IMMEDIATE already lets only one in.
  if (database.kind === "postgres")
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${incoming.fingerprint}, 0))`.execute(write);
  const known = await earlierPosts(write, incoming);
  // In one order everywhere, so that two messages to the same lists never wait for each other's numbers.
  const fresh = incoming.posts
    .filter((post) => !known.some((earlier) => earlier.listId === post.listId))
    .toSorted((a, b) => a.listId - b.listId);
  if (fresh.length === 0) {
    await dropStaged(write, incoming.body);
    return known;
  }
  const messageId = await messageOf(write, incoming);
  const made: AcceptedPost[] = [];
  for (const post of fresh) made.push(await insertPost(write, { incoming, post, messageId }));
  return [...known, ...made];
}

async function earlierPosts(write: Write, incoming: Incoming): Promise<readonly AcceptedPost[]> {
  const rows = await write
    .selectFrom("post")
    .select(["id", "list_id", "number"])
    .where(
      "list_id",
      "in",
      incoming.posts.map((post) => post.listId),
    )
    .where("fingerprint", "=", incoming.fingerprint)
    .where("accepted_at", ">", incoming.receivedAt - sameMessageMs)
    .execute();
  return rows.map((row) => ({ id: row.id, listId: row.list_id, number: row.number, again: true }));
}

/** The message's row: that of an earlier transaction for another list, so that a person on both gets one copy, or a new one. */
async function messageOf(write: Write, incoming: Incoming): Promise<number> {
  const earlier = await write
    .selectFrom("message")
    .select("id")
    .where("fingerprint", "=", incoming.fingerprint)
    .where("received_at", ">", incoming.receivedAt - sameMessageMs)
    .where("complete", "=", 1)
    .executeTakeFirst();
  if (earlier !== undefined) {
    await dropStaged(write, incoming.body);
    return earlier.id;
  }
  return completeMessage(write, incoming);
}

async function dropStaged(write: Write, body: IncomingBody): Promise<void> {
  if ("stagedId" in body) await write.deleteFrom("message").where("id", "=", body.stagedId).execute();
}

async function insertPost(
  write: Write,
  {
    incoming,
    post,
    messageId,
  }: { readonly incoming: Incoming; readonly post: IncomingPost; readonly messageId: number },
): Promise<AcceptedPost> {
  const { number, reportTo } = await takePostNumber(write, post.listId);
  const { id } = await write
    .insertInto("post")
    .values({
      list_id: post.listId,
      message_id: messageId,
      number,
      fingerprint: incoming.fingerprint,
      poster_id: post.posterId ?? null,
      author_address: incoming.author.address,
      author_name: authorName(incoming, post),
      subject: incoming.subject,
      disposition: post.disposition,
      asks_confirmation: Number(post.asksConfirmation),
      accepted_at: incoming.receivedAt,
      starts_at: post.startsAt,
      ...askColumns(post),
      count_by: (list) => list.selectFrom("list").select("count_by").where("id", "=", post.listId),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (reportTo !== "nobody" && post.disposition === "accepted" && post.reminds === undefined)
    await expectReport(write, id, post.startsAt);
  return { id, listId: post.listId, number, again: false };
}

/** Of who gave none in From: as they are registered, so that the history and the pages of members say what the copies say. */
function authorName({ author }: Incoming, { posterId }: IncomingPost): string | Expression<string> {
  if (author.name.trim() !== "" || posterId === undefined) return author.name;
  return sql<string>`COALESCE((SELECT name FROM person WHERE id = ${posterId}), '')`;
}

function askColumns(asks: Partial<PostAsks>): Partial<Insertable<Schema["post"]>> {
  return {
    origin: asks.origin ?? "mail",
    recipients_json: asks.recipients === undefined ? null : JSON.stringify(asks.recipients),
    poll_id: asks.pollId ?? null,
    reminds: asks.reminds ?? null,
    composition_id: asks.compositionId ?? null,
    ask_place: asks.askPlace ?? "end",
  };
}
