/**
 * How many people a composition would reach if it were sent now, each once, and who the first of them are. Whole lists are counted
 * already; of conditions an index finds those who may fit where they are few; else members are looked at piece by piece, and
 * whoever asks goes on from `next`.
 */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import { fits } from "../../lists/recipients.ts";
import type { Condition, Recipients } from "../../lists/recipients.ts";
import { byId } from "../database/by-id.ts";
import { candidatesFor } from "./condition-candidates.ts";
import type { Database } from "../database/database.ts";
import { memberCounts } from "../members/member-tally.ts";
import { conditionedOf, reachedOf, reachRows } from "./reach-rows.ts";
import type { Reached, ReachRow } from "./reach-rows.ts";
import { rowsOf } from "../database/rows.ts";

export type Reach = {
  readonly listIds: readonly number[];
  readonly recipients: Recipients | undefined;
  /** The sender, who gets a copy only where the list gives senders one. */
  readonly posterId: number | undefined;
};

/** Where the counting stands: the n-th list, after this membership. */
export type CountPlace = { readonly list: number; readonly after: number };

export type RecipientCount = {
  /** From the place that was asked for to `next`. */
  readonly count: number;
  readonly first: readonly Reached[];
  /** Undefined: everybody was looked at. */
  readonly next: CountPlace | undefined;
};

/** Members looked at in one answer, some 25 ms; whose version is not read is looked at three times as fast. */
const mostLooked = 3000;
const mostLookedPlain = 15_000;
const pieceMembers = 1000;

/** `enough`: so many are as good as all to who asks, and nobody is looked for beyond them. `shown`: of the first, at most. */
export async function countRecipients(
  database: Database,
  reach: Reach,
  {
    from = { list: 0, after: 0 },
    enough = Infinity,
    shown = 8,
  }: { readonly from?: CountPlace | undefined; readonly enough?: number; readonly shown?: number } = {},
): Promise<RecipientCount> {
  return new Counting(database, reach, { enough, shown }).from(from);
}

class Counting {
  readonly #database: Database;
  readonly #reach: Reach;
  readonly #conditions: readonly Condition[] | undefined;
  #count = 0;
  #looked = 0;
  readonly #first: Reached[] = [];
  readonly #enough: number;
  readonly #shown: number;

