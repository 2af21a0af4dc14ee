/** How many members of lists have addresses at some domains: along the index of sorted addresses, which holds them whole. */
import { sql } from "kysely";
import type { Database } from "../database/database.ts";

/** Addresses looked at a list, some 20 ms: of larger lists the rest is not looked at. */
const mostLooked = 50_000;

export type DomainCounts = {
  readonly counts: ReadonlyMap<string, number>;
  /** Not everybody was looked at. */
  readonly isCut: boolean;
};

/** Active members by domain; who is on several of the lists counts on each. */
export async function countByDomain(
  database: Database,
  listIds: readonly number[],
  domains: readonly string[],
): Promise<DomainCounts> {
  const counts = new Map<string, number>();
  let isCut = false;
  if (domains.length === 0) return { counts, isCut };
  const domain =
    database.kind === "postgres" ? sql`split_part(s.value, '@', 2)` : sql`substr(s.value, instr(s.value, '@') + 1)`;
  for (const listId of listIds) {
    const { rows } = await sql<{ domain: string; count: number | string }>`
      SELECT d.domain, count(*) AS count FROM (
        SELECT ${domain} AS domain, s.membership_id FROM member_value AS s
        WHERE s.list_id = ${listId} AND s.field = 'address' ORDER BY s.value, s.membership_id LIMIT ${mostLooked}) AS d
      JOIN membership AS m ON m.id = d.membership_id AND m.status = 'active'
      WHERE d.domain IN (${sql.join(domains)}) GROUP BY d.domain`.execute(database.reader);
    for (const row of rows) counts.set(row.domain, (counts.get(row.domain) ?? 0) + Number(row.count));
    isCut ||= await hasMore(database, listId);
  }
  return { counts, isCut };
}

async function hasMore(database: Database, listId: number): Promise<boolean> {
  const { rows } = await sql<{ sum: number | string | null }>`
    SELECT sum(count) AS sum FROM member_tally WHERE list_id = ${listId}`.execute(database.reader);
  return Number(rows[0]?.sum ?? 0) > mostLooked;
}
