/** The highest id that was ever given, by table: carried along, so that an id that was given once never comes again. */
import type BetterSqlite3 from "better-sqlite3";
import type pg from "pg";
import { quoted } from "./catalogue.ts";
import type { Table } from "./catalogue.ts";

export type HighestIds = ReadonlyMap<string, number>;

export function readSqliteIds(db: BetterSqlite3.Database): HighestIds {
  if (db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").get() === undefined) return new Map();
  const rows = db.prepare("SELECT name, seq FROM sqlite_sequence").all() as { name: string; seq: number }[];
  return new Map(rows.map(({ name, seq }) => [name, seq]));
}

/** Only upwards. */
export function raiseSqliteIds(db: BetterSqlite3.Database, ids: HighestIds): void {
  const there = readSqliteIds(db);
  const insert = db.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)");
  const update = db.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = ?");
  for (const [name, id] of ids) {
    const before = there.get(name);
    if (before === undefined) insert.run(name, id);
    else if (id > before) update.run(id, name);
  }
}

export async function readPostgresIds(client: pg.Client, tables: readonly Table[]): Promise<HighestIds> {
  const ids = new Map<string, number>();
  for (const { name } of tables.filter(({ givesIds }) => givesIds)) {
    const sequence = await sequenceOf(client, name);
    const { rows } = await client.query<{ id: number }>(
      `SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS id FROM ${sequence}`,
    );
    ids.set(name, rows[0]?.id ?? 0);
  }
  return ids;
}

/** Only upwards, since no rollback takes it back. */
export async function raisePostgresIds(client: pg.Client, tables: readonly Table[], ids: HighestIds): Promise<void> {
  const there = await readPostgresIds(client, tables);
  for (const [name, before] of there) {
    const id = ids.get(name) ?? 0;
    if (id > before) await client.query("SELECT setval($1, $2)", [await sequenceOf(client, name), id]);
  }
}

/** Its name as SQL takes it. */
async function sequenceOf(client: pg.Client, table: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>("SELECT pg_get_serial_sequence($1, 'id') AS name", [
    quoted(table),
  ]);
  return rows[0]?.name ?? "";
}
