/**
 * Writes the search index and the sorted values anew from the members: after an upgrade that changes their rules, and after a
 * restore, which brings members only. In pieces, each of them harmless when it comes twice.
 */
import { sql } from "kysely";
import { searchRules, searchText } from "../../lists/search-text.ts";
import type { Attributes } from "../../lists/member.ts";
import type { Database } from "../database/database.ts";
import { indexVersions, replaceValues } from "./member-index.ts";
import type { MemberValues } from "./member-index.ts";
import { rowsOf } from "../database/rows.ts";
import { readServerState, writeServerState } from "../database/server-state.ts";

/** Rows a transaction. */
const pieceRows = 50;
const stateKey = "search-rules";

/** Rebuilds where it has not been done by the present rules. */
export async function keepSearchRight(database: Database): Promise<void> {
  const state = await readServerState(database, stateKey);
  if (state !== String(searchRules)) await rebuildSearch(database);
}

export async function rebuildSearch(database: Database): Promise<void> {
  for (let after = 0, more = true; more;) {
    const rows = await versionsAfter(database, after);
    if (rows.length > 0) await writePiece(database, rows);
    after = rows.at(-1)?.version ?? after;
    more = rows.length === pieceRows;
  }
  await database.write((write) => writeServerState(write, stateKey, String(searchRules)));
}

type VersionRow = MemberValues & { readonly version: number; readonly current: number | null };

async function versionsAfter(database: Database, after: number): Promise<readonly VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    SELECT v.id AS version, v.membership_id AS membership, v.address, v.name, v.attributes,
      m.list_id AS list, m.version_id AS current
    FROM membership_version AS v JOIN membership AS m ON m.id = v.membership_id
    WHERE v.id > ${after} ORDER BY v.id LIMIT ${pieceRows}`.execute(database.reader);
  return rows;
}

async function writePiece(database: Database, rows: readonly VersionRow[]): Promise<void> {
  const { kind } = database;
  const texts = rows.map((row) => ({
    version: row.version,
    list: row.list,
    text: searchText({ ...row, attributes: JSON.parse(row.attributes) as Attributes }),
  }));
  const gone = rowsOf(kind, { alias: "n", columns: { version: "int" } }, rows);
  const key = sql.ref(kind === "postgres" ? "version_id" : "rowid");
  await database.write(async (write) => {
    await sql`DELETE FROM member_search WHERE ${key} IN (SELECT n.version FROM ${gone})`.execute(write);
    await sql`UPDATE membership_version SET search_text = n.text
      FROM ${rowsOf(kind, { alias: "n", columns: { version: "int", text: "text" } }, texts)}
      WHERE membership_version.id = n.version`.execute(write);
    await indexVersions(write, kind, texts);
    await replaceValues(
      write,
      kind,
      rows.filter((row) => row.version === row.current),
    );
  });
}
