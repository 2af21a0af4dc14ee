/** Many values as one parameter: what makes a statement work on a whole batch, in either database. */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Kind } from "./database.ts";

type ColumnType = "int" | "text";

const postgresType: Readonly<Record<ColumnType, string>> = { int: "bigint", text: "text" };

/**
 * A FROM item named `alias` with one row an object of `rows`. JSON instead of bound parameters, because SQLite takes at
 * most 32,766 of those and a statement's text then stays the same (and prepared) whatever the batch's size.
 */
export function rowsOf(
  kind: Kind,
  { alias, columns }: { readonly alias: string; readonly columns: Readonly<Record<string, ColumnType>> },
  rows: readonly object[],
): RawBuilder<unknown> {
  const json = JSON.stringify(rows);
  const names = Object.keys(columns);
  if (kind === "postgres") {
    const typed = names.map((name) => sql`${sql.id(name)} ${sql.raw(postgresType[columns[name] ?? "text"])}`);
    return sql`json_to_recordset(${json}::json) AS ${sql.id(alias)}(${sql.join(typed)})`;
  }
  const picked = names.map((name) => sql`value ->> ${sql.lit(name)} AS ${sql.id(name)}`);
  return sql`(SELECT ${sql.join(picked)} FROM json_each(${json})) AS ${sql.id(alias)}`;
}

/** `random 16 octets`, made by the database, one a row. */
export function randomSecret(kind: Kind): RawBuilder<Buffer> {
  // PostgreSQL's core has no random octets; a version 4 UUID has 122 random bits.
  return kind === "postgres" ? sql`uuid_send(gen_random_uuid())` : sql`randomblob(16)`;
}
