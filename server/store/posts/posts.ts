/** Posts as people look at them: the history, one post, stopping. */
import { sql } from "kysely";
import type { ExpressionBuilder, SqlBool, Expression } from "kysely";
import type { AskPlace } from "../../lists/composition.ts";
import type { Disposition, Post } from "../../lists/post.ts";
import type { Database } from "../database/database.ts";
import { findHistory } from "./history.ts";
import type { HistoryIds, HistoryQuery } from "./history.ts";
import type { Schema } from "../schema/schema.ts";
import { toPost } from "./post-rows.ts";
import type { PostRow } from "./post-rows.ts";
import { expectReportOf } from "./post-reports.ts";
import { responsesOf } from "../answers/response-tallies.ts";
import { talliesOf } from "./tallies.ts";

export type PostWish = {
  readonly listIds?: readonly number[];
  readonly since?: number;
  readonly until?: number;
  readonly disposition?: Disposition;
  /** Newest first, from before the post with this id. */
  readonly before?: number;
  readonly limit: number;
};

export type HistoryPage = Omit<HistoryIds, "ids"> & { readonly posts: readonly Post[] };

/** What a post's copies say of it. */
export type CopiedPost = {
  readonly number: number;
  readonly subject: string;
  readonly authorName: string;
  readonly authorAddress: string;
  /** The registered name of the sender, for authors whose mail program gave none. */
  readonly senderName: string;
  readonly messageIdField: string;
  readonly acceptedAt: number;
  readonly asksConfirmation: boolean;
  readonly askPlace: AskPlace;
  readonly pollId: number | undefined;
  /** Written in the panel: its text may hold placeholders. */
  readonly isComposed: boolean;
  readonly isReminder: boolean;
};

export class Posts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(id: number): Promise<Post | undefined> {
    const row = await this.#select().where("post.id", "=", id).executeTakeFirst();
    return row && (await this.#withTallies([row]))[0];
  }

  async findByNumber(listId: number, number: number): Promise<Post | undefined> {
    const row = await this.#select()
      .where("post.list_id", "=", listId)
      .where("post.number", "=", number)
      .executeTakeFirst();
    return row && (await this.#withTallies([row]))[0];
  }

  /** The same message on other lists, as far as it was accepted there. */
  async besides({
    id,
    messageId,
  }: Pick<Post, "id" | "messageId">): Promise<
    readonly { readonly id: number; readonly listId: number; readonly title: string }[]
  > {
    return this.#select()
      .clearSelect()
      .select(["post.id", "post.list_id as listId", "list.title"])
      .where("post.message_id", "=", messageId)
      .where("post.id", "<>", id)
      .where("post.disposition", "=", "accepted")
      .orderBy("post.id")
      .execute();
  }

  async forCopies(id: number): Promise<CopiedPost | undefined> {
    const row = await this.#database.reader
      .selectFrom("post")
      .innerJoin("message", "message.id", "post.message_id")
      .leftJoin("person", "person.id", "post.poster_id")
      .select([
        "post.number",
        "post.subject",
        "post.author_name",
        "post.author_address",
        "post.accepted_at",
        "post.asks_confirmation",
        "post.ask_place",
        "post.poll_id",
        "post.composition_id",
        "post.reminds",
        "person.name",
        "message.message_id_field",
      ])
      .where("post.id", "=", id)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      number: row.number,
      subject: row.subject,
      authorName: row.author_name,
      authorAddress: row.author_address,
      senderName: row.name ?? "",
      messageIdField: row.message_id_field,
      acceptedAt: row.accepted_at,
      asksConfirmation: row.asks_confirmation === 1,
      askPlace: row.ask_place,
      pollId: row.poll_id ?? undefined,
      isComposed: row.composition_id !== null,
      isReminder: row.reminds !== null,
    };
  }

  /** Those of the posts that still run: neither stopped nor deleted. */
  async runningAmong(ids: readonly number[]): Promise<ReadonlySet<number>> {
    if (ids.length === 0) return new Set();
    const running = this.#database.reader.selectFrom("post").select("id").where("stopped_at", "is", null);
    return new Set((await running.where("id", "in", ids).execute()).map((row) => row.id));
  }