  constructor(database: Database, reach: Reach, most: { readonly enough: number; readonly shown: number }) {
    [this.#enough, this.#shown] = [most.enough, most.shown];
    this.#database = database;
    this.#reach = reach;
    this.#conditions = reach.recipients?.kind === "conditions" ? reach.recipients.all : undefined;
  }

  async from({ list, after }: CountPlace): Promise<RecipientCount> {
    const { recipients, listIds } = this.#reach;
    // Who is silent on an earlier post is found when a reminder is sent; nobody writes to them from the form.
    if (recipients?.kind === "silent") return { count: 0, first: [], next: undefined };
    if (list === 0 && after === 0) await this.#poster();
    if (recipients?.kind === "ticked") await this.#ticked(recipients.persons);
    for (let at = list; recipients?.kind !== "ticked" && at < listIds.length; at++) {
      const next = await this.#list(at, at === list ? after : 0);
      if (next !== undefined) return this.#answer({ list: at, after: next });
    }
    return this.#answer(undefined);
  }

  #answer(next: CountPlace | undefined): RecipientCount {
    return { count: this.#count, first: this.#first.slice(0, this.#shown), next };
  }

  /** The membership after which it goes on; undefined when the list is done. */
  async #list(index: number, after: number): Promise<number | undefined> {
    const listId = this.#reach.listIds[index] ?? 0;
    if (this.#conditions === undefined && index === 0) return this.#whole(listId);
    if (after === 0 && (await this.#few(listId, index))) return undefined;
    if (this.#conditions === undefined) return this.#further(index, after);
    let place = after;
    while (this.#looked < mostLooked && this.#count < this.#enough) {
      const rows = await this.#members(listId, place);
      this.#looked += rows.length;
      await this.#take(rows, index);
      if (rows.length < pieceMembers) return undefined;
      place = rows.at(-1)?.id ?? place;
    }
    return place;
  }

  /** Everybody on a further list whom none before it reaches. */
  async #further(index: number, after: number): Promise<number | undefined> {
    const listId = this.#reach.listIds[index] ?? 0;
    const most = mostLookedPlain - this.#looked;
    if (most <= 0) return after;
    const earlier = sql.join(this.#reach.listIds.slice(0, index));
    const { rows } = await sql<{ looked: number | string; fresh: number | string | null; last: number | null }>`
      SELECT count(*) AS looked, sum(piece.fresh) AS fresh, max(piece.id) AS last FROM (
        SELECT m.id, CASE WHEN EXISTS (
          SELECT 1 FROM membership AS o WHERE o.person_id = m.person_id AND o.list_id IN (${earlier}) AND o.status = 'active')
          THEN 0 ELSE 1 END AS fresh
        FROM membership AS m WHERE m.list_id = ${listId} AND m.id > ${after} AND ${this.#others}
        ORDER BY m.id LIMIT ${most}) AS piece`.execute(this.#database.reader);
    const [piece] = rows;
    const looked = Number(piece?.looked ?? 0);
    this.#looked += looked;
    this.#count += Number(piece?.fresh ?? 0);
    if (this.#first.length === 0) await this.#introduce(listId, index);
    return looked < most ? undefined : (piece?.last ?? undefined);
  }

  /** The first of a list, where those before it have shown nobody. */
  async #introduce(listId: number, index: number): Promise<void> {
    const rows = await this.#members(listId, 0);
    const already = await this.#reachedBefore(rows, index);
    const fresh = rows.filter(({ personId }) => !already.has(personId));
    this.#first.push(...fresh.slice(0, this.#shown).map(reachedOf));
  }

  /** True when an index had found those who may fit, and they are counted. */
  async #few(listId: number, index: number): Promise<boolean> {
    if (this.#conditions === undefined) return false;
    const few = await candidatesFor(this.#database, listId, { conditions: this.#conditions, most: mostLooked });
    for (let start = 0; few !== undefined && start < few.length && this.#count < this.#enough; start += pieceMembers)
      await this.#take(await this.#byIds(listId, few.slice(start, start + pieceMembers)), index);
    return few !== undefined;
  }

  /** The first list as it is: its active members are counted all the time. */
  async #whole(listId: number): Promise<undefined> {
    const { active } = await memberCounts(this.#database, listId);
    const { posterId } = this.#reach;
    const own =
      posterId === undefined
        ? undefined
        : await this.#database.reader
            .selectFrom("membership")
            .select("id")
            .where("list_id", "=", listId)
            .where("person_id", "=", posterId)
            .where("status", "=", "active")
            .executeTakeFirst();
    this.#count += active - (own === undefined ? 0 : 1);
    const { rows } = await reachRows(
      sql`m.list_id = ${listId} AND ${this.#others}
      ORDER BY m.id LIMIT ${this.#shown}`,
    ).execute(this.#database.reader);
    this.#first.push(...rows);
    return undefined;
  }

  async #take(rows: readonly ReachRow[], index: number): Promise<void> {
    const fitting = rows.filter((row) => this.#fits(row));
    const already = await this.#reachedBefore(fitting, index);
    const fresh = fitting.filter(({ personId }) => !already.has(personId));
    this.#count += fresh.length;
    if (this.#first.length < this.#shown) this.#first.push(...fresh.slice(0, this.#shown).map(reachedOf));
  }

  /** Those of the persons whom a list before this one reaches already. */
  async #reachedBefore(rows: readonly ReachRow[], index: number): Promise<ReadonlySet<number>> {
    const earlier = this.#reach.listIds.slice(0, index);
    if (earlier.length === 0 || rows.length === 0) return new Set();
    const persons = rowsOf(this.#database.kind, { alias: "n", columns: { personId: "int" } }, rows);
    const found = await reachRows(
      sql`m.list_id + 0 IN (${sql.join(earlier)}) AND ${this.#others}`,
      sql`${persons} JOIN membership AS m ON m.person_id = n."personId"`,
    ).execute(this.#database.reader);
    return new Set(found.rows.filter((row) => this.#fits(row)).map(({ personId }) => personId));
  }

  #fits(row: ReachRow): boolean {
    return this.#conditions === undefined || fits(this.#conditions, conditionedOf(row));
  }

  async #members(listId: number, after: number): Promise<readonly ReachRow[]> {
    const { rows } = await reachRows(
      sql`m.list_id = ${listId} AND m.id > ${after} AND ${this.#others}
      ORDER BY m.id LIMIT ${pieceMembers}`,
    ).execute(this.#database.reader);
    return rows;
  }

  async #byIds(listId: number, ids: readonly number[]): Promise<readonly ReachRow[]> {
    const from = rowsOf(
      this.#database.kind,
      { alias: "n", columns: { id: "int" } },
      ids.map((id) => ({ id })),
    );
    const source = sql`${from} JOIN membership AS m ON m.id = n.id`;
    return (await reachRows(sql`m.list_id + 0 = ${listId} AND ${this.#others}`, source).execute(this.#database.reader))
      .rows;
  }

  async #ticked(persons: readonly number[]): Promise<void> {
    const { listIds } = this.#reach;
    if (listIds.length === 0) return;
    const from = rowsOf(
      this.#database.kind,
      { alias: "n", columns: { person: "int" } },
      persons.map((person) => ({ person })),
    );
    // Also by whom they were when somebody ticked them.
    const rows = [
      sql`membership AS m ON m.person_id = n.person`,
      sql`former_person AS f ON f.person_id = n.person JOIN membership AS m ON m.id = f.membership_id`,
    ].map((those) =>
      reachRows(sql`m.list_id + 0 IN (${sql.join(listIds)}) AND ${this.#others}`, sql`${from} JOIN ${those}`),
    );
    const found = (await Promise.all(rows.map((each) => each.execute(this.#database.reader)))).flatMap(
      (each) => each.rows,
    );
    const inOrder = byId(found);
    const once = [...new Map(inOrder.map((row) => [row.personId, row])).values()];
    this.#count += once.length;
    this.#first.push(...once.slice(0, this.#shown).map(reachedOf));
  }

  /** The sender counts where a list on which they fit gives its senders a copy. */
  async #poster(): Promise<void> {
    const { posterId, listIds, recipients } = this.#reach;
    if (posterId === undefined || listIds.length === 0) return;
    if (recipients?.kind === "ticked" && !recipients.persons.includes(posterId)) return;
    const { rows } = await reachRows(
      sql`m.person_id = ${posterId} AND m.status = 'active' AND m.list_id + 0 IN (${sql.join(listIds)})`,
      sql`membership AS m JOIN list ON list.id = m.list_id AND list.own_copy = 1`,
    ).execute(this.#database.reader);
    const own = rows.find((row) => this.#fits(row));
    if (own !== undefined) this.#count += 1;
    if (own !== undefined) this.#first.push(reachedOf(own));
  }

  get #others(): RawBuilder<unknown> {
    return sql`m.status = 'active' AND m.person_id <> ${this.#reach.posterId ?? -1}`;
  }
}
