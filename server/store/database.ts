/**
 * Opens the database, SQLite or PostgreSQL, behind one face: `write` for transactions, one at a time in this process, and
 * `reader` for everything that only looks.
 */
import BetterSqlite3 from "better-sqlite3";
import { Kysely } from "kysely";
import type { Transaction } from "kysely";
import { postgresDialect } from "./postgres-dialect.ts";
import type { Schema } from "./schema.ts";
import { SqliteDialect } from "./sqlite-driver.ts";

export type Kind = "sqlite" | "postgres";
export type Write = Transaction<Schema>;

/**
 * A lost race between processes, which a second try wins (PostgreSQL: serialization failure, deadlock, a row that another
 * has just made).
 */
const raceCodes = new Set(["40001", "40P01", "23505"]);
const raceTries = 5;

export class Database {
  readonly kind: Kind;
  /** What `config.database` names: a file's path or a postgres:// URL. */
  readonly location: string;
  readonly reader: Kysely<Schema>;
  readonly #writer: Kysely<Schema>;
  readonly #end: (() => void) | undefined;

  constructor(
    kind: Kind,
    location: string,
    connections: { readonly reader: Kysely<Schema>; readonly writer: Kysely<Schema>; readonly end?: () => void },
  ) {
    this.kind = kind;
    this.location = location;
    this.reader = connections.reader;
    this.#writer = connections.writer;
    this.#end = connections.end;
  }

  /** One transaction, durable when the promise resolves. Never awaits anything but its own statements. */
  async write<T>(change: (transaction: Write) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const begun = { yet: false };
      try {
        return await this.#writer.transaction().execute((transaction) => {
          begun.yet = true;
          return change(transaction);
        });
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
  // FULL: a commit is on disk before anybody is told (WAL with NORMAL may lose the last commits in a power cut).
  for (const pragma of [
    "journal_mode = WAL",
    "synchronous = FULL",
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