  /** These, in this order; those that are gone are left out. */
  async some(ids: readonly number[]): Promise<readonly Post[]> {
    if (ids.length === 0) return [];
    const posts = await this.#withTallies(await this.#select().where("post.id", "in", ids).execute());
    return ids.flatMap((id) => posts.find((post) => post.id === id) ?? []);
  }

  async page(filter: PostWish): Promise<readonly Post[]> {
    const rows = await this.#select()
      .where((each) => each.and(conditions(each, filter)))
      .orderBy("post.id", "desc")
      .limit(filter.limit)
      .execute();
    return this.#withTallies(rows);
  }

  /** A page of the history, narrowed in any way. */
  async history(query: HistoryQuery): Promise<HistoryPage> {
    const { ids, ...place } = await findHistory(this.#database, query);
    return { posts: await this.some(ids), ...place };
  }

  /** The newest first. */
  async remindersOf(postId: number): Promise<readonly Post[]> {
    const reminders = this.#select().where("post.reminds", "=", postId);
    return this.#withTallies(await reminders.orderBy("post.id", "desc").limit(50).execute());
  }

  /**
   * No further copy leaves from now on. False when there is no such post or nothing of it is left to stop. The copies that
   * wait are cancelled by the distribution station, in pieces.
   */
  async stop(id: number, now: number): Promise<boolean> {
    const open = sql<SqlBool>`(expanded_at IS NULL OR EXISTS (
      SELECT 1 FROM tally WHERE tally.post_id = post.id AND tally.state IN ('pending', 'sending', 'deferred') AND tally.count > 0))`;
    return this.#database.write(async (write) => {
      const running = write
        .updateTable("post")
        .set({ stopped_at: now })
        .where("id", "=", id)
        .where("disposition", "=", "accepted")
        .where("stopped_at", "is", null);
      return (await running.where(open).executeTakeFirst()).numUpdatedRows > 0n;
    });
  }

  /** Posts that were stopped and still have copies that wait. */
  async stoppedWithWaiting(): Promise<readonly number[]> {
    const waiting = sql<SqlBool>`EXISTS (
      SELECT 1 FROM tally WHERE tally.post_id = post.id AND tally.state IN ('pending', 'deferred') AND tally.count > 0)`;
    const rows = await this.#database.reader
      .selectFrom("post")
      .select("id")
      .where("stopped_at", "is not", null)
      .where(waiting)
      .execute();
    return rows.map((row) => row.id);
  }

  /** An administrator's word on a held post; false when it is not held (any more). */
  async resolveHeld(id: number, disposition: "accepted" | "rejected", now: number): Promise<boolean> {
    return this.#database.write(async (write) => {
      const result = await write
        .updateTable("post")
        .set({ disposition, accepted_at: now, starts_at: now })
        .where("id", "=", id)
        .where("disposition", "=", "held")
        .returning("list_id")
        .executeTakeFirst();
      if (result === undefined) return false;
      if (disposition === "accepted") await expectReportOf(write, { postId: id, listId: result.list_id, now });
      return true;
    });
  }

  #select() {
    return this.#database.reader
      .selectFrom("post")
      .innerJoin("list", "list.id", "post.list_id")
      .selectAll("post")
      .select("list.name as list_name")
      .where("list.deleted_at", "is", null);
  }

  async #withTallies(rows: readonly PostRow[]): Promise<readonly Post[]> {
    const ids = rows.map((row) => row.id);
    const tallies = await talliesOf(this.#database, ids);
    const responses = await responsesOf(this.#database, ids);
    return rows.map((row) => toPost(row, tallies.get(row.id), responses.get(row.id)));
  }
}

function conditions(each: ExpressionBuilder<Schema, "post" | "list">, filter: PostWish): Expression<SqlBool>[] {
  // A reminder stands on the page of the post that it reminds of.
  const all: Expression<SqlBool>[] = [each("post.reminds", "is", null)];
  if (filter.listIds !== undefined)
    all.push(each("post.list_id", "in", filter.listIds.length > 0 ? filter.listIds : [-1]));
  if (filter.since !== undefined) all.push(each("post.accepted_at", ">=", filter.since));
  if (filter.until !== undefined) all.push(each("post.accepted_at", "<", filter.until));
  if (filter.disposition !== undefined) all.push(each("post.disposition", "=", filter.disposition));
  if (filter.before !== undefined) all.push(each("post.id", "<", filter.before));
  return all;
}
