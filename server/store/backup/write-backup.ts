/**
 * A backup: one SQLite file with everything durable as it was at one moment, whichever database it comes from, made while a server
 * goes on working. It is a Kairan database itself, and can be looked at with any tool for SQLite.
 */
import { stat } from "node:fs/promises";
import BetterSqlite3 from "better-sqlite3";
import type { Database } from "../database/database.ts";
import { openDatabase } from "../database/database.ts";
import { layoutOf, migrate } from "../migrations/migrate.ts";
import { lastBackupKey } from "../database/server-state.ts";
import type { Advance } from "./advance.ts";
import { carriedTables, derivedMarks, leftOut, postgresTables, quoted, sqliteTables } from "./catalogue.ts";
import type { Table } from "./catalogue.ts";
import { raiseSqliteIds, readPostgresIds } from "./highest-ids.ts";
import { inTransaction } from "./own-client.ts";
import { copyOutOfPostgres, countSqlite, sum } from "./rows-between.ts";
import { beginFile, discardDatabase, settleFile } from "./safe-file.ts";
import { copySnapshot } from "./sqlite-snapshot.ts";

export type BackupOptions = {
  readonly file: string;
  /** Whether a file of that name may be replaced. */
  readonly replace: boolean;
  readonly now: number;
  readonly advance?: Advance;
};

export type Backup =
  | {
      readonly kind: "made";
      readonly file: string;
      readonly octets: number;
      readonly rows: number;
      readonly layout: string;
    }
  /** Nothing is changed by these. */
  | { readonly kind: "there already" | "empty" | "newer" };

/** Leaves nothing behind when it throws: a disk that is full, a database that is damaged. */
export async function writeBackup(database: Database, options: BackupOptions): Promise<Backup> {
  const layout = await layoutOf(database);
  if (layout.kind === "empty" || layout.kind === "newer") return { kind: layout.kind };
  const { file, replace, now } = options;
  const part = `${file}.part`;
  await beginFile(part);
  try {
    await fill(database, part, { ...options, layout: layout.name });
    const rows = finish(part, now);
    const octets = (await stat(part)).size;
    if (!(await settleFile(part, file, { replace }))) return { kind: "there already" };
    return { kind: "made", file, octets, rows, layout: layout.name };
  } finally {
    await discardDatabase(part);
  }
}

type Filling = { readonly layout: string; readonly advance?: Advance };

async function fill(database: Database, part: string, { layout, advance = () => undefined }: Filling): Promise<void> {
  if (database.kind === "sqlite") return copySnapshot(database.location, part, advance);
  await makeEmpty(part, layout);
  const into = new BetterSqlite3(part);
  try {
    // The file counts only when it is whole, so a journal would be for nothing.
    for (const pragma of ["journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -64000"])
      into.pragma(pragma);
    await inTransaction(database.location, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", async (client) => {
      const tables = carriedTables(await postgresTables(client));
      await copyOutOfPostgres(client, into, { tables, advance });
      raiseSqliteIds(into, await readPostgresIds(client, tables));
      forgetDerived(into, tables);
    });
  } finally {
    into.close();
  }
}

/** The first layout had no place for what the server remembers. */
function forgetDerived(db: BetterSqlite3.Database, tables: readonly Table[]): void {
  if (!tables.some(({ name }) => name === "server_state")) return;
  for (const key of derivedMarks) db.prepare("DELETE FROM server_state WHERE key = ?").run(key);
}

/** The layout of the source, with tables that have no rows: whatever migrations put there comes from the source, too. */
async function makeEmpty(file: string, layout: string): Promise<void> {
  const database = openDatabase(file);
  await migrate(database, layout);
  await database.close();
  const db = new BetterSqlite3(file);
  db.pragma("foreign_keys = OFF");
  for (const { name } of sqliteTables(db)) db.exec(`DELETE FROM ${quoted(name)}`);
  db.close();
}

/** Without logins, with the time of the backup, tried, and of one file. How many rows there are. */
function finish(file: string, now: number): number {
  const db = new BetterSqlite3(file);
  try {
    for (const pragma of ["journal_mode = DELETE", "secure_delete = ON", "foreign_keys = OFF"]) db.pragma(pragma);
    const all = sqliteTables(db);
    for (const { name } of all.filter((table) => leftOut.has(table.name))) db.exec(`DELETE FROM ${quoted(name)}`);
    if (all.some(({ name }) => name === "server_state"))
      db.prepare("INSERT OR REPLACE INTO server_state (key, value) VALUES (?, ?)").run(lastBackupKey, String(now));
    return verify(db, carriedTables(all));
  } finally {
    db.close();
  }
}

function verify(db: BetterSqlite3.Database, tables: readonly Table[]): number {
  const [found] = db.pragma("integrity_check(1)", { simple: false }) as { integrity_check: string }[];
  if (found?.integrity_check !== "ok") throw new Error(`the copy is damaged: ${found?.integrity_check ?? "no answer"}`);
  const astray = db.pragma("foreign_key_check") as readonly { table: string }[];
  if (astray[0] !== undefined) throw new Error(`rows of ${astray[0].table} refer to rows that are not there`);
  return sum(countSqlite(db, tables));
}
