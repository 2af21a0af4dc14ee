/** One search for a person over all lists that somebody may see: by the beginning of an address, or by name. */
import { sql } from "kysely";
import type { RawBuilder, SqlBool } from "kysely";
import { byId } from "../database/by-id.ts";
import type { Database } from "../database/database.ts";
import { foundPeople } from "./found-people.ts";
import type { FoundPerson } from "./found-people.ts";
import { searchWords } from "../../lists/search-text.ts";
import { contains } from "../database/like.ts";
import { searchedVersions } from "../search/member-index.ts";
import { rowsOf, storable } from "../database/rows.ts";
import { pieceRows, searchInPieces } from "../database/search-in-pieces.ts";
import type { Piece } from "../database/search-in-pieces.ts";

export type SearchEverywhere = {
  /** An address or its beginning, as `canonical` has it. */
  readonly prefix: string;
  /** As it was typed. */
  readonly text: string;
  /** Undefined: an owner, who sees everybody. Others see who is, or was, on a list of theirs. */
  readonly accountId: number | undefined;
  readonly limit: number;
};

/** Of a word that more members have than this, a search over all lists says nothing: their lists' own pages do. */
const mostVersions = 2000;

/** An administrator's members, up to which they are looked at one by one instead of all addresses that begin so. */
const fewMembers = 5000;

/** Beyond all that can follow, in the order of octets. */
const last = "\u{10ffff}";

export async function searchEverywhere(database: Database, search: SearchEverywhere): Promise<readonly FoundPerson[]> {
  const byAddress = [...new Set(await byPrefix(database, search))];
  if (byAddress.length >= search.limit) return foundPeople(database, byAddress, search.accountId);
  const senders = await sendersByName(database, search);
  const members = await membersByText(database, search);
  const ids = [...new Set([...byAddress, ...senders, ...members])].slice(0, search.limit);
  return ids.length === 0 ? [] : foundPeople(database, ids, search.accountId);
}

async function byPrefix(database: Database, search: SearchEverywhere): Promise<readonly number[]> {
  // PostgreSQL orders text by a language unless it is told not to.
  const key = database.kind === "postgres" ? sql<string>`a.canonical COLLATE "C"` : sql<string>`a.canonical`;
  const prefix = storable(search.prefix);
  const begun = sql<SqlBool>`${key} >= ${prefix} AND ${key} < ${prefix + last}`;
  const { accountId, limit } = search;
  return accountId !== undefined && (await membersOf(database, accountId)) <= fewMembers
    ? amongOwn(database, { key, begun, accountId, limit })
    : amongAll(database, { key, begun, accountId, limit });
}

type Prefix<Account> = {
  readonly key: RawBuilder<string>;
  readonly begun: RawBuilder<SqlBool>;
  readonly accountId: Account;
  readonly limit: number;
};

async function amongAll(
  database: Database,
  { key, begun, accountId, limit }: Prefix<number | undefined>,
): Promise<readonly number[]> {
  const after = (from: string | undefined): RawBuilder<unknown> =>
    from === undefined ? sql`` : sql`AND ${key} > ${from}`;
  const find = async (piece: Piece<string>): Promise<readonly { person_id: number }[]> => {
    const upTo = piece.upTo === undefined ? sql`` : sql`AND ${key} <= ${piece.upTo}`;
    const { rows } = await sql<{ person_id: number }>`SELECT a.person_id FROM address AS a
      WHERE ${begun} ${after(piece.after)} ${upTo} ${seen(accountId)} ORDER BY ${key} LIMIT ${piece.limit}`.execute(
      database.reader,
    );
    return rows;
  };
  const pieceEnd = async (from: string | undefined): Promise<string | undefined> => {
    const { rows } = await sql<{ canonical: string }>`SELECT a.canonical FROM address AS a
      WHERE ${begun} ${after(from)} ORDER BY ${key} LIMIT 1 OFFSET ${pieceRows - 1}`.execute(database.reader);
    return rows[0]?.canonical;
  };
  const all = { after: undefined, upTo: undefined, limit };
  // An owner is shown whoever is met.
  const found = accountId === undefined ? await find(all) : await searchInPieces(all, { find, pieceEnd });
  return found.map((row) => row.person_id);
}

