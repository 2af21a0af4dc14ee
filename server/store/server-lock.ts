/** One server a database: a lock that ends with its process, however that ends. */
import BetterSqlite3 from "better-sqlite3";
import pg from "pg";
import type { Database } from "./database.ts";
import { isBusy } from "./sqlite-driver.ts";

export interface ServerLock {
  release(): Promise<void>;
}

/** The advisory lock's key in PostgreSQL: "kairan" in ASCII. */
const postgresKey = 0x6b616972616en.toString();

/** Undefined: another server holds it. */
export async function takeServerLock(database: Database): Promise<ServerLock | undefined> {
  return database.kind === "postgres" ? lockPostgres(database.location) : lockSqlite(database.location);
}

/**
 * A second, empty SQLite file held in an exclusive transaction: the operating system drops that lock when the process dies.
 * The database itself cannot be held so, since the command line works on it at the same time.
 */
function lockSqlite(file: string): ServerLock | undefined {
  const lock = new BetterSqlite3(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return { release: async () => void lock.close() };
}

async function lockPostgres(url: string): Promise<ServerLock | undefined> {
  const client = new pg.Client({ connectionString: url, keepAlive: true });
  client.on("error", () => undefined);
  await client.connect();
  const answer = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1::bigint) AS taken", [
    postgresKey,
  ]);
  if (answer.rows[0]?.taken === true) return { release: () => client.end() };
  await client.end();
  return undefined;
}
