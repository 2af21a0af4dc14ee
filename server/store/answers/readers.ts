/**
 * Who has confirmed reading a post, and who has not: pages by key, searched by the name and address that the copy went to. A page
 * walks along an index that has nothing but such copies; what is rare, of a search, is found by the search index. Its work is bounded,
 * so a page of a search for what only others have ends early and says so.
 */
import { sql } from "kysely";
import type { RawBuilder, SqlBool } from "kysely";
import type { Attributes } from "../../lists/member.ts";
import type { DeliveryState } from "../../lists/delivery.ts";
import { searchWords } from "../../lists/search-text.ts";
import { eachOnce, pageOfWalk, walkInPieces } from "../database/bounded-walk.ts";
import type { Walked } from "../database/bounded-walk.ts";
import type { Database } from "../database/database.ts";
import { ownersOf } from "../people/former-persons.ts";
import { holds, searchedVersions } from "../search/member-index.ts";
import { rowsOf } from "../database/rows.ts";
import { isSilent } from "./silent-members.ts";

export type Reader = {
  readonly deliveryId: number;
  /** As they were at sending; "" once erased. */
  readonly name: string;
  readonly address: string;
  readonly attributes: Attributes;
  readonly state: DeliveryState;
  readonly confirmedAt: number | undefined;
};

/** A place in the order: of those who have confirmed the time, the last first, and the copy; of the others the family and the person. */
export type ReaderKey = { readonly first: number | string; readonly id: number };

export type ReaderQuery = {
  readonly post: { readonly id: number; readonly listId: number; readonly messageId: number };
  readonly shown: "silent" | "confirmed";
  readonly search: string;
  readonly after: ReaderKey | undefined;
  readonly limit: number;
  /** Rows that are walked along for one page, some microseconds each; ten thousand unless said. */
  readonly patience?: number;
};

export type ReaderPage = {
  readonly readers: readonly Reader[];
  /** The next page begins after it; undefined where this is the last. */
  readonly next: ReaderKey | undefined;
  /** Nobody has looked beyond `next` yet: there may be more, or none. */
  readonly isCut: boolean;
};

type Step = ReaderKey & { readonly delivery: number; readonly fits: number | boolean };

/** Versions that a search may find for their copies to be sorted at once. */
const mostFound = 2000;

export async function pageOfReaders(database: Database, query: ReaderQuery): Promise<ReaderPage> {
  const words = searchWords(query.search);
  const found = words.length === 0 ? undefined : await searched(database, query, words);
  const { shown, last, isCut } = pageOfWalk(found ?? (await walked(database, query, words)), query.limit);
  const readers = await readersOf(
    database,
    shown.map(({ delivery }) => delivery),
  );
  return { readers, next: last && { first: last.first, id: last.id }, isCut };
}

function walked(database: Database, query: ReaderQuery, words: readonly string[]): Promise<Walked<Step>> {
  return walkInPieces<Step>(query, async (after, size) => {
    const { rows } = await sql<Step>`SELECT bounded.*, ${fitting(database, query, words)} AS fits
      FROM (${walkOf(query, after ?? query.after)} LIMIT ${sql.lit(size)}) AS bounded ${joined(sql`bounded.delivery`)}`.execute(
      database.reader,
    );
    // Nothing promises that a join keeps the order of its rows.
    return rows.toSorted((one, other) => comparePlaces(query, one, other));
  });
}

