/** The prepared file takes the place of the SQLite database by a rename; the one that was there keeps living under another name. */
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import BetterSqlite3 from "better-sqlite3";
import { isBusy } from "../database/sqlite-driver.ts";
import { carriedTables, quoted, sqliteTables } from "./catalogue.ts";
import { raiseSqliteIds, readSqliteIds } from "./highest-ids.ts";
import type { HighestIds } from "./highest-ids.ts";
import type { Place, Placed } from "./place.ts";
import { countSqlite, sum } from "./rows-between.ts";
import { keepAs, settleFile } from "./safe-file.ts";

type Present =
  { readonly kind: "nothing" | "in use" | "damaged" } | { readonly kind: "empty" | "filled"; readonly ids: HighestIds };

/** What a server writes down of itself makes no database worth keeping. */
const worthNothing: ReadonlySet<string> = new Set(["server_state"]);

export async function restoreIntoSqlite(work: string, { location, replace, keptName }: Place): Promise<Placed> {
  const present = closeDown(location);
  if (present.kind === "in use") return { kind: "in use" };
  const isWorth = present.kind === "filled" || present.kind === "damaged";
  if (isWorth && !replace) return { kind: "not empty" };
  const rows = settleRows(work, "ids" in present ? present.ids : new Map<string, number>());
  const kept = isWorth ? `${location}.${keptName}` : undefined;
  // Changes that wait in a log of their own must never meet the new file. A sound database has none left by now.
  if (present.kind === "damaged" && kept !== undefined) await moveLogs(location, kept);
  if (kept !== undefined) await keepAs(location, kept);
  await settleFile(work, location, { replace: true });
  return { kind: "done", rows, kept };
}

/** Alone on it, its log is worked in, so that its one file is all of it. */
function closeDown(file: string): Present {
  if (!existsSync(file)) return { kind: "nothing" };
  let db: BetterSqlite3.Database | undefined;
  try {
    db = new BetterSqlite3(file, { timeout: 1000 });
    if (db.pragma("journal_mode = DELETE", { simple: true }) !== "delete") return { kind: "in use" };
    const tables = carriedTables(sqliteTables(db)).filter(({ name }) => !worthNothing.has(name));
    const filled = tables.some(({ name }) => db?.prepare(`SELECT 1 FROM ${quoted(name)} LIMIT 1`).get() !== undefined);
    return { kind: filled ? "filled" : "empty", ids: readSqliteIds(db) };
  } catch (error) {
    return { kind: isBusy(error) ? "in use" : "damaged" };
  } finally {
    db?.close();
  }
}

function settleRows(work: string, ids: HighestIds): number {
  const db = new BetterSqlite3(work);
  try {
    raiseSqliteIds(db, ids);
    db.pragma("journal_mode = DELETE");
    return sum(countSqlite(db, carriedTables(sqliteTables(db))));
  } finally {
    db.close();
  }
}

async function moveLogs(file: string, kept: string): Promise<void> {
  if (existsSync(`${file}-wal`)) await rename(`${file}-wal`, `${kept}-wal`);
  await rm(`${file}-shm`, { force: true });
}
