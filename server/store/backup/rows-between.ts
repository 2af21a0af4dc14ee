/** Rows of all tables, in pieces of a few megabytes, out of PostgreSQL into a SQLite file and the other way. */
import type BetterSqlite3 from "better-sqlite3";
import type pg from "pg";
import { storable } from "../database/rows.ts";
import type { Advance } from "./advance.ts";
import { quoted } from "./catalogue.ts";
import type { Table } from "./catalogue.ts";

const pieceOctets = 4_000_000;
const mostRows = 5000;
const fewRows = 16;

type Cell = string | number | Buffer | null;
type Row = readonly Cell[];

/** Within the transaction of the caller, which holds one moment still. The tables of the file are empty and as the source's. */
export async function copyOutOfPostgres(
  client: pg.Client,
  into: BetterSqlite3.Database,
  { tables, advance }: { readonly tables: readonly Table[]; readonly advance: Advance },
): Promise<void> {
  const all = await countPostgres(client, tables);
  const total = sum(all);
  let done = 0;
  for (const table of tables) {
    const insert = into.prepare(
      `INSERT INTO ${quoted(table.name)} (${names(table)}) VALUES (${places(table, () => "?")})`,
    );
    const insertAll = into.transaction((rows: readonly Row[]) => {
      for (const row of rows) insert.run(row);
    });
    await client.query(`DECLARE piece NO SCROLL CURSOR FOR SELECT ${names(table)} FROM ${quoted(table.name)}`);
    for (let size = fewRows; ;) {
      const { rows } = await client.query<Cell[]>({ text: `FETCH ${size} FROM piece`, rowMode: "array" });
      if (rows.length === 0) break;
      insertAll(rows);
      done += rows.length;
      advance(done, total);
      size = nextSize(rows);
    }
    await client.query("CLOSE piece");
  }
  if (done !== total) throw new Error(`${total} rows were there, ${done} were copied`);
}

/** Within the transaction of the caller. The tables there are empty and as the file's. */
export async function copyIntoPostgres(
  from: BetterSqlite3.Database,
  client: pg.Client,
  { tables, advance }: { readonly tables: readonly Table[]; readonly advance: Advance },
): Promise<void> {
  const total = sum(countSqlite(from, tables));
  let done = 0;
  for (const table of tables) {
    const arrays = places(table, (index) => `$${index + 1}::${postgresTypes[table.columns[index]?.type ?? "text"]}[]`);
    const text = `INSERT INTO ${quoted(table.name)} (${names(table)}) SELECT * FROM unnest(${arrays})`;
    for (const rows of pieces(from, table)) {
      const columns = table.columns.map((_, index) => rows.map((row) => sendable(row[index] ?? null)));
      await client.query({ name: `copy ${table.name}`, text, values: columns });
      done += rows.length;
      advance(done, total);
    }
  }
}

export function countSqlite(db: BetterSqlite3.Database, tables: readonly Table[]): ReadonlyMap<string, number> {
  return new Map(
    tables.map(({ name }) => [
      name,
      db
        .prepare(`SELECT count(*) FROM ${quoted(name)}`)
        .pluck()
        .get() as number,
    ]),
  );
}

export async function countPostgres(client: pg.Client, tables: readonly Table[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { name } of tables) {
    const { rows } = await client.query<{ n: number }>(`SELECT count(*) AS n FROM ${quoted(name)}`);
    counts.set(name, rows[0]?.n ?? 0);
  }
  return counts;
}

export function sum(counts: ReadonlyMap<string, number>): number {
  return counts.values().reduce((all, count) => all + count, 0);
}

const postgresTypes = { int: "bigint", text: "text", blob: "bytea" } as const;

function* pieces(db: BetterSqlite3.Database, table: Table): Generator<readonly Row[]> {
  let rows: Row[] = [];
  let octets = 0;
  for (const row of db
    .prepare(`SELECT ${names(table)} FROM ${quoted(table.name)}`)
    .raw()
    .iterate() as Iterable<Row>) {
    rows.push(row);
    octets += size(row);
    if (octets < pieceOctets && rows.length < mostRows) continue;
    yield rows;
    rows = [];
    octets = 0;
  }
  if (rows.length > 0) yield rows;
}

/** As many rows as these were large, or small. */
function nextSize(rows: readonly Row[]): number {
  const octets = rows.reduce((all, row) => all + size(row), 0);
  return Math.max(fewRows, Math.min(mostRows, Math.floor((pieceOctets * rows.length) / octets)));
}

function size(row: Row): number {
  return row.reduce<number>((all, cell) => all + (typeof cell === "number" || cell === null ? 8 : cell.length), 8);
}

function sendable(cell: Cell): Cell {
  return typeof cell === "string" ? storable(cell) : cell;
}

function names({ columns }: Table): string {
  return columns.map(({ name }) => quoted(name)).join(", ");
}

function places({ columns }: Table, place: (index: number) => string): string {
  return columns.map((_, index) => place(index)).join(", ");
}
