/** Many values as one parameter: what makes a statement work on a whole batch, in either database. */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Kind } from "./database.ts";

type ColumnType = "int" | "text";

const postgresType: Readonly<Record<ColumnType, string>> = { int: "bigint", text: "text" };

/**
 * A FROM item named `alias` with one row an object of `rows`. JSON instead of bound parameters, because SQLite takes at
 * most 32,766 of those and a statement's text then stays the same (and prepared) whatever the batch's size; arrays in it
 * instead of objects, which SQLite takes apart in two thirds of the time. Join it by a primary key: SQLite takes json_each
 * for larger than a table's part that it finds by half an index, and would read that part once a row.
 */
export function rowsOf(
  kind: Kind,
  { alias, columns }: { readonly alias: string; readonly columns: Readonly<Record<string, ColumnType>> },
  rows: readonly Readonly<Record<string, unknown>>[],
): RawBuilder<unknown> {
  const names = Object.keys(columns);
  const json = JSON.stringify(rows.map((row) => names.map((name) => cell(row[name]))));
  const picked = names.map((name, place) => `${typed(kind, { place, type: columns[name] ?? "text" })} AS "${name}"`);
  const [before, after] = kind === "postgres" ? ["json_array_elements(", "::json)"] : ["json_each(", ")"];
  // The names are the program's own. Two pieces of text, since a tree of nodes for each takes longer to write out than SQLite takes to run it.
  return sql`${sql.raw(`(SELECT ${picked.join(", ")} FROM ${before}`)}${json}${sql.raw(`${after}) AS "${alias}"`)}`;
}

/** The text as both databases keep it: PostgreSQL takes no NUL, and half a surrogate pair is no UTF-8. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\u{fffd}");
}

/** `random 16 octets`, made by the database, one a row. */
export function randomSecret(kind: Kind): RawBuilder<Buffer> {
  // PostgreSQL's core has no random octets; a version 4 UUID has 122 random bits.
  return kind === "postgres" ? sql`uuid_send(gen_random_uuid())` : sql`randomblob(16)`;
}

function cell(value: unknown): unknown {
  return typeof value === "string" ? storable(value) : (value ?? null);
}

function typed(kind: Kind, { place, type }: { readonly place: number; readonly type: ColumnType }): string {
  const value = `value ->> ${place}`;
  return kind === "postgres" ? `(${value})::${postgresType[type]}` : value;
}
