/**
 * Who has answered a post's poll, who took a choice, and who is silent: pages by key, searched by the name and address that the copy
 * went to. A page walks along an index; what is rare, of a search, is found by the search index. Its work is bounded, so that a page
 * of the few silent among a million may end early and say so.
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

export type RespondentsShown =
  { readonly kind: "answered" | "silent" } | { readonly kind: "choice"; readonly choiceId: number };

/** A place in the order: the latest answers first, everything else by number. */
export type RespondentKey = { readonly at: number; readonly id: number };

export type RespondentQuery = {
  readonly postId: number;
  readonly listId: number;
  readonly messageId: number;
  readonly anonymous: boolean;
  readonly shown: RespondentsShown;
  readonly search: string;
  readonly after: RespondentKey | undefined;
  readonly limit: number;
  /** Rows that are walked along for one page, some microseconds each; ten thousand unless said. */
  readonly patience?: number;
};

export type Respondent = {
  readonly deliveryId: number;
  readonly name: string;
  readonly address: string;
  readonly state: DeliveryState;
  /** As they were at sending. */
  readonly attributes: Attributes;
  /** Undefined for the silent, and where the poll is anonymous. */
  readonly answeredAt: number | undefined;
};

export type RespondentPage = {
  readonly respondents: readonly Respondent[];
  /** The next page begins after it; undefined where this is the last. */
  readonly next: RespondentKey | undefined;
  /** Nobody has looked beyond `next` yet: there may be more, or none. */
  readonly isCut: boolean;
};

type Step = RespondentKey & { readonly delivery: number; readonly fits: number | boolean };

/** Versions that a search may find for their deliveries to be sorted in memory. */
const mostFound = 2000;

export async function pageOfRespondents(database: Database, query: RespondentQuery): Promise<RespondentPage> {
  const words = searchWords(query.search);
  const found = words.length === 0 ? undefined : await searched(database, query, words);
  const { shown, last, isCut } = pageOfWalk(found ?? (await walked(database, query, words)), query.limit);
  const respondents = await respondentsOf(
    database,
    shown.map(({ delivery }) => delivery),
  );
  return { respondents, next: last && { at: last.at, id: last.id }, isCut };
}

function walked(database: Database, query: RespondentQuery, words: readonly string[]): Promise<Walked<Step>> {
  return walkInPieces<Step>(query, async (after, size) => {
    const { rows } = await sql<Step>`SELECT bounded.*, ${fitting(database, query, words)} AS fits
      FROM (${walkOf(query, after ?? query.after)} LIMIT ${sql.lit(size)}) AS bounded JOIN delivery AS d ON d.id = bounded.delivery
      LEFT JOIN membership_version AS v ON v.id = d.version_id
      LEFT JOIN respondent AS r ON r.delivery_id = d.id`.execute(database.reader);
    // Nothing promises that a join keeps the order of its rows.
    return rows.toSorted((one, other) => comparePlaces(query, one, other));
  });
}

/** Undefined where the search index knows no few that may fit. */
async function searched(
  database: Database,
  query: RespondentQuery,
  words: readonly string[],
): Promise<Walked<Step> | undefined> {
  const versions = await searchedVersions(database, query.listId, { words, most: mostFound });
  if (versions === undefined) return undefined;
  const from = rowsOf(
    database.kind,
    { alias: "n", columns: { version: "int" } },
    versions.map((version) => ({ version })),
  );
  // SQLite keeps the order of a CROSS JOIN: it would begin with all deliveries of the message.
  const found = ownersOf(sql`v.membership_id`).map(
    (whose) => sql`SELECT d.id AS delivery, ${keyOf(query)}, 1 AS fits
    FROM ${from} JOIN membership_version AS v ON v.id = n.version ${whose}
    CROSS JOIN delivery AS d LEFT JOIN respondent AS r ON r.delivery_id = d.id
    WHERE d.message_id = ${query.messageId} AND d.person_id = w.person_id AND d.version_id = v.id
      AND ${fitting(database, query, words)} AND ${isShown(query)}`,
  );
  const { rows } = await sql<Step>`${sql.join(found, sql` UNION ALL `)}`.execute(database.reader);
  const sorted = eachOnce(rows).toSorted((one, other) => comparePlaces(query, one, other));
  const { after } = query;
  return {
    steps: after === undefined ? sorted : sorted.filter((step) => comparePlaces(query, step, after) > 0),
    looked: undefined,
  };
}