/** Undefined where the search index knows no few that may fit. */
async function searched(
  database: Database,
  query: ReaderQuery,
  words: readonly string[],
): Promise<Walked<Step> | undefined> {
  const { post, shown, after } = query;
  const versions = await searchedVersions(database, post.listId, { words, most: mostFound });
  if (versions === undefined) return undefined;
  const from = rowsOf(
    database.kind,
    { alias: "n", columns: { version: "int" } },
    versions.map((version) => ({ version })),
  );
  const key = shown === "silent" ? sql`o.silent_as AS first, o.person_id AS id` : sql`c.at AS first, o.id AS id`;
  const isShown = shown === "silent" ? sql`o.silent_as IS NOT NULL` : sql`c.at IS NOT NULL`;
  // SQLite keeps the order of a CROSS JOIN: it would begin with all copies of the message.
  const found = ownersOf(sql`found.membership_id`).map(
    (whose) => sql`SELECT o.id AS delivery, ${key}, 1 AS fits
    FROM ${from} JOIN membership_version AS found ON found.id = n.version ${whose}
    CROSS JOIN delivery AS each_copy ${joined(sql`each_copy.id`)}
    LEFT JOIN confirmation AS c ON c.delivery_id = o.id
    WHERE each_copy.message_id = ${post.messageId} AND each_copy.person_id = w.person_id
      AND each_copy.version_id = found.id AND ${isShown} AND ${fitting(database, query, words)}`,
  );
  const { rows } = await sql<Step>`${sql.join(found, sql` UNION ALL `)}`.execute(database.reader);
  const steps = eachOnce(rows).toSorted((one, other) => comparePlaces(query, one, other));
  return {
    steps: after === undefined ? steps : steps.filter((step) => comparePlaces(query, step, after) > 0),
    looked: undefined,
  };
}

/** By the index that has them in order, from a place on. */
function walkOf(query: ReaderQuery, after: ReaderKey | undefined): RawBuilder<Step> {
  const postId = query.post.id;
  if (query.shown === "silent")
    return sql`SELECT s.id AS delivery, s.silent_as AS first, s.person_id AS id FROM delivery AS s
      WHERE s.post_id = ${postId} AND s.silent_as IS NOT NULL AND ${beyondMark(after)} ORDER BY s.silent_as, s.person_id`;
  const before = after === undefined ? sql`1 = 1` : sql`(s.at, s.delivery_id) < (${after.first}, ${after.id})`;
  return sql`SELECT s.delivery_id AS delivery, s.at AS first, s.delivery_id AS id FROM confirmation AS s
    WHERE s.post_id = ${postId} AND ${before} ORDER BY s.at DESC, s.delivery_id DESC`;
}

function beyondMark(after: ReaderKey | undefined): RawBuilder<SqlBool> {
  return after === undefined ? sql`1 = 1` : sql`(s.silent_as, s.person_id) > (${after.first}, ${after.id})`;
}

function comparePlaces({ shown }: ReaderQuery, one: ReaderKey, other: ReaderKey): number {
  const order = compareFirst(one.first, other.first) || one.id - other.id;
  return shown === "silent" ? order : -order;
}

/** Texts by their octets, as the index has them. */
function compareFirst(one: number | string, other: number | string): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return one === other ? 0 : Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
}

/** The copy `o` with its post `op` and version `ov`, as `isSilent` wants them. */
function joined(delivery: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`JOIN delivery AS o ON o.id = ${delivery} JOIN post AS op ON op.id = o.post_id
    LEFT JOIN membership_version AS ov ON ov.id = o.version_id`;
}

/** Of the post, with all of the words; whose copy never left was not asked. */
function fitting({ kind }: Database, { post, shown }: ReaderQuery, words: readonly string[]): RawBuilder<SqlBool> {
  const all = [
    sql<SqlBool>`o.post_id + 0 = ${post.id}`,
    ...words.map((word) => sql<SqlBool>`COALESCE(${holds(kind, sql`ov`, word)}, FALSE)`),
    ...(shown === "silent" ? [sql<SqlBool>`o.state <> 'cancelled'`, isSilent(kind, "unread")] : []),
  ];
  return sql<SqlBool>`(${sql.join(all, sql` AND `)})`;
}

/** In the order of the ids. */
async function readersOf({ reader }: Database, ids: readonly number[]): Promise<readonly Reader[]> {
  if (ids.length === 0) return [];
  const rows = await reader
    .selectFrom("delivery as d")
    .leftJoin("membership_version as v", "v.id", "d.version_id")
    .leftJoin("confirmation as c", "c.delivery_id", "d.id")
    .select(["d.id", "d.state", "v.name", "v.address", "v.attributes", "c.at"])
    .where("d.id", "in", ids)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    return {
      deliveryId: id,
      name: row.name ?? "",
      address: row.address ?? "",
      attributes: JSON.parse(row.attributes ?? "{}") as Attributes,
      state: row.state,
      confirmedAt: row.at ?? undefined,
    };
  });
}
