/**
 * A search among a post's deliveries, in the order of their pages: state, then id. What is frequent is met by walking along; what is
 * rare is found by the index of versions, and each version's delivery by its person.
 */
import { sql } from "kysely";
import { deliveryStates } from "../lists/delivery.ts";
import type { DeliveryState } from "../lists/delivery.ts";
import type { Database } from "./database.ts";
import { holds, searchedVersions } from "./member-index.ts";
import { rowsOf } from "./rows.ts";

export type Place = { readonly state: DeliveryState; readonly id: number };

export type DeliverySearch = {
  readonly postId: number;
  readonly words: readonly string[];
  readonly state: DeliveryState | undefined;
  readonly after: Place | undefined;
  readonly limit: number;
};

type Post = {
  readonly id: number;
  readonly list_id: number;
  readonly message_id: number;
  readonly accepted_at: number;
};

/** Rows that are walked along before the index is asked, and in one query. */
const firstLook = 4000;
const pieceRows = 1000;
/** Versions that the index may find. */
const mostVersions = 4000;

/** Ids in order. */
export async function searchDeliveries(database: Database, search: DeliverySearch): Promise<readonly number[]> {
  const { postId, after, limit } = search;
  const post = await database.reader
    .selectFrom("post")
    .select(["id", "list_id", "message_id", "accepted_at"])
    .where("id", "=", postId)
    .executeTakeFirst();
  if (post === undefined) return [];
  const found: number[] = [];
  let looked = 0;
  for await (const piece of walk(database, search)) {
    found.push(...piece.filter(({ fits }) => fits).map(({ id }) => id));
    if (found.length >= limit) break;
    looked += piece.length;
    if (looked < firstLook || looked - piece.length >= firstLook) continue;
    const few = await byVersions(database, post, search);
    if (few !== undefined)
      return few
        .filter((place) => after === undefined || compare(place, after) > 0)
        .toSorted(compare)
        .slice(0, limit)
        .map(({ id }) => id);
  }
  return found.slice(0, limit);
}

type Step = { readonly id: number; readonly fits: boolean };

/** State by state from the place on, a piece at a time. */
async function* walk(
  database: Database,
  { postId, words, state, after }: DeliverySearch,
): AsyncGenerator<readonly Step[]> {
  const fits = sql.join(
    words.map((word) => holds(database.kind, sql`fv`, word)),
    sql` AND `,
  );
  for (const one of deliveryStates.toSorted()) {
    if ((state !== undefined && one !== state) || (after !== undefined && one < after.state)) continue;
    let from = one === after?.state ? after.id : 0;
    for (let rows = pieceRows; rows === pieceRows;) {
      const piece = await sql<{ id: number; fits: boolean | number }>`
        SELECT d.id, (SELECT ${fits} FROM membership_version AS fv WHERE fv.id = d.version_id) AS fits FROM delivery AS d
        WHERE d.post_id = ${postId} AND d.state = ${one} AND d.id > ${from}
        ORDER BY d.id LIMIT ${pieceRows}`.execute(database.reader);
      rows = piece.rows.length;
      from = piece.rows.at(-1)?.id ?? from;
      yield piece.rows.map((row) => ({ id: row.id, fits: Boolean(row.fits) }));
    }
  }
}

type Found = {
  readonly version: number;
  readonly id: number | null;
  readonly state: DeliveryState;
  /** Whether the member, as the version shows them, can have been among the post's recipients. */
  readonly may: boolean | number;
};

/**
 * Undefined when the index knows too many, or not enough: a member who has become another person since, by a change of address or
 * a merging of two persons, is no longer found by the person.
 */
async function byVersions(
  database: Database,
  post: Post,
  { words, state }: DeliverySearch,
): Promise<readonly Place[] | undefined> {
  const versions = await searchedVersions(database, post.list_id, { words, most: mostVersions });
  if (versions === undefined) return undefined;
  const from = rowsOf(
    database.kind,
    { alias: "n", columns: { version: "int" } },
    versions.map((version) => ({ version })),
  );
  const { rows } = await sql<Found>`
    SELECT fv.id AS version, d.id, d.state,
      fv.created_at <= ${post.accepted_at} AND (m.inactive_since IS NULL OR m.inactive_since > ${post.accepted_at}) AS may
    FROM ${from} JOIN membership_version AS fv ON fv.id = n.version JOIN membership AS m ON m.id = fv.membership_id
    LEFT JOIN delivery AS d ON d.message_id = ${post.message_id} AND d.person_id = m.person_id
      AND d.version_id + 0 = fv.id AND d.post_id + 0 = ${post.id}
    WHERE ${sql.join(
      words.map((word) => holds(database.kind, sql`fv`, word)),
      sql` AND `,
    )}`.execute(database.reader);
  if (rows.some(({ id, may }) => id === null && Boolean(may))) return undefined;
  return rows.flatMap((row) => (row.id === null || (state ?? row.state) !== row.state ? [] : [{ ...row, id: row.id }]));
}

function compare(one: Place, other: Place): number {
  if (one.state === other.state) return one.id - other.id;
  return one.state < other.state ? -1 : 1;
}
