/**
 * One page of the posts of some lists, narrowed in any way, at a cost that does not grow with their number. Words are looked up in
 * an index; everything else is met by walking along the posts, the latest first. There is a bound on the work of one page: it
 * may then end early and say so.
 */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import { everyPost } from "../../lists/post-filter.ts";
import type { PostFilter } from "../../lists/post-filter.ts";
import { searchWords } from "../../lists/search-text.ts";
import type { Database } from "../database/database.ts";
import { postConditions } from "./post-conditions.ts";
import { postCandidates } from "./post-search.ts";
import type { Candidates } from "./post-search.ts";
import { rowsOf } from "../database/rows.ts";

export type HistoryQuery = {
  /** Undefined: of all lists that are not deleted. */
  readonly listIds: readonly number[] | undefined;
  readonly filter?: PostFilter;
  /** From before the post with this id. */
  readonly before?: number | undefined;
  readonly limit: number;
  /** Posts that are looked at before the page ends early; ten thousand unless said. */
  readonly patience?: number;
};

/** Ids, the latest first. */
export type HistoryIds = {
  readonly ids: readonly number[];
  /** The next page begins before this post; undefined when this is the last. */
  readonly next: number | undefined;
  /** Nobody has looked beyond `next` yet: there may be more that fit, or none. */
  readonly isCut: boolean;
};

const mostLooked = 10_000;
/** In the first query, and in the further ones. */
const [firstPiece, furtherPiece] = [100, 1000];
const dense = 3;
/** Of more lists than these the posts of all lists are walked along. */
const mostWalked = 30;

/** Posts below `before` down to `low`, which is 0 at the end; `ids` where an index has named them. */
type Piece = {
  readonly before: number;
  readonly low: number;
  readonly ids?: readonly number[];
  /** How many posts they are, more or less. */
  readonly looked: number;
};

/** The next piece below `before`, of some `size` posts. */
type Walk = (before: number, size: number) => Promise<Piece>;

export async function findHistory(database: Database, query: HistoryQuery): Promise<HistoryIds> {
  const { listIds, filter = everyPost, limit, patience = mostLooked } = query;
  if (listIds?.length === 0) return { ids: [], next: undefined, isCut: false };
  const walk = await walkOf(database, listIds, filter);
  const ids: number[] = [];
  let before = query.before ?? Number.MAX_SAFE_INTEGER;
  for (let looked = 0; before > 0 && looked < patience && ids.length <= limit;) {
    const size = Math.min(looked === 0 ? Math.max(firstPiece, limit + 1) : furtherPiece, patience - looked);
    const piece = await walk(before, size);
    ids.push(...(await fitting(database, piece, { listIds, filter })));
    looked += piece.looked;
    before = piece.low;
  }
  if (ids.length > limit) return { ids: ids.slice(0, limit), next: ids[limit - 1], isCut: false };
  return { ids, next: before > 0 ? before : undefined, isCut: before > 0 };
}

async function walkOf(database: Database, listIds: readonly number[] | undefined, filter: PostFilter): Promise<Walk> {
  const words = [...new Set([...searchWords(filter.search), ...searchWords(filter.sender)])];
  const candidates = words.length === 0 ? undefined : await postCandidates(database, { words, listIds });
  if (candidates !== undefined) return walkAlong(candidates);
  const walked = listIds === undefined || listIds.length > mostWalked ? [undefined] : listIds;
  return async (before, size) => {
    const step = Math.ceil(size / walked.length);
    const ends = await Promise.all(walked.map((list) => pieceEnd(database, { list, before, step })));
    const low = Math.max(...ends);
    const shares = ends.map((end) => (step * (before - low)) / (before - end));
    return { before, low, looked: Math.ceil(shares.reduce((sum, share) => sum + share, 0)) };
  };
}

function walkAlong(candidates: Candidates): Walk {
  return async (before, size) => {
    const ids = await candidates({ before, limit: size });
    const low = ids.length < size ? 0 : (ids.at(-1) ?? 0);
    // Of posts that stand close together all between them are looked at: naming them one by one takes longer.
    const isDense = low > 0 && Math.min(before, (ids[0] ?? 0) + 1) - low <= dense * ids.length;
    return isDense ? { before, low, looked: size } : { before, low, ids, looked: size };
  };
}

/** The id of the last of so many posts; 0 when there are fewer. */
async function pieceEnd(
  database: Database,
  { list, before, step }: { readonly list: number | undefined; readonly before: number; readonly step: number },
): Promise<number> {
  const ofList = list === undefined ? sql`` : sql`AND list_id = ${list}`;
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM post WHERE id < ${before} ${ofList} ORDER BY id DESC LIMIT 1 OFFSET ${step - 1}`.execute(
    database.reader,
  );
  return rows[0]?.id ?? 0;
}

/** Those of the piece that fit, sorted here: of several lists no index has them in order. */
async function fitting(
  database: Database,
  { before, low, ids }: Piece,
  { listIds, filter }: { readonly listIds: readonly number[] | undefined; readonly filter: PostFilter },
): Promise<readonly number[]> {
  const { kind } = database;
  const source = rowsOf(
    kind,
    { alias: "n", columns: { id: "int" } },
    (ids ?? []).map((id) => ({ id })),
  );
  const from: RawBuilder<unknown> = ids === undefined ? sql`post AS fp` : sql`${source} CROSS JOIN post AS fp`;
  const within = ids === undefined ? sql`fp.id < ${before} AND fp.id >= ${low}` : sql`fp.id = n.id`;
  // The sum keeps many lists from being looked up one by one in every piece.
  const list = (listIds?.length ?? 0) > mostWalked ? sql`fp.list_id + 0` : sql`fp.list_id`;
  const present =
    listIds === undefined
      ? sql`fp.list_id NOT IN (SELECT gone.id FROM list AS gone WHERE gone.deleted_at IS NOT NULL)`
      : sql`${list} IN (${sql.join(listIds)})`;
  const conditions = postConditions(kind, filter, ids === undefined ? { low, before } : undefined);
  const { rows } = await sql<{ id: number }>`SELECT fp.id FROM ${from}
    WHERE ${within} AND ${present} AND ${sql.join(conditions, sql` AND `)}`.execute(database.reader);
  return rows.map(({ id }) => id).toSorted((a, b) => b - a);
}
