/** Deliveries as people look at them: pages by key, one row, and what a copy needs to be shown again. */
import { deliveryStates } from "../../lists/delivery.ts";
import type { DeliveryState } from "../../lists/delivery.ts";
import { searchWords } from "../../lists/search-text.ts";
import { toClaim } from "./claims.ts";
import type { Claim } from "./claims.ts";
import type { Database, Write } from "../database/database.ts";
import { toDelivery } from "./delivery-rows.ts";
import type { Delivery } from "./delivery-rows.ts";
import { lastDeliveriesOf } from "./member-deliveries.ts";
import { searchDeliveries } from "./search-deliveries.ts";

export type DeliveryOfMember = Delivery & { readonly subject: string; readonly number: number };

/** A place in the order of a post's deliveries: by state (alphabetically: what went wrong comes first), then by id. */
export type DeliveryKey = { readonly state: DeliveryState; readonly id: number };

export type DeliveryFilter = {
  readonly state?: DeliveryState;
  readonly after?: DeliveryKey;
  readonly limit: number;
};

export type DeliveryPage = {
  readonly deliveries: readonly Delivery[];
  /** The next page begins after this place; undefined when this is the last. */
  readonly next: DeliveryKey | undefined;
  /** Nobody has looked beyond `next` yet: there may be more that fit, or none. */
  readonly isCut: boolean;
};

type StatePage = {
  readonly state: DeliveryState;
  readonly after: number;
  readonly limit: number;
};

