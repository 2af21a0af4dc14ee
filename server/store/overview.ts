/**
 * What the first page shows over all lists that somebody may see: what needs a hand, the last posts, where they may post. Nothing
 * here counts further than a page shows, so that a flood on one list costs no more than a busy day.
 */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Post } from "../lists/post.ts";
import { byId } from "./database/by-id.ts";
import type { Database } from "./database/database.ts";
import type { Posts } from "./posts/posts.ts";

/** Counts go so far: "99 and more". */
export const countedMost = 100;

/** What a list has that somebody should look at, each at most `countedMost`. */
export type Needs = {
  readonly held: number;
  /** Since the moment that was asked for. */
  readonly refused: number;
  readonly waiting: number;
  /** Members who get nothing any more, since their mail came back. */
  readonly bounced: number;
  /** Who left by themselves, since then. */
  readonly left: number;
};

export type ListNeeds = Needs & { readonly id: number; readonly title: string };

/** Whom a page is for; undefined: an owner, who sees every list. */
type Viewer = { readonly accountId: number | undefined };

export class Overview {
  readonly #database: Database;
  readonly #posts: Posts;

  constructor(database: Database, posts: Posts) {
    this.#database = database;
    this.#posts = posts;
  }

  /** The lists that need anything, by title. */
  async needs({ accountId, since }: Viewer & { readonly since: number }): Promise<readonly ListNeeds[]> {
    const { rows } = await sql<ListNeeds>`
      SELECT * FROM (
        SELECT list.id, list.title,
          ${counted(sql`SELECT 1 FROM post WHERE post.list_id = list.id AND disposition = 'held'`)} AS held,
          ${counted(sql`SELECT 1 FROM refusal WHERE refusal.list_id = list.id AND at >= ${since}`)} AS refused,
          ${tallied("waiting")} AS waiting, ${tallied("bounced")} AS bounced,
          ${counted(sql`SELECT 1 FROM membership AS m
            WHERE m.list_id = list.id AND m.status = 'left' AND m.ended_by = 'member' AND m.left_at >= ${since}`)} AS "left"
        FROM list WHERE list.deleted_at IS NULL ${seenBy(accountId)}
      ) AS need
      WHERE held > 0 OR refused > 0 OR waiting > 0 OR bounced > 0 OR "left" > 0
      ORDER BY title, id`.execute(this.#database.reader);
    return rows;
  }

  /** The last posts that were accepted, newest first; reminders stand with the post that they remind of. */
  async latest({ accountId, limit }: Viewer & { readonly limit: number }): Promise<readonly Post[]> {
    const { rows } = await (accountId === undefined ? latestOfAll(limit) : latestOfOwn(accountId, limit)).execute(
      this.#database.reader,
    );
    return this.#posts.some(rows.map(({ id }) => id));
  }

  /** The addresses of a person, and the lists on which they are a sender, or may post as a member. */
  async posting(personId: number): Promise<{
    readonly addresses: readonly string[];
    readonly senderOn: ReadonlySet<number>;
    readonly memberOn: ReadonlySet<number>;
  }> {
    const { reader } = this.#database;
    const addresses = await reader
      .selectFrom("address")
      .select(["id", "address"])
      .where("person_id", "=", personId)
      .execute();
    const lists = await reader.selectFrom("poster").select("list_id").where("person_id", "=", personId).execute();
    const memberships = await reader
      .selectFrom("membership")
      .select("list_id")
      .where("person_id", "=", personId)
      .where("status", "in", ["active", "paused"])
      .execute();
    return {
      addresses: byId(addresses).map(({ address }) => address),
      senderOn: new Set(lists.map((row) => row.list_id)),
      memberOn: new Set(memberships.map((row) => row.list_id)),
    };
  }
}

function latestOfAll(limit: number): RawBuilder<{ id: number }> {
  return sql`SELECT post.id FROM post JOIN list ON list.id = post.list_id
    WHERE post.disposition = 'accepted' AND post.reminds IS NULL AND list.deleted_at IS NULL ORDER BY post.id DESC LIMIT ${limit}`;
}

/** Of each list its own last ones: in the order of ids over all lists, few lists among many would be looked for a long way back. */
function latestOfOwn(accountId: number, limit: number): RawBuilder<{ id: number }> {
  return sql`SELECT post.id FROM list JOIN post ON post.id IN (
      SELECT p.id FROM post AS p WHERE p.list_id = list.id AND p.disposition = 'accepted' AND p.reminds IS NULL
      ORDER BY p.id DESC LIMIT ${limit})
    WHERE list.deleted_at IS NULL ${seenBy(accountId)} ORDER BY post.id DESC LIMIT ${limit}`;
}

function counted(rows: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`(SELECT count(*) FROM (${rows} LIMIT ${sql.lit(countedMost)}) AS few)`;
}

function tallied(status: "waiting" | "bounced"): RawBuilder<number> {
  return sql<number>`coalesce((SELECT count FROM member_tally WHERE member_tally.list_id = list.id AND status = ${status}), 0)`;
}

function seenBy(accountId: number | undefined): RawBuilder<unknown> {
  return accountId === undefined
    ? sql``
    : sql`AND list.id IN (SELECT list_id FROM administrator WHERE account_id = ${accountId})`;
}
