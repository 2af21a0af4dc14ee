/** Which attributes a list's members have: from name to name along the index of values, not from member to member. */
import { sql } from "kysely";
import { attributeOfField } from "../../lists/search-text.ts";
import type { Database } from "../database/database.ts";

/** More columns than that no page and no file wants. */
const mostNames = 300;

export async function attributeNames(database: Database, listId: number): Promise<readonly string[]> {
  // Attributes' fields are those between "a:" and "a;", its next neighbour.
  const after = (field: ReturnType<typeof sql>): ReturnType<typeof sql> =>
    sql`(SELECT s.field FROM member_value AS s WHERE s.list_id = ${listId} AND s.field > ${field} AND s.field < 'a;'
      ORDER BY s.field LIMIT 1)`;
  const { rows } = await sql<{ field: string }>`
    WITH RECURSIVE names (field) AS (
      SELECT ${after(sql`'a:'`)} UNION ALL SELECT ${after(sql`names.field`)} FROM names WHERE names.field IS NOT NULL)
    SELECT field FROM names WHERE field IS NOT NULL LIMIT ${mostNames}`.execute(database.reader);
  return rows.map(({ field }) => attributeOfField(field) ?? field);
}