/** By the index that has them in order, from a place on. */
function walkOf(
  { postId, messageId, anonymous, shown }: RespondentQuery,
  after: RespondentKey | undefined,
): RawBuilder<Step> {
  if (shown.kind === "silent")
    return sql`SELECT id AS delivery, 0 AS at, person_id AS id FROM delivery
      WHERE message_id = ${messageId} AND person_id > ${after?.id ?? 0} ORDER BY person_id`;
  if (shown.kind === "choice")
    return sql`SELECT delivery_id AS delivery, 0 AS at, delivery_id AS id FROM answer_choice
      WHERE post_id = ${postId} AND choice_id = ${shown.choiceId} AND delivery_id > ${after?.id ?? 0} ORDER BY delivery_id`;
  if (anonymous)
    return sql`SELECT delivery_id AS delivery, 0 AS at, delivery_id AS id FROM respondent
      WHERE post_id = ${postId} AND at IS NULL AND delivery_id > ${after?.id ?? 0} ORDER BY delivery_id`;
  const beyond = after === undefined ? sql`1 = 1` : sql`(at, delivery_id) < (${after.at}, ${after.id})`;
  return sql`SELECT delivery_id AS delivery, at, delivery_id AS id FROM respondent
    WHERE post_id = ${postId} AND at IS NOT NULL AND ${beyond} ORDER BY at DESC, delivery_id DESC`;
}

function isLatestFirst({ anonymous, shown }: RespondentQuery): boolean {
  return shown.kind === "answered" && !anonymous;
}

function comparePlaces(query: RespondentQuery, one: RespondentKey, other: RespondentKey): number {
  return isLatestFirst(query) ? other.at - one.at || other.id - one.id : one.id - other.id;
}

function keyOf(query: RespondentQuery): RawBuilder<unknown> {
  if (isLatestFirst(query)) return sql`r.at AS at, d.id AS id`;
  return query.shown.kind === "silent" ? sql`0 AS at, d.person_id AS id` : sql`0 AS at, d.id AS id`;
}

/** Of the post, and with all of the words. */
function fitting(
  { kind }: Database,
  { postId, shown }: RespondentQuery,
  words: readonly string[],
): RawBuilder<SqlBool> {
  const all = [
    sql<SqlBool>`d.post_id + 0 = ${postId}`,
    ...words.map((word) => sql<SqlBool>`COALESCE(${holds(kind, sql`v`, word)}, FALSE)`),
    // Whose copy never left was not asked.
    ...(shown.kind === "silent" ? [sql<SqlBool>`r.delivery_id IS NULL AND d.state <> 'cancelled'`] : []),
  ];
  return sql<SqlBool>`(${sql.join(all, sql` AND `)})`;
}

/** What the walk has by itself. */
function isShown({ shown }: RespondentQuery): RawBuilder<SqlBool> {
  if (shown.kind === "choice")
    return sql`EXISTS (SELECT 1 FROM answer_choice AS a WHERE a.delivery_id = d.id AND a.choice_id = ${shown.choiceId})`;
  return shown.kind === "silent" ? sql`1 = 1` : sql`r.delivery_id IS NOT NULL`;
}

/** In the order of the ids. */
async function respondentsOf({ reader }: Database, ids: readonly number[]): Promise<readonly Respondent[]> {
  if (ids.length === 0) return [];
  const rows = await reader
    .selectFrom("delivery as d")
    .leftJoin("membership_version as v", "v.id", "d.version_id")
    .leftJoin("respondent as r", "r.delivery_id", "d.id")
    .select(["d.id", "d.state", "v.name", "v.address", "v.attributes", "r.at"])
    .where("d.id", "in", ids)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    const { state, name, address, at } = row;
    const attributes = JSON.parse(row.attributes ?? "{}") as Attributes;
    return [
      { deliveryId: id, state, attributes, name: name ?? "", address: address ?? "", answeredAt: at ?? undefined },
    ];
  });
}
