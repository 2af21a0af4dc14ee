/**
 * One page of a list's members, searched, of one status, in any order, at the same cost on the first page and the thousandth. What
 * is frequent is met by walking along the order; what is rare is found by an index and sorted in memory. Between the two there is
 * a bound on the work of one page: it may then end early and say so.
 */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import { searchWords } from "../../lists/search-text.ts";
import { memberStatuses } from "../../lists/member.ts";
import type { StatusWish } from "../../lists/member.ts";
import type { Database } from "../database/database.ts";
import { searchedVersions } from "../search/member-index.ts";
import { comparePlaces, conditionsOf, MemberWalk } from "./member-order.ts";
import type { MemberFilter, MemberOrder, Place, Step } from "./member-order.ts";
import { memberCounts } from "./member-tally.ts";
import { rowsOf } from "../database/rows.ts";
import { isRare, textSample } from "../search/text-sample.ts";
import type { TextSample } from "../search/text-sample.ts";

export type MemberQuery = {
  readonly search?: string;
  readonly status?: StatusWish;
  /** A field of `member_value`: "name", "address" or one of `attributeField`; by joining where there is none. */
  readonly sort?: string;
  readonly descending?: boolean;
  /** The page begins after this member, or ends before that one. */
  readonly after?: number;
  readonly before?: number;
  readonly limit: number;
  /** Rows that are walked along at most before the page ends early; a hundred thousand unless said. */
  readonly patience?: number;
};

/** Ids in order. */
export type MemberIds = {
  readonly ids: readonly number[];
  /** The next page begins after this member; undefined when this is the last. */
  readonly next: number | undefined;
  /** The previous page ends before this member; undefined when this is the first. */
  readonly previous: number | undefined;
  /** Nobody has looked beyond `next` yet: there may be more who fit, or none. */
  readonly isCut: boolean;
};

/** Rows that are walked along, at some microsecond each, before an index is asked: enough for what one member in a hundred has. */
const firstLook = 4000;
/** Members that an index may find for them to be sorted in memory. */
const mostSorted = 4000;
/** Only a word that many have, but far down, takes so many. */
const mostWalked = 100_000;
/** In one query. */
const pieceRows = 1000;

type Asked = {
  readonly filter: MemberFilter;
  readonly order: MemberOrder;
  readonly backward: boolean;
  readonly from: Place | undefined;
  /** One more than the page holds. */
  readonly wanted: number;
  readonly patience: number;
};

export async function listMembers(database: Database, listId: number, query: MemberQuery): Promise<MemberIds> {
  const order = { field: query.sort, descending: query.descending ?? false };
  const backward = query.before !== undefined;
  const from = await placeOf(database, listId, { id: query.before ?? query.after, field: query.sort });
  const filter = { listId, words: searchWords(query.search ?? ""), status: query.status };
  const found = await find(database, {
    filter,
    order,
    backward,
    from,
    wanted: query.limit + 1,
    patience: query.patience ?? mostWalked,
  });
  // Back at the beginning, which is no page of its own.
  if (backward && found.places.length <= query.limit && !found.isCut)
    return listMembers(database, listId, { ...withoutPlace(query) });
  return paged(found, query, backward);
}

type Found = { readonly places: readonly Place[]; readonly isCut: boolean; readonly looked: Place | undefined };

function paged({ places, isCut, looked }: Found, { limit, after }: MemberQuery, backward: boolean): MemberIds {
  const isMore = places.length > limit;
  const ids = places.slice(0, limit).map(({ id }) => id);
  const beyond = isMore ? ids.at(-1) : isCut ? looked?.id : undefined;
  if (backward) ids.reverse();
  return backward
    ? { ids, previous: beyond, next: ids.at(-1) ?? looked?.id, isCut }
    : { ids, previous: after === undefined ? undefined : (ids[0] ?? after), next: beyond, isCut };
}

function withoutPlace({ search, status, sort, descending, limit }: MemberQuery): MemberQuery {
  return {
    limit,
    ...(search !== undefined && { search }),
    ...(status !== undefined && { status }),
    ...(sort !== undefined && { sort }),
    ...(descending !== undefined && { descending }),
  };
}