/** CROSS JOIN: SQLite takes the tables in this order then. */
async function amongOwn(
  database: Database,
  { key, begun, accountId, limit }: Prefix<number>,
): Promise<readonly number[]> {
  const own = ownLists(accountId);
  const { rows } = await sql<{ person_id: number }>`SELECT a.person_id FROM (
      SELECT person_id FROM membership WHERE list_id IN (${own}) UNION SELECT person_id FROM poster WHERE list_id IN (${own})
    ) AS o CROSS JOIN address AS a WHERE a.person_id = o.person_id AND ${begun} ${seen(accountId)} ORDER BY ${key} LIMIT ${limit}`.execute(
    database.reader,
  );
  return rows.map((row) => row.person_id);
}

/** Of all statuses. */
async function membersOf(database: Database, accountId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT coalesce(sum(count), 0) AS count FROM member_tally
    WHERE list_id IN (${ownLists(accountId)})`.execute(database.reader);
  return rows[0]?.count ?? 0;
}

function ownLists(accountId: number): RawBuilder<unknown> {
  return sql`SELECT administrator.list_id FROM administrator JOIN list ON list.id = administrator.list_id
    WHERE administrator.account_id = ${accountId} AND list.deleted_at IS NULL`;
}

/** A person is seen by an address with which they are, or were, a member of a list of the account's, or a sender by any of theirs. */
function seen(accountId: number | undefined): RawBuilder<unknown> {
  if (accountId === undefined) return sql``;
  const own = ownLists(accountId);
  return sql`AND (EXISTS (SELECT 1 FROM membership AS m JOIN membership_version AS v ON v.id = m.version_id
      WHERE m.person_id = a.person_id AND m.list_id IN (${own}) AND lower(v.address) = a.canonical)
    OR EXISTS (SELECT 1 FROM poster AS p WHERE p.person_id = a.person_id AND p.list_id IN (${own})))`;
}

/** By the index of members' text: name, address and attributes as they are now. */
async function membersByText(
  database: Database,
  { text, accountId, limit }: SearchEverywhere,
): Promise<readonly number[]> {
  const words = searchWords(text);
  const versions = words.length === 0 ? [] : await searchedVersions(database, undefined, { words, most: mostVersions });
  if (versions === undefined || versions.length === 0) return [];
  const source = versions.map((version) => ({ version }));
  const from = rowsOf(database.kind, { alias: "n", columns: { version: "int" } }, source);
  const own = accountId === undefined ? sql`` : sql`AND m.list_id IN (${ownLists(accountId)})`;
  const { rows } = await sql<{ id: number }>`SELECT m.person_id AS id FROM ${from}
    JOIN membership_version AS v ON v.id = n.version
    JOIN membership AS m ON m.id = v.membership_id AND m.version_id = v.id
    JOIN list ON list.id = m.list_id AND list.deleted_at IS NULL
    WHERE 1 = 1 ${own}`.execute(database.reader);
  return [...new Set(byId(rows).map((row) => row.id))].slice(0, limit);
}

/** Senders are few; the sum keeps PostgreSQL from beginning with all persons. */
async function sendersByName(
  database: Database,
  { text, accountId, limit }: SearchEverywhere,
): Promise<readonly number[]> {
  const own = accountId === undefined ? sql`` : sql`AND poster.list_id IN (${ownLists(accountId)})`;
  const { rows } = await sql<{
    id: number;
  }>`SELECT person.id FROM poster JOIN person ON person.id = poster.person_id + 0
    JOIN list ON list.id = poster.list_id WHERE list.deleted_at IS NULL
      AND ${contains(sql.ref("person.name"), text)} ${own}`.execute(database.reader);
  return [...new Set(byId(rows).map((row) => row.id))].slice(0, limit);
}
