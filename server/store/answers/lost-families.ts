/**
 * Copies that reach nobody after all (cancelled), or for another post (handed over): of a post that counts families their marks go, and
 * families of which no copy is left are counted no more, as cancelled copies are not where members count.
 */
import { sql } from "kysely";
import type { Kind, Write } from "../database/database.ts";
import { rowsOf } from "../database/rows.ts";

type Marked = { readonly id: number; readonly post: number; readonly household: string };

/** Within the transaction that cancels the copies or hands them over, and before it does. */
export async function loseFamilies(write: Write, kind: Kind, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const copies = rowsOf(
    kind,
    { alias: "n", columns: { id: "int" } },
    ids.map((id) => ({ id })),
  );
  const { rows } = await sql<Marked>`SELECT d.id, d.post_id AS post, d.silent_as AS household
    FROM ${copies} JOIN delivery AS d ON d.id = n.id JOIN post AS p ON p.id = d.post_id
    WHERE d.silent_as IS NOT NULL AND p.count_by <> ''`.execute(write);
  if (rows.length === 0) return;
  const marked = rowsOf(kind, { alias: "n", columns: { id: "int" } }, rows);
  await sql`UPDATE delivery SET silent_as = NULL FROM ${marked} WHERE delivery.id = n.id`.execute(write);
  for (const [post, some] of Map.groupBy(rows, (row) => row.post)) {
    const singles = some.filter(({ household }) => household === "").length;
    const families = singles + (await gone(write, kind, some));
    await sql`UPDATE post SET families = families - ${families}, singles = singles - ${singles} WHERE id = ${post}`.execute(
      write,
    );
  }
}

/** Of these families of one post, how many have neither a copy left nor confirmed. */
async function gone(write: Write, kind: Kind, marked: readonly Marked[]): Promise<number> {
  const named = new Map(marked.filter(({ household }) => household !== "").map((row) => [row.household, row]));
  if (named.size === 0) return 0;
  const from = rowsOf(kind, { alias: "n", columns: { post: "int", household: "text" } }, [...named.values()]);
  const { rows } = await sql<{ count: number }>`SELECT COUNT(*) AS count FROM ${from}
    WHERE NOT EXISTS (SELECT 1 FROM delivery AS d WHERE d.post_id = n.post AND d.silent_as = n.household)
      AND NOT EXISTS (SELECT 1 FROM confirmation AS c
        WHERE c.post_id = n.post AND c.household <> '' AND c.household = n.household)`.execute(write);
  return rows[0]?.count ?? 0;
}
