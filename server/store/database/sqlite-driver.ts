/**
 * Kysely's door to better-sqlite3. Its own driver instead of Kysely's for four reasons: statements stay prepared, write
 * transactions begin IMMEDIATE (so that they never fail half-way), a database that another process holds is waited for
 * without blocking the event loop, which better-sqlite3's own busy handler would do, and a loop of many short statements
 * lets the event loop turn.
 */
import { setImmediate as turn, setTimeout as pause } from "node:timers/promises";
import type BetterSqlite3 from "better-sqlite3";
import { CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import type { DatabaseConnection, Dialect, Driver, Kysely, QueryResult } from "kysely";

const statementsKept = 400;
const busyDeadlineMs = 10_000;
const busyPauseMs = 1;
/** How long transaction may follow transaction before other processes have their chance, and how long that is. */
const writingMs = 20;
const gapMs = 2;
/** How long statement may follow statement before everything else has its turn. */
const turnMs = 10;

export class SqliteDialect implements Dialect {
  readonly #database: BetterSqlite3.Database;

  constructor(database: BetterSqlite3.Database) {
    this.#database = database;
  }

  createDriver(): Driver {
    return new SqliteDriver(this.#database);
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }

  createIntrospector(db: Kysely<unknown>): SqliteIntrospector {
    return new SqliteIntrospector(db);
  }
}

/** SQLite's definitions of tables belong to transactions like all else, so a migration happens whole or not at all. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class SqliteDriver implements Driver {
  readonly #database: BetterSqlite3.Database;
  readonly #connection: SqliteConnection;
  #queue: Promise<void> = Promise.resolve();
  #release: (() => void) | undefined;
  #turnedAt = 0;
  #wroteAt = 0;
  #restedAt = 0;

  constructor(database: BetterSqlite3.Database) {
    this.#database = database;
    this.#connection = new SqliteConnection(database);
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  /** One connection, handed out to one caller at a time, in order. */
  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#queue;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#queue = promise;
    await before;
    this.#release = resolve;
    await this.#letOthersRun();
    return this.#connection;
  }

  /** SQLite answers within the call, so its promises alone would never let the event loop turn. */
  async #letOthersRun(): Promise<void> {
    if (performance.now() - this.#turnedAt < turnMs) return;
    await turn();
    this.#turnedAt = performance.now();
  }

  async releaseConnection(): Promise<void> {
    this.#release?.();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#leaveGap();
    await connection.executeQuery(CompiledQuery.raw("BEGIN IMMEDIATE"));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("COMMIT"));
    this.#wroteAt = performance.now();
  }

  /**
   * SQLite's lock has no queue: a process that writes transaction after transaction would keep all others waiting for their
   * luck. So it pauses now and then, for longer than the others pause between their tries.
   */
  async #leaveGap(): Promise<void> {
    if (performance.now() - this.#wroteAt > gapMs) this.#restedAt = performance.now();
    if (performance.now() - this.#restedAt < writingMs) return;
    await pause(gapMs);
    this.#restedAt = performance.now();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await connection.executeQuery(CompiledQuery.raw("ROLLBACK"));
  }

  async destroy(): Promise<void> {
    this.#database.close();
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #database: BetterSqlite3.Database;
  readonly #statements = new Map<string, BetterSqlite3.Statement>();

  constructor(database: BetterSqlite3.Database) {
    this.#database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const deadline = Date.now() + busyDeadlineMs;
    for (;;) {
      try {
        return this.#run<R>(query);
      } catch (error) {
        if (!isBusy(error) || Date.now() > deadline) throw error;
        await pause(busyPauseMs);
      }
    }
  }

  // Kysely asks for the method.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("streaming would hold the only connection; page by key instead");
  }

  #run<R>(query: CompiledQuery): QueryResult<R> {
    const statement = this.#prepared(query.sql);
    if (statement.reader) return { rows: statement.all(query.parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(query.parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  #prepared(sql: string): BetterSqlite3.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    if (this.#statements.size >= statementsKept) {
      const [oldest] = this.#statements.keys();
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** Whether another connection holds what was asked for. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
}
