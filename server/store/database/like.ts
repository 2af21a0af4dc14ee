/** Text search, the same in both databases. */
import { sql } from "kysely";
import type { Expression, RawBuilder, SqlBool } from "kysely";
import { storable } from "./rows.ts";

/**
 * Whether the column holds the text anywhere, taken literally, whatever the case. SQLite knows the case of ASCII letters
 * only, so there others (full-width ones too) are found as they are written.
 */
export function contains(column: Expression<string | null>, text: string): RawBuilder<SqlBool> {
  const literal = `%${storable(text).replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
  return sql<SqlBool>`(lower(${column}) LIKE ${literal.toLowerCase()} ESCAPE '\\' OR ${column} LIKE ${literal} ESCAPE '\\')`;
}
