/** One server a database: a lock that ends with its process, however that ends. */
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import pg from "pg";
import type { Database } from "./database.ts";
import { isBusy } from "./sqlite-driver.ts";

export interface ServerLock {
  release(): Promise<void>;
}

/** The advisory lock's key in PostgreSQL: "kairan" in ASCII. */
const postgresKey = 0x6b616972616en.toString();
const againMs = 500;

/** Undefined: another server holds it. `lost` is called when another took it while our connection was down. */
export async function takeServerLock(
  database: Pick<Database, "kind" | "location">,
  lost: () => void,
): Promise<ServerLock | undefined> {
  if (database.kind === "sqlite") return lockSqlite(realFile(database.location));
  const lock = new PostgresLock(database.location, lost);
  return (await lock.take()) ? lock : undefined;
}

/** One name, by whatever links the file is reached; it need not be there yet. */
function realFile(file: string): string {
  return existsSync(file) ? realpathSync(file) : join(realpathSync(dirname(file)), basename(file));
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

/** An advisory lock lives as long as its connection; when that breaks, it is taken again before anybody else does, or given up. */
class PostgresLock implements ServerLock {
  readonly #url: string;
  readonly #lost: () => void;
  #client: pg.Client | undefined;
  #released = false;

  constructor(url: string, lost: () => void) {
    this.#url = url;
    this.#lost = lost;
  }

  /** False: another holds it. Throws when the database cannot be reached. */
  async take(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.#url, keepAlive: true });
    client.on("error", () => undefined);
    await client.connect();
    const answer = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1::bigint) AS taken", [
      postgresKey,
    ]);
    if (answer.rows[0]?.taken !== true) {
      await client.end();
      return false;
    }
    this.#client = client;
    client.once("end", () => this.#again());
    return true;
  }

  async release(): Promise<void> {
    this.#released = true;
    await this.#client?.end();
  }

  #again(): void {
    if (this.#released) return;
    this.take().then(
      (taken) => {
        if (this.#released) void this.#client?.end();
        else if (!taken) this.#lost();
      },
      () => void setTimeout(() => this.#again(), againMs).unref(),
    );
  }
}
