/**
 * What a backup carries, read from the database's own catalogue: a new table is carried without anybody having to remember.
 * Only what is named here is not.
 */
import type BetterSqlite3 from "better-sqlite3";
import type pg from "pg";

type ColumnType = "int" | "text" | "blob";

export type Table = {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  /** Tables whose rows must be there before. */
  readonly refersTo: readonly string[];
  /** Whether the database itself gives ids, each once. */
  readonly givesIds: boolean;
};

/** Logins, and what was typed after one had ended: a backup in the wrong hands must not be one, and everybody can sign in again. */
export const leftOut: ReadonlySet<string> = new Set(["session", "signin_link", "kept_form"]);

/** Made from other tables, in each kind of database in its own way. */
export const derived: ReadonlySet<string> = new Set(["member_search", "member_value", "post_search", "post_text"]);

/** Keys of `server_state` that say of derived tables that they are as they should be: without them they are made anew at the next start. */
export const derivedMarks: readonly string[] = ["search-rules", "post-search-rules"];

const types: Readonly<Record<string, ColumnType>> = {
  INTEGER: "int",
  bigint: "int",
  TEXT: "text",
  text: "text",
  BLOB: "blob",
  bytea: "blob",
};

/** Those with the tables that they refer to before them. */
export function carriedTables(tables: readonly Table[]): readonly Table[] {
  const left = new Map(tables.filter(({ name }) => !leftOut.has(name) && !derived.has(name)).map((t) => [t.name, t]));
  const ordered: Table[] = [];
  while (left.size > 0) {
    const ready = [...left.values()].filter((table) =>
      table.refersTo.every((one) => one === table.name || !left.has(one)),
    );
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${[...left.keys()].join(", ")}`);
    for (const table of ready) left.delete(table.name);
    ordered.push(...ready);
  }
  return ordered;
}

/** Virtual tables and what belongs to them aside: those are derived. */
export function sqliteTables(db: BetterSqlite3.Database): readonly Table[] {
  const names = db
    .prepare(
      `SELECT t.name FROM pragma_table_list AS t WHERE t.schema = 'main' AND t.type = 'table'
       AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name NOT LIKE 'kysely\\_%' ESCAPE '\\' ORDER BY t.name`,
    )
    .pluck()
    .all() as string[];
  const columns = db.prepare("SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY name");
  const references = db.prepare('SELECT DISTINCT "table" FROM pragma_foreign_key_list(?)').pluck();
  const makes = db
    .prepare("SELECT sql LIKE '%AUTOINCREMENT%' FROM sqlite_master WHERE type = 'table' AND name = ?")
    .pluck();
  return names.map((name) => ({
    name,
    columns: columnsOf(name, columns.all(name) as CatalogueColumn[]),
    refersTo: references.all(name) as string[],
    givesIds: makes.get(name) === 1,
  }));
}

export async function postgresTables(client: pg.Client): Promise<readonly Table[]> {
  const columns = await client.query<CatalogueColumn & { table_name: string; is_identity: string }>(
    `SELECT c.table_name, c.column_name AS name, c.data_type AS type, c.is_identity
     FROM information_schema.columns AS c JOIN information_schema.tables AS t USING (table_schema, table_name)
     WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.table_name NOT LIKE 'kysely\\_%'
       AND c.is_generated = 'NEVER' ORDER BY c.table_name, c.column_name COLLATE "C"`,
  );
  const references = await client.query<{ name: string; other: string }>(
    `SELECT c.conrelid::regclass::text AS name, c.confrelid::regclass::text AS other FROM pg_constraint AS c
     JOIN pg_namespace AS n ON n.oid = c.connamespace WHERE c.contype = 'f' AND n.nspname = current_schema()`,
  );
  return [...Map.groupBy(columns.rows, (row) => row.table_name)].map(([name, own]) => ({
    name,
    columns: columnsOf(name, own),
    refersTo: references.rows.filter((row) => unquoted(row.name) === name).map((row) => unquoted(row.other)),
    givesIds: own.some((column) => column.is_identity === "YES"),
  }));
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

type CatalogueColumn = { readonly name: string; readonly type: string };

/** Those of derived tables may be of any kind, since nobody copies them. */
function columnsOf(table: string, columns: readonly CatalogueColumn[]): Table["columns"] {
  if (derived.has(table)) return [];
  return columns.map(({ name, type }) => {
    const known = types[type];
    if (known === undefined) throw new Error(`${table}.${name} is of the kind ${type}, which backups do not know`);
    return { name, type: known };
  });
}

function unquoted(name: string): string {
  return name.replace(/^"(.*)"$/, "$1");
}