export class Deliveries {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * State by state, so that one index serves every page and its cost does not depend on how many deliveries come before
   * it: asked for all that is beyond a place in (state, id), SQLite would read the place's state from its beginning.
   */
  async page(postId: number, { state, after, limit }: DeliveryFilter): Promise<readonly Delivery[]> {
    const rows: Delivery[] = [];
    for (const one of deliveryStates.toSorted()) {
      if (rows.length >= limit) break;
      if ((state !== undefined && one !== state) || (after !== undefined && one < after.state)) continue;
      const from = one === after?.state ? after.id : 0;
      rows.push(...(await this.#ofState(postId, { state: one, after: from, limit: limit - rows.length })));
    }
    return rows;
  }

  /** A page of those whose copies went to members with all the words; of all where there are none. `patience`: see search-deliveries.ts. */
  async search(
    postId: number,
    { search, patience, ...filter }: DeliveryFilter & { readonly search: string; readonly patience?: number },
  ): Promise<DeliveryPage> {
    const words = searchWords(search);
    if (words.length === 0) {
      const found = await this.page(postId, { ...filter, limit: filter.limit + 1 });
      const deliveries = found.slice(0, filter.limit);
      return { deliveries, next: found.length > filter.limit ? deliveries.at(-1) : undefined, isCut: false };
    }
    const { state, after, limit } = filter;
    const { ids, ...page } = await searchDeliveries(this.#database, { postId, words, state, after, limit, patience });
    return { deliveries: await this.#inOrder(ids), ...page };
  }

  /**
   * All of a post's deliveries, a thousand at a time. By person, since states change while the post runs: in the order of
   * `page` one would be met twice and another never.
   */
  async *all(postId: number, state?: DeliveryState): AsyncGenerator<readonly Delivery[]> {
    const post = await this.#database.reader
      .selectFrom("post")
      .select("message_id")
      .where("id", "=", postId)
      .executeTakeFirst();
    if (post === undefined) return;
    const limit = 1000;
    for (let after = 0; ;) {
      let query = this.#select()
        .where("d.message_id", "=", post.message_id)
        .where("d.person_id", ">", after)
        .where("d.post_id", "=", postId);
      if (state !== undefined) query = query.where("d.state", "=", state);
      const rows = await query.orderBy("d.person_id").limit(limit).execute();
      if (rows.length > 0) yield rows.map(toDelivery);
      if (rows.length < limit) return;
      after = rows.at(-1)?.person_id ?? after;
    }
  }

  async find(id: number): Promise<Delivery | undefined> {
    const row = await this.#select().where("d.id", "=", id).executeTakeFirst();
    return row && toDelivery(row);
  }

  /** Of a list's last posts, the newest first, what a person got. */
  async lastOf(listId: number, personId: number): Promise<readonly DeliveryOfMember[]> {
    const rows = await lastDeliveriesOf(this.#database, listId, personId);
    return rows.map((row) => ({ ...toDelivery(row), subject: row.subject, number: row.number }));
  }

  /** For checking a token; undefined when the delivery is gone. */
  async secretOf(id: number): Promise<{ readonly secret: Buffer; readonly listId: number } | undefined> {
    const row = await this.#database.reader
      .selectFrom("delivery")
      .select(["secret", "list_id"])
      .where("id", "=", id)
      .executeTakeFirst();
    return row && { secret: row.secret, listId: row.list_id };
  }

  /** What is needed to make a delivery's copy again, to show it. */
  async forShowing(id: number): Promise<Claim | undefined> {
    const row = await this.#database.reader
      .selectFrom("delivery as d")
      .leftJoin("membership_version as v", "v.id", "d.version_id")
      .leftJoin("membership as m", "m.id", "v.membership_id")
      .leftJoin("person", "person.id", "d.person_id")
      .leftJoin("post as p", "p.id", "d.post_id")
      .leftJoin("post as first", "first.id", "p.reminds")
      .leftJoin("delivery as asked", (join) =>
        join.onRef("asked.message_id", "=", "first.message_id").onRef("asked.person_id", "=", "d.person_id"),
      )
      .select([
        "d.id",
        "d.post_id",
        "d.message_id",
        "d.list_id",
        "d.attempts",
        "d.secret",
        "d.rcpt_to",
        "v.address",
        "v.name",
        "v.attributes",
        "person.language",
        "m.id as membership_id",
        "m.secret as membership_secret",
        "asked.id as asked_id",
        "asked.secret as asked_secret",
      ])
      .where("d.id", "=", id)
      .executeTakeFirst();
    return row && toClaim(row);
  }

  async #ofState(postId: number, { state, after, limit }: StatePage): Promise<readonly Delivery[]> {
    const above = this.#select().where("d.post_id", "=", postId).where("d.state", "=", state).where("d.id", ">", after);
    return (await above.orderBy("d.id").limit(limit).execute()).map(toDelivery);
  }

  /** As they are asked for by ids. */
  async #inOrder(ids: readonly number[]): Promise<readonly Delivery[]> {
    if (ids.length === 0) return [];
    const rows = await this.#select().where("d.id", "in", ids).execute();
    const byId = new Map(rows.map((row) => [row.id, toDelivery(row)]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  #select() {
    return this.#database.reader
      .selectFrom("delivery as d")
      .leftJoin("membership_version as v", "v.id", "d.version_id")
      .leftJoin("confirmation as c", "c.delivery_id", "d.id")
      .leftJoin("respondent as r", "r.delivery_id", "d.id")
      .selectAll("d")
      .select(["v.address", "v.name", "c.at as confirmed_at", "r.post_id as answered_post", "r.at as answered_at"]);
  }
}

/** The list of mail on behalf of the whole server: none. It goes out with the null sender, since only lists have bounce addresses. */
export const serverMail = 0;

/** A notice joins the queue: a delivery that has a recipient of its own instead of a member. Ahead of all that waits. */
export async function insertNotice(
  write: Write,
  notice: {
    readonly messageId: number;
    readonly listId: number;
    readonly rcptTo: string;
    readonly secret: Buffer;
    readonly now: number;
  },
): Promise<number> {
  const { id } = await write
    .insertInto("delivery")
    .values({
      message_id: notice.messageId,
      list_id: notice.listId,
      rcpt_to: notice.rcptTo,
      secret: notice.secret,
      state: "pending",
      rank: 0,
      due_at: 0,
      created_at: notice.now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}
