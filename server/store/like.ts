/** Text search, the same in both databases. */
import { sql } from "kysely";
import type { Expression, RawBuilder, SqlBool } from "kysely";

/** Whether the column holds the text anywhere, taken literally, whatever the case. */
export function contains(column: Expression<string | null>, text: string): RawBuilder<SqlBool> {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
  return sql<SqlBool>`lower(${column}) LIKE ${pattern} ESCAPE '\\'`;
}
