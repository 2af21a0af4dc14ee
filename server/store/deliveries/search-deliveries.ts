/**
 * A search among a post's deliveries, in the order of their pages: state, then id. What is frequent is met by walking along; what is
 * rare is found by the index of versions, and each version's delivery by its person. Between the two the work of one page has a
 * bound: it may then end early and say so.
 */
import { sql } from "kysely";
import type { RawBuilder, SqlBool } from "kysely";
import { deliveryStates } from "../../lists/delivery.ts";
import type { DeliveryState } from "../../lists/delivery.ts";
import type { Database } from "../database/database.ts";
import { holds, searchedVersions } from "../search/member-index.ts";
import { rowsOf } from "../database/rows.ts";
import { isRare, textSample } from "../search/text-sample.ts";
import type { TextSample } from "../search/text-sample.ts";

export type Place = { readonly state: DeliveryState; readonly id: number };

export type DeliverySearch = {
  readonly postId: number;
  readonly words: readonly string[];
  readonly state: DeliveryState | undefined;
  readonly after: Place | undefined;
  readonly limit: number;
  /** Rows that are walked along at most before the page ends early; twenty thousand unless said. */
  readonly patience: number | undefined;
};

/** Ids in order. */
export type FoundDeliveries = {
  readonly ids: readonly number[];
  /** The next page begins after this place; undefined when this is the last. */
  readonly next: Place | undefined;
  /** Nobody has looked beyond `next` yet: there may be more that fit, or none. */
  readonly isCut: boolean;
};

/** Rows that are walked along before the index is asked: enough for what one member in forty has. */
const firstLook = 4000;
const mostWalked = 20_000;
/** In one query. */
const pieceRows = 1000;
/** Versions that the index may find. */
const mostVersions = 4000;

export async function searchDeliveries(database: Database, search: DeliverySearch): Promise<FoundDeliveries> {
  const post = await postOf(database, search.postId);
  if (post === undefined) return paged([], search.limit);
  // How its members are called now says enough of how they were.
  const sampled = { post, sample: await textSample(database, post.listId) };
  if (!isRare(sampled.sample, search.words)) return walked(database, search, sampled);
  const rare = await byVersions(database, search, sampled);
  return rare === undefined ? walked(database, search, undefined) : paged(rare, search.limit);
}

/** `unasked`: the index may still know. */
async function walked(
  database: Database,
  search: DeliverySearch,
  unasked: SampledPost | undefined,
): Promise<FoundDeliveries> {
  const { limit, patience = mostWalked } = search;
  const found: Place[] = [];
  let looked = 0;
  for await (const piece of walk(database, search)) {
    const last = piece.at(-1);
    found.push(...piece.filter(({ fits }) => fits));
    if (found.length > limit) break;
    looked += piece.length;
    const first = Math.min(firstLook, patience);
    if (unasked !== undefined && looked >= first && looked - piece.length < first) {
      const few = await byVersions(database, search, unasked);
      if (few !== undefined) return paged(few, limit);
    }
    if (looked >= patience && last !== undefined)
      return { ids: found.map(({ id }) => id), next: { state: last.state, id: last.id }, isCut: true };
  }
  return paged(found, limit);
}

function paged(found: readonly Place[], limit: number): FoundDeliveries {
  const shown = found.slice(0, limit);
  return { ids: shown.map(({ id }) => id), next: found.length > limit ? shown.at(-1) : undefined, isCut: false };
}

type Step = Place & { readonly fits: boolean };

/** State by state from the place on, a piece at a time. */
async function* walk(
  database: Database,
  { postId, words, state, after }: DeliverySearch,
): AsyncGenerator<readonly Step[]> {
  for (const one of deliveryStates.toSorted()) {
    if ((state !== undefined && one !== state) || (after !== undefined && one < after.state)) continue;
    let from = one === after?.state ? after.id : 0;
    for (let rows = pieceRows; rows === pieceRows;) {
      const piece = await sql<{ id: number; fits: boolean | number }>`
        SELECT d.id, (SELECT ${holdsAll(database, words)} FROM membership_version AS fv WHERE fv.id = d.version_id) AS fits
        FROM delivery AS d WHERE d.post_id = ${postId} AND d.state = ${one} AND d.id > ${from}
        ORDER BY d.id LIMIT ${pieceRows}`.execute(database.reader);
      rows = piece.rows.length;
      from = piece.rows.at(-1)?.id ?? from;
      yield piece.rows.map((row) => ({ state: one, id: row.id, fits: Boolean(row.fits) }));
    }
  }
}

type SampledPost = {
  readonly post: { readonly listId: number; readonly messageId: number };
  readonly sample: TextSample;
};

async function postOf(database: Database, id: number): Promise<SampledPost["post"] | undefined> {
  return database.reader
    .selectFrom("post")
    .select(["list_id as listId", "message_id as messageId"])
    .where("id", "=", id)
    .executeTakeFirst();
}

/** All that fit, from the place on, in order; undefined when the index knows too many, or nothing of such words. */
async function byVersions(
  database: Database,
  { postId, words, state, after }: DeliverySearch,
  { post, sample }: SampledPost,
): Promise<readonly Place[] | undefined> {
  const versions = await versionsWith(database, post.listId, { words, sample });
  if (versions === undefined) return undefined;
  const from = rowsOf(database.kind, { alias: "n", columns: { version: "int", membership: "int" } }, versions);
  // SQLite keeps the order of a CROSS JOIN: it would begin with all deliveries of the message.
  const got = sql`CROSS JOIN delivery AS d WHERE d.message_id = ${post.messageId}
    AND d.version_id + 0 = n.version AND d.post_id + 0 = ${postId}`;
  const { rows } = await sql<Place>`
    SELECT d.id, d.state FROM ${from} JOIN membership AS m ON m.id = n.membership ${got} AND d.person_id = m.person_id
    UNION ALL
    SELECT d.id, d.state FROM ${from} JOIN former_person AS o ON o.membership_id = n.membership ${got} AND d.person_id = o.person_id`.execute(
    database.reader,
  );
  // Who has become a former person of theirs again is met twice.
  const places = new Map(rows.map((row) => [row.id, row]));
  return [...places.values()]
    .filter((place) => state === undefined || place.state === state)
    .filter((place) => after === undefined || compare(place, after) > 0)
    .toSorted(compare);
}

/** Those of a list whose text holds the words. */
async function versionsWith(
  database: Database,
  listId: number,
  { words, sample }: Pick<DeliverySearch, "words"> & Pick<SampledPost, "sample">,
): Promise<readonly { readonly version: number; readonly membership: number }[] | undefined> {
  const versions = await searchedVersions(database, listId, { words, most: mostVersions, sample });
  if (versions === undefined) return undefined;
  const source = versions.map((version) => ({ version }));
  const { rows } = await sql<{ version: number; membership: number }>`
    SELECT fv.id AS version, fv.membership_id AS membership
    FROM ${rowsOf(database.kind, { alias: "n", columns: { version: "int" } }, source)}
    JOIN membership_version AS fv ON fv.id = n.version`.execute(database.reader);
  return rows;
}

function holdsAll({ kind }: Database, words: readonly string[]): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.join(
    words.map((word) => holds(kind, sql`fv`, word)),
    sql` AND `,
  )}`;
}

function compare(one: Place, other: Place): number {
  if (one.state === other.state) return one.id - other.id;
  return one.state < other.state ? -1 : 1;
}
