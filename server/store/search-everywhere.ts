/** One search for a person over all lists that somebody may see: by the beginning of an address, senders also by name. */
import { sql } from "kysely";
import type { RawBuilder, SqlBool } from "kysely";
import type { Database } from "./database.ts";
import { foundPeople } from "./found-people.ts";
import type { FoundPerson } from "./found-people.ts";
import { contains } from "./like.ts";
import { storable } from "./rows.ts";
import { pieceRows, searchInPieces } from "./search-in-pieces.ts";
import type { Piece } from "./search-in-pieces.ts";

export type SearchEverywhere = {
  /** An address or its beginning, as `canonical` has it. */
  readonly prefix: string;
  /** As it was typed. */
  readonly text: string;
  /** Undefined: an owner, who sees everybody. Others see who is, or was, on a list of theirs. */
  readonly accountId: number | undefined;
  readonly limit: number;
};

/** Beyond all that can follow, in the order of octets. */
const last = "\u{10ffff}";

export async function searchEverywhere(database: Database, search: SearchEverywhere): Promise<readonly FoundPerson[]> {
  const byAddress = await byPrefix(database, search);
  const byName = await sendersByName(database, search);
  const ids = [...new Set([...byAddress, ...byName])].slice(0, search.limit);
  return ids.length === 0 ? [] : foundPeople(database, ids, search.accountId);
}

async function byPrefix(database: Database, search: SearchEverywhere): Promise<readonly number[]> {
  // PostgreSQL orders text by a language unless it is told not to.
  const key = database.kind === "postgres" ? sql<string>`a.canonical COLLATE "C"` : sql<string>`a.canonical`;
  const prefix = storable(search.prefix);
  const begun = sql<SqlBool>`${key} >= ${prefix} AND ${key} < ${prefix + last}`;
  const after = (from: string | undefined): RawBuilder<unknown> =>
    from === undefined ? sql`` : sql`AND ${key} > ${from}`;
  const find = async (piece: Piece<string>): Promise<readonly { person_id: number }[]> => {
    const upTo = piece.upTo === undefined ? sql`` : sql`AND ${key} <= ${piece.upTo}`;
    const { rows } = await sql<{ person_id: number }>`SELECT a.person_id FROM address AS a
      WHERE ${begun} ${after(piece.after)} ${upTo} ${seen(search.accountId)} ORDER BY ${key} LIMIT ${piece.limit}`.execute(
      database.reader,
    );
    return rows;
  };
  const pieceEnd = async (from: string | undefined): Promise<string | undefined> => {
    const { rows } = await sql<{ canonical: string }>`SELECT a.canonical FROM address AS a
      WHERE ${begun} ${after(from)} ORDER BY ${key} LIMIT 1 OFFSET ${pieceRows - 1}`.execute(database.reader);
    return rows[0]?.canonical;
  };
  const found = await searchInPieces({ after: undefined, limit: search.limit }, { find, pieceEnd });
  return found.map((row) => row.person_id);
}

/** A person is seen who is, or was, a member or sender of a list of the account's. */
function seen(accountId: number | undefined): RawBuilder<unknown> {
  if (accountId === undefined) return sql``;
  const own = sql`SELECT list_id FROM administrator WHERE account_id = ${accountId}`;
  return sql`AND (EXISTS (SELECT 1 FROM membership AS m WHERE m.person_id = a.person_id AND m.list_id IN (${own}))
    OR EXISTS (SELECT 1 FROM poster AS p WHERE p.person_id = a.person_id AND p.list_id IN (${own})))`;
}

/** Senders are few; members are found by name on their list's page. */
async function sendersByName(
  database: Database,
  { text, accountId, limit }: SearchEverywhere,
): Promise<readonly number[]> {
  let query = database.reader
    .selectFrom("poster")
    .innerJoin("person", "person.id", "poster.person_id")
    .innerJoin("list", "list.id", "poster.list_id")
    .select("person.id")
    .distinct()
    .where("list.deleted_at", "is", null)
    .where((each) => contains(each.ref("person.name"), text))
    .orderBy("person.id")
    .limit(limit);
  if (accountId !== undefined)
    query = query.where("poster.list_id", "in", (list) =>
      list.selectFrom("administrator").select("list_id").where("account_id", "=", accountId),
    );
  return (await query.execute()).map((row) => row.id);
}
