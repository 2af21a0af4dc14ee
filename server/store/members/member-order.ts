/**
 * The orders in which members of a list are shown, as walks along an index: by joining, by status and joining, or by a field of
 * `member_value` with those who have no value at the end. A walk looks at a few rows a step and says of each whether it fits.
 */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { StatusWish } from "../../lists/member.ts";
import type { Database } from "../database/database.ts";
import { holds } from "../search/member-index.ts";

export type MemberFilter = {
  readonly listId: number;
  readonly words: readonly string[];
  readonly status: StatusWish | undefined;
};

export type MemberOrder = {
  /** Of `member_value`; undefined: by joining. */
  readonly field: string | undefined;
  readonly descending: boolean;
};

/** Where a walk stands: undefined value for members without one, and in the order of joining. */
export type Place = { readonly id: number; readonly value: string | undefined };

export type Step = Place & { readonly fits: boolean };

type Part = "valued" | "others";
type Way = { readonly filter: MemberFilter; readonly order: MemberOrder; readonly backward: boolean };

/** Steps of one walk, in order, a piece at a time. Ends with the list. */
export class MemberWalk {
  readonly #database: Database;
  readonly #way: Way;
  #part: Part;
  #place: Place | undefined;
  #isOver = false;

  /** From after the place, or from the beginning. Backward: from before it, towards the beginning. */
  constructor(database: Database, way: Way & { readonly from: Place | undefined }) {
    this.#database = database;
    this.#way = way;
    this.#place = way.from;
    const parts = this.#parts;
    this.#part = way.from === undefined ? parts[0] : way.from.value === undefined ? "others" : "valued";
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  async next(most: number): Promise<readonly Step[]> {
    const steps: Step[] = [];
    while (steps.length < most && !this.#isOver) {
      const limit = most - steps.length;
      const rows = await (this.#part === "valued" ? this.#valued(limit) : this.#others(limit));
      steps.push(...rows);
      this.#place = rows.at(-1) ?? this.#place;
      if (rows.length < limit) this.#endPart();
    }
    return steps;
  }

  get #parts(): readonly [Part, ...Part[]] {
    if (this.#way.order.field === undefined) return ["others"];
    return this.#way.backward ? ["others", "valued"] : ["valued", "others"];
  }

  #endPart(): void {
    const next = this.#parts[this.#parts.indexOf(this.#part) + 1];
    this.#isOver = next === undefined;
    this.#part = next ?? this.#part;
    this.#place = undefined;
  }

  get #direction(): {
    readonly isDown: boolean;
    readonly sign: RawBuilder<unknown>;
    readonly word: RawBuilder<unknown>;
  } {
    const isDown = this.#way.order.descending !== this.#way.backward;
    return isDown ? { isDown, sign: sql`<`, word: sql`DESC` } : { isDown, sign: sql`>`, word: sql`ASC` };
  }

  async #valued(limit: number): Promise<readonly Step[]> {
    const { filter, order } = this.#way;
    const { sign, word } = this.#direction;
    const place = this.#place;
    const beyond =
      place === undefined ? sql`` : sql`AND (s.value, s.membership_id) ${sign} (${place.value}, ${place.id})`;
    const { rows } = await sql<Row>`
      SELECT s.membership_id AS id, s.value, ${this.#fits(sql`s.membership_id`)} AS fits FROM member_value AS s
      WHERE s.list_id = ${filter.listId} AND s.field = ${order.field} ${beyond}
      ORDER BY s.value ${word}, s.membership_id ${word} LIMIT ${limit}`.execute(this.#database.reader);
    return rows.map((row) => ({ ...row, fits: Boolean(row.fits) }));
  }

  /** In the order of joining: everybody, or those without a value. One status has an index of its own. */
  async #others(limit: number): Promise<readonly Step[]> {
    const { listId, status } = this.#way.filter;
    const { sign, word, isDown } = this.#direction;
    const from = this.#place?.id ?? (isDown ? Number.MAX_SAFE_INTEGER : 0);
    const ofStatus = status === undefined || status === "present" ? sql`` : sql`AND m.status = ${status}`;
    const { rows } = await sql<Row>`
      SELECT m.id, NULL AS value, ${this.#fits(sql`m.id`)} AS fits FROM membership AS m
      WHERE m.list_id = ${listId} ${ofStatus} AND m.id ${sign} ${from} ORDER BY m.id ${word} LIMIT ${limit}`.execute(
      this.#database.reader,
    );
    return rows.map(({ id, fits }) => ({ id, value: undefined, fits: Boolean(fits) }));
  }

  #fits(id: RawBuilder<unknown>): RawBuilder<unknown> {
    const { filter, order } = this.#way;
    const conditions = conditionsOf(this.#database, filter);
    if (this.#part === "others" && order.field !== undefined)
      conditions.push(
        sql`NOT EXISTS (SELECT 1 FROM member_value AS o WHERE o.membership_id = fm.id AND o.field = ${order.field})`,
      );
    if (conditions.length === 0) return sql`1`;
    // PostgreSQL would make of EXISTS a table of all members who fit, before it looks at the first.
    return sql`(SELECT ${sql.join(conditions, sql` AND `)} FROM membership AS fm
      JOIN membership_version AS fv ON fv.id = fm.version_id WHERE fm.id = ${id})`;
  }
}

/** SQLite has no booleans. */
type Row = Place & { readonly fits: boolean | number };

/** On membership `fm` and its version `fv`. */
export function conditionsOf(database: Database, { words, status }: MemberFilter): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = words.map((word) => holds(database.kind, sql`fv`, word));
  if (status === "present") conditions.push(sql`fm.status <> 'left'`);
  else if (status !== undefined) conditions.push(sql`fm.status = ${status}`);
  return conditions;
}

/** Compares as both databases do: by the octets of UTF-8, those without a value last whichever way the order goes. */
export function comparePlaces({ field, descending }: MemberOrder): (one: Place, other: Place) => number {
  const sign = descending ? -1 : 1;
  return (one, other) => {
    if (field !== undefined && (one.value === undefined) !== (other.value === undefined))
      return one.value === undefined ? 1 : -1;
    const byValue = one.value === other.value ? 0 : Buffer.compare(octets(one), octets(other));
    return sign * (byValue === 0 ? one.id - other.id : byValue);
  };
}

function octets({ value = "" }: Place): Buffer {
  return Buffer.from(value);
}
