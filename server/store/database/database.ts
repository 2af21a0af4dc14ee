/**
 * Opens the database, SQLite or PostgreSQL, behind one face: `write` for transactions, one at a time in this process, and
 * `reader` for everything that only looks.
 */
import BetterSqlite3 from "better-sqlite3";
import { Kysely } from "kysely";
import type { Transaction } from "kysely";
import { DiskLog } from "./disk-log.ts";
import { postgresDialect } from "./postgres-dialect.ts";
import type { Schema } from "../schema/schema.ts";
import { SqliteDialect } from "./sqlite-driver.ts";

export type Kind = "sqlite" | "postgres";
export type Write = Transaction<Schema>;

/**
 * A lost race between processes, which a second try wins (PostgreSQL: serialization failure, deadlock, a row that another
 * has just made).
 */
const raceCodes = new Set(["40001", "40P01", "23505"]);
const raceTries = 5;

export type Connections = {
  readonly reader: Kysely<Schema>;
  readonly writer: Kysely<Schema>;
  /** Synced before a commit is told; undefined where the database does that by itself. */
  readonly log?: DiskLog;
  readonly end?: () => void;
};

export class Database {
  readonly kind: Kind;
  /** What `config.database` names: a file's path or a postgres:// URL. */
  readonly location: string;
  readonly reader: Kysely<Schema>;
  readonly #writer: Kysely<Schema>;
  readonly #log: DiskLog | undefined;
  readonly #end: (() => void) | undefined;

  constructor(kind: Kind, location: string, { reader, writer, log, end }: Connections) {
    this.kind = kind;
    this.location = location;
    this.reader = reader;
    this.#writer = writer;
    this.#log = log;
    this.#end = end;
  }

  /** One transaction, durable when the promise resolves. Never awaits anything but its own statements. */
  async write<T>(change: (transaction: Write) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const begun = { yet: false };
      try {
        const result = await this.#writer.transaction().execute((transaction) => {
          begun.yet = true;
          return change(transaction);
        });
        await this.#log?.synced();
        return result;
      } catch (error) {
        // A connection that was lost while it was idle says so only now, when nothing has been done yet.
        const isWorthwhile = isLostRace(error) || (!begun.yet && this.kind === "postgres");
        if (tries >= raceTries || !isWorthwhile) throw error;
      }
    }
  }

  /** The writing connection for what cannot stand in a transaction of ours: migrations, and asking whether others write. */
  get outsideTransactions(): Kysely<Schema> {
    return this.#writer;
  }

  async close(): Promise<void> {
    await this.reader.destroy();
    await this.#writer.destroy();
    await this.#log?.close();
    // Kysely closes no connection that was never asked anything.
    this.#end?.();
  }
}

/** Opens without changing anything; a SQLite file that is missing is made. */
export function openDatabase(location: string): Database {
  return kindOf(location) === "postgres" ? openPostgres(location) : openSqlite(location);
}

export function kindOf(location: string): Kind {
  return /^postgres(ql)?:\/\//.test(location) ? "postgres" : "sqlite";
}

function openSqlite(file: string): Database {
  // While opening, waiting may block; afterwards the driver waits without blocking.
  const writer = new BetterSqlite3(file, { timeout: 2000 });
  // NORMAL alone may lose the last commits in a power cut: before anybody is told of one, its log is synced (DiskLog).
  for (const pragma of [
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "cache_size = -32000",
    "busy_timeout = 0",
  ])
    writer.pragma(pragma);
  const reader = new BetterSqlite3(file, { timeout: 0, readonly: true });
  reader.pragma("query_only = ON");
  return new Database("sqlite", file, {
    reader: new Kysely<Schema>({ dialect: new SqliteDialect(reader) }),
    writer: new Kysely<Schema>({ dialect: new SqliteDialect(writer) }),
    log: new DiskLog(`${file}-wal`),
    end: () => [reader, writer].forEach((one) => one.close()),
  });
}

function openPostgres(url: string): Database {
  return new Database("postgres", url, {
    reader: new Kysely<Schema>({ dialect: postgresDialect(url, 4) }),
    writer: new Kysely<Schema>({ dialect: postgresDialect(url, 1) }),
  });
}

function isLostRace(error: unknown): boolean {
  return error instanceof Error && "code" in error && raceCodes.has(String(error.code));
}
