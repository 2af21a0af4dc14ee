/** The index of posts' grams: which posts may hold all of the words, whose own text then tells. */
import { sql } from "kysely";
import { wantedPostGrams } from "../../lists/post-filter.ts";
import type { Database } from "../database/database.ts";
import { listToken, numbersOf, tokensOf } from "../search/gram-tokens.ts";

export type PostSearch = {
  readonly words: readonly string[];
  /** Undefined: all. */
  readonly listIds: readonly number[] | undefined;
};

/** Of so many lists the index is asked at once; posts of others are sorted out afterwards. */
const mostLists = 30;
/** PostgreSQL's index gives no order: up to so many are taken and sorted. */
const mostSorted = 10_000;

/** Gives ids below `before`, the latest first; fewer than `limit` when there are no more. */
export type Candidates = (place: { readonly before: number; readonly limit: number }) => Promise<readonly number[]>;

/** Undefined where so many posts hold the words that walking along all posts is the better way. */
export async function postCandidates(database: Database, search: PostSearch): Promise<Candidates | undefined> {
  const grams = wantedPostGrams(search.words);
  if (grams.length === 0) return undefined;
  const waiting = await unsearched(database);
  const indexed =
    database.kind === "postgres"
      ? await sortedCandidates(database, search, grams)
      : orderedCandidates(database, search, grams);
  return (
    indexed &&
    (async ({ before, limit }) => {
      const found = await indexed({ before, limit });
      const low = found.length < limit ? 0 : (found.at(-1) ?? 0);
      const between = waiting.filter((id) => id < before && id >= low);
      return between.length === 0 ? found : [...new Set([...found, ...between])].toSorted((a, b) => b - a);
    })
  );
}

/** Those that are not in the index yet: mostly none. */
async function unsearched(database: Database): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM post WHERE in_search = 0 ORDER BY id DESC LIMIT ${mostSorted}`.execute(database.reader);
  return rows.map(({ id }) => id);
}

/** FTS5 walks along its index in the order of rows. */
function orderedCandidates(database: Database, { listIds }: PostSearch, grams: readonly string[]): Candidates {
  const lists = listIds === undefined || listIds.length > mostLists ? [] : [listIds.map(listToken).join(" OR ")];
  const wanted = [...lists.map((either) => `(${either})`), ...tokensOf(undefined, grams)].join(" AND ");
  return async ({ before, limit }) => {
    const { rows } = await sql<{ id: number }>`SELECT rowid AS id FROM post_search
      WHERE post_search MATCH ${wanted} AND rowid < ${before} ORDER BY rowid DESC LIMIT ${limit}`.execute(
      database.reader,
    );
    return rows.map(({ id }) => id);
  };
}

async function sortedCandidates(
  database: Database,
  { listIds }: PostSearch,
  grams: readonly string[],
): Promise<Candidates | undefined> {
  const [only, ...others] = listIds ?? [];
  const wanted = numbersOf(others.length === 0 ? only : undefined, grams);
  const { rows } = await sql<{ id: number }>`
    SELECT post_search_candidates(${wanted}::int[], ${mostSorted + 1}) AS id`.execute(database.reader);
  if (rows.length > mostSorted) return undefined;
  const all = rows.map(({ id }) => id).toSorted((a, b) => b - a);
  return async ({ before, limit }) => all.filter((id) => id < before).slice(0, limit);
}
