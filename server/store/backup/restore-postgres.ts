/** The prepared file's rows take the place of those in PostgreSQL, in one transaction. */
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import type pg from "pg";
import { openDatabase } from "../database/database.ts";
import type { Database } from "../database/database.ts";
import { layoutOf, migrate } from "../migrations/migrate.ts";
import { carriedTables, derivedMarks, postgresTables, quoted, sqliteTables } from "./catalogue.ts";
import type { Table } from "./catalogue.ts";
import { raisePostgresIds, readSqliteIds } from "./highest-ids.ts";
import { inTransaction } from "./own-client.ts";
import type { Place, Placed } from "./place.ts";
import { copyIntoPostgres, countPostgres, countSqlite, sum } from "./rows-between.ts";
import { writeBackup } from "./write-backup.ts";

export async function restoreIntoPostgres(work: string, place: Place): Promise<Placed> {
  const database = openDatabase(place.location);
  const from = new BetterSqlite3(work, { readonly: true });
  try {
    const layout = await layoutOf(database);
    if (layout.kind === "newer") return { kind: "newer there" };
    const isWorth = layout.kind !== "empty" && (await isFilled(place.location));
    if (isWorth && !place.replace) return { kind: "not empty" };
    const kept = isWorth ? await keep(database, place) : undefined;
    await migrate(database);
    const rows = await inTransaction(place.location, "BEGIN", (client) => fill(client, from, place));
    return { kind: "done", rows, kept };
  } finally {
    from.close();
    await database.close();
  }
}

async function keep(database: Database, { folder, keptName, now, advance }: Place): Promise<string> {
  const file = join(folder, `${new URL(database.location).pathname.slice(1)}.${keptName}.db`);
  const backup = await writeBackup(database, { file, replace: false, now, advance });
  if (backup.kind !== "made") throw new Error(`what was there could not be kept as ${file}: ${backup.kind}`);
  return file;
}

async function isFilled(url: string): Promise<boolean> {
  return inTransaction(url, "BEGIN READ ONLY", async (client) => {
    for (const { name } of carriedTables(await postgresTables(client))) {
      if (name === "server_state") continue;
      const { rows } = await client.query<{ filled: boolean }>(
        `SELECT EXISTS (SELECT 1 FROM ${quoted(name)}) AS filled`,
      );
      if (rows[0]?.filled === true) return true;
    }
    return false;
  });
}

/** Fails rather than waits where somebody holds a table, a backup say: the transaction would hold up everybody behind it. */
async function fill(client: pg.Client, from: BetterSqlite3.Database, { advance }: Place): Promise<number> {
  await client.query("SET LOCAL lock_timeout = '5s'");
  const all = await postgresTables(client);
  await client.query(`TRUNCATE ${all.map(({ name }) => quoted(name)).join(", ")}`);
  const tables = carriedTables(all);
  expectSame(tables, carriedTables(sqliteTables(from)));
  await copyIntoPostgres(from, client, { tables, advance });
  await raisePostgresIds(client, tables, readSqliteIds(from));
  const copied = sum(await countPostgres(client, tables));
  const there = sum(countSqlite(from, tables));
  await client.query("DELETE FROM server_state WHERE key = ANY($1)", [derivedMarks]);
  if (copied !== there) throw new Error(`the backup has ${there} rows, ${copied} were restored`);
  return copied;
}

/** Both were laid out by the same migrations. */
function expectSame(ours: readonly Table[], theirs: readonly Table[]): void {
  const [one, other] = [ours, theirs].map((tables) =>
    JSON.stringify(tables.map(({ name, columns }) => [name, columns]).toSorted()),
  );
  if (one !== other) throw new Error("the tables of the backup are not those of this database");
}