/** In the direction of the page. */
async function find(database: Database, asked: Asked): Promise<Found> {
  const { listId, words } = asked.filter;
  const walk = new MemberWalk(database, asked);
  const sample = words.length === 0 ? undefined : await textSample(database, listId);
  const first = await walkOn(walk, { wanted: asked.wanted, most: looksOf(asked, sample) });
  if (walk.isOver || first.places.length >= asked.wanted) return { ...first, isCut: false };
  const few = await fewMembers(database, asked, sample);
  if (few !== undefined) return { places: within(few, asked), isCut: false, looked: undefined };
  const more = await walkOn(walk, { wanted: asked.wanted - first.places.length, most: asked.patience });
  const places = [...first.places, ...more.places];
  return { places, looked: more.looked ?? first.looked, isCut: places.length < asked.wanted && !walk.isOver };
}

/** How many are walked along before an index is asked: none for what hardly anybody has. */
function looksOf({ filter, wanted }: Asked, sample: TextSample | undefined): number {
  if (sample !== undefined && isRare(sample, filter.words)) return 0;
  return sample !== undefined || filter.status !== undefined ? firstLook : wanted;
}

async function walkOn(
  walk: MemberWalk,
  { wanted, most }: { readonly wanted: number; readonly most: number },
): Promise<Omit<Found, "isCut">> {
  const places: Step[] = [];
  let looked: Place | undefined;
  for (let rows = 0; rows < most && places.length < wanted && !walk.isOver;) {
    const steps = await walk.next(Math.min(rows === 0 ? Math.max(200, wanted) : pieceRows, most - rows));
    rows += steps.length;
    looked = steps.at(-1) ?? looked;
    places.push(...steps.filter(({ fits }) => fits));
  }
  return { places: places.slice(0, wanted), looked };
}

/** All who fit, when an index says that they are few. */
async function fewMembers(
  database: Database,
  { filter, order }: Asked,
  sample: TextSample | undefined,
): Promise<readonly Place[] | undefined> {
  const { listId, words, status } = filter;
  const versions = sample && (await searchedVersions(database, listId, { words, most: mostSorted, sample }));
  if (versions !== undefined) {
    const from = rowsOf(
      database.kind,
      { alias: "n", columns: { version: "int" } },
      versions.map((version) => ({ version })),
    );
    return places(
      database,
      { filter, order },
      sql`${from} JOIN membership_version AS fv ON fv.id = n.version
        JOIN membership AS fm ON fm.id = fv.membership_id AND fm.version_id = fv.id`,
    );
  }
  if (status === undefined) return undefined;
  const counts = await memberCounts(database, listId);
  const statuses = memberStatuses.filter((each) => (status === "present" ? each !== "left" : each === status));
  if (statuses.reduce((sum, each) => sum + counts[each], 0) > mostSorted) return undefined;
  return places(
    database,
    { filter, order },
    sql`(SELECT id, list_id, version_id, status FROM membership WHERE list_id = ${listId} AND status IN (${sql.join(statuses)})) AS fm
      JOIN membership_version AS fv ON fv.id = fm.version_id`,
  );
}

async function places(
  database: Database,
  { filter, order }: Pick<Asked, "filter" | "order">,
  source: RawBuilder<unknown>,
): Promise<readonly Place[]> {
  const value =
    order.field === undefined
      ? sql`NULL`
      : sql`(SELECT s.value FROM member_value AS s WHERE s.membership_id = fm.id AND s.field = ${order.field})`;
  const { rows } = await sql<{ id: number; list: number; value: string | null }>`
    SELECT fm.id, fm.list_id AS list, ${value} AS value FROM ${source}
    WHERE ${sql.join(conditionsOf(database, filter), sql` AND `)}`.execute(database.reader);
  // Asked for in the statement, the list would make either database begin with all of its members.
  const own = rows.filter(({ list }) => list === filter.listId);
  return own.map((row) => ({ id: row.id, value: row.value ?? undefined }));
}

/** Sorted in the direction of the page, from its place on. */
function within(all: readonly Place[], { order, backward, from, wanted }: Asked): readonly Place[] {
  const forward = comparePlaces(order);
  const compare = (one: Place, other: Place): number => (backward ? forward(other, one) : forward(one, other));
  const beyond = from === undefined ? all : all.filter((place) => compare(place, from) > 0);
  return beyond.toSorted(compare).slice(0, wanted);
}

async function placeOf(
  database: Database,
  listId: number,
  { id, field }: { readonly id: number | undefined; readonly field: string | undefined },
): Promise<Place | undefined> {
  if (id === undefined) return undefined;
  if (field === undefined) return { id, value: undefined };
  const row = await database.reader
    .selectFrom("member_value")
    .select("value")
    .where("membership_id", "=", id)
    .where("field", "=", field)
    .where("list_id", "=", listId)
    .executeTakeFirst();
  return { id, value: row?.value };
}
