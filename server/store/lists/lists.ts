/** Mailing lists: their rows, settings and search. */
import { sql } from "kysely";
import type { ExpressionBuilder, Insertable, Selectable } from "kysely";
import { readJoining } from "../../lists/joining.ts";
import type { ListSettings, MailingList } from "../../lists/mailing-list.ts";
import type { Database } from "../database/database.ts";
import { deleteList } from "../deletion/delete-list.ts";
import { contains } from "../database/like.ts";
import { beginNews } from "./list-news.ts";
import type { Schema } from "../schema/schema.ts";

export type ListSummary = MailingList & {
  readonly members: number;
  readonly posts: number;
  readonly lastPostAt: number | undefined;
  /** Whether anybody is registered to post. */
  readonly hasSenders: boolean;
};

export class Lists {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Undefined when a list of that name is at the domain already. */
  async create(list: Omit<MailingList, "id">): Promise<MailingList | undefined> {
    return this.#database.write(async (write) => {
      const row = await write
        .insertInto("list")
        .values({ name: list.name, domain: list.domain, created_at: list.createdAt, ...settingColumns(list) })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      return row && toList(row);
    });
  }

  async find(id: number): Promise<MailingList | undefined> {
    const row = await this.#present().where("id", "=", id).executeTakeFirst();
    return row && toList(row);
  }

  async findByAddress(name: string, domain: string): Promise<MailingList | undefined> {
    const row = await this.#present().where("name", "=", name).where("domain", "=", domain).executeTakeFirst();
    return row && toList(row);
  }

  async some(ids: readonly number[]): Promise<readonly MailingList[]> {
    if (ids.length === 0) return [];
    return (await this.#present().where("id", "in", ids).execute()).map(toList);
  }

  /** Those that the account administers; all where none is named. */
  async ofAccount(accountId: number | undefined): Promise<readonly MailingList[]> {
    let query = this.#present();
    if (accountId !== undefined)
      query = query.where("id", "in", (list) =>
        list.selectFrom("administrator").select("list_id").where("account_id", "=", accountId),
      );
    return (await query.execute()).map(toList);
  }

  /** How many posts it has had. */
  async postsOf(id: number): Promise<number> {
    const row = await this.#present().select("last_number").where("id", "=", id).executeTakeFirst();
    return row?.last_number ?? 0;
  }

  /** Every list of that name, one a domain. */
  async findByName(name: string): Promise<readonly MailingList[]> {
    return (await this.#present().where("name", "=", name).orderBy("domain").execute()).map(toList);
  }

  /** Lists with their sizes, by name; `accountId` narrows to those that the account administers. */
  async summaries({
    search = "",
    accountId,
  }: { readonly search?: string; readonly accountId?: number | undefined } = {}): Promise<readonly ListSummary[]> {
    let query = this.#present().select(sizes).orderBy("name").orderBy("domain");
    if (search !== "")
      query = query.where((each) =>
        each.or([
          contains(each.ref("title"), search),
          contains(sql<string>`${each.ref("name")} || '@' || ${each.ref("domain")}`, search),
        ]),
      );
    if (accountId !== undefined)
      query = query.where("id", "in", (list) =>
        list.selectFrom("administrator").select("list_id").where("account_id", "=", accountId),
      );
    return (await query.execute()).map((row) => ({
      ...toList(row),
      members: row.members ?? 0,
      posts: row.posts,
      lastPostAt: row.last_post_at ?? undefined,
      hasSenders: row.has_senders === 1,
    }));
  }

  async update(id: number, changes: Partial<ListSettings>): Promise<void> {
    await this.#database.write(async (write) => {
      const row = await write.selectFrom("list").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
      if (changes.reportNews === true && row.report_news === 0) await beginNews(write, id);
      await write
        .updateTable("list")
        .set(settingColumns({ ...toList(row), ...changes }))
        .where("id", "=", id)
        .execute();
    });
  }

  /** With its members, posts and deliveries. */
  async delete(id: number): Promise<void> {
    await deleteList(this.#database, id);
  }

  /** Those that are not deleted. */
  #present() {
    return this.#database.reader.selectFrom("list").selectAll().where("deleted_at", "is", null);
  }
}

/** The columns that count a list's members and posts. */
function sizes(list: ExpressionBuilder<Schema, "list">) {
  const members = list
    .selectFrom("member_tally")
    .whereRef("member_tally.list_id", "=", "list.id")
    .where("status", "=", "active");
  const posts = list.selectFrom("post").whereRef("post.list_id", "=", "list.id");
  const hasSenders = sql<number>`CASE WHEN EXISTS (SELECT 1 FROM poster WHERE poster.list_id = list.id) THEN 1 ELSE 0 END`;
  return [
    members.select("count").as("members"),
    "last_number as posts",
    posts.select("accepted_at").orderBy("post.id", "desc").limit(1).as("last_post_at"),
    hasSenders.as("has_senders"),
  ] as const;
}

function settingColumns(list: ListSettings): Omit<Insertable<Schema["list"]>, "name" | "domain" | "created_at"> {
  return {
    title: list.title,
    language: list.language ?? null,
    timezone: list.timezone ?? null,
    posting: list.posting,
    proof: list.proof,
    reply_to: list.replyTo,
    prefix: list.prefix,
    own_copy: Number(list.ownCopy),
    cooloff_ms: list.cooloffMs,
    joining: JSON.stringify(list.joining),
    required: Number(list.required),
    count_by: list.countBy,
    report_to: list.reportTo,
    report_news: Number(list.reportNews),
  };
}

function toList(row: Selectable<Schema["list"]>): MailingList {
  return {
    id: row.id,
    name: row.name,
    domain: row.domain,
    title: row.title,
    language: row.language ?? undefined,
    timezone: row.timezone ?? undefined,
    posting: row.posting,
    proof: row.proof,
    replyTo: row.reply_to,
    prefix: row.prefix,
    ownCopy: row.own_copy === 1,
    cooloffMs: row.cooloff_ms,
    joining: readJoining(row.joining),
    required: row.required === 1,
    countBy: row.count_by,
    reportTo: row.report_to,
    reportNews: row.report_news === 1,
    createdAt: row.created_at,
  };
}
