/** A backup made ready: looked at, copied aside, brought to this version's layout. The file itself is never written to. */
import { existsSync } from "node:fs";
import BetterSqlite3 from "better-sqlite3";
import { openDatabase } from "../database/database.ts";
import type { Database } from "../database/database.ts";
import { layoutOf, migrate } from "../migrations/migrate.ts";
import type { Advance } from "./advance.ts";
import { leftOut, quoted, sqliteTables } from "./catalogue.ts";
import { isCode } from "./safe-file.ts";
import { beginFile } from "./safe-file.ts";
import { copySnapshot } from "./sqlite-snapshot.ts";

/** Why a file cannot be restored. */
export type BackupFault = "missing" | "no backup" | "damaged" | "newer";

/** Undefined: it is a Kairan database of this version or an older one, and whole. */
export function backupFault(file: string): BackupFault | undefined {
  if (!existsSync(file)) return "missing";
  let db: BetterSqlite3.Database | undefined;
  try {
    db = new BetterSqlite3(file, { readonly: true, timeout: 10_000 });
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
    if (!["kysely_migration", "list", "membership", "delivery"].every((name) => tables.includes(name)))
      return "no backup";
    return db.pragma("integrity_check(1)", { simple: true }) === "ok" ? undefined : "damaged";
  } catch (error) {
    if (isCode(error, "SQLITE_NOTADB")) return "no backup";
    if (error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_CORRUPT")) return "damaged";
    throw error;
  } finally {
    db?.close();
  }
}

/** `work` becomes a database of its own, without logins. Undefined: a newer Kairan made the backup. */
export async function openBackup(file: string, work: string, advance: Advance): Promise<Database | undefined> {
  await beginFile(work);
  await copySnapshot(file, work, advance);
  const database = openDatabase(work);
  try {
    if ((await layoutOf(database)).kind === "newer") {
      await database.close();
      return undefined;
    }
    await migrate(database);
    dropLogins(work);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A plain copy of a database file has them. */
function dropLogins(file: string): void {
  const db = new BetterSqlite3(file);
  for (const { name } of sqliteTables(db).filter((table) => leftOut.has(table.name)))
    db.exec(`DELETE FROM ${quoted(name)}`);
  db.close();
}
