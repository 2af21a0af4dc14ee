/** The members behind an import, for its pages: who would leave, and who was changed since and so was not taken back. */
import { sql } from "kysely";
import type { MemberStatus } from "../../lists/member.ts";
import type { Database } from "../database/database.ts";

export type TouchedMember = {
  readonly id: number;
  readonly address: string;
  readonly name: string;
  readonly status: MemberStatus;
};

/** In the order of their joining, from after the membership `after`. */
export async function touchedMembers(
  database: Database,
  importId: number,
  { which, after, limit }: { readonly which: "leaving" | "kept"; readonly after: number; readonly limit: number },
): Promise<readonly TouchedMember[]> {
  const { rows } = await sql<TouchedMember>`
    SELECT m.id, v.address, v.name, m.status
    FROM (SELECT membership_id FROM import_change WHERE import_id = ${importId} AND membership_id > ${after}
      AND ${which === "leaving" ? sql`leaves = 1` : sql`kept = 1`} ORDER BY membership_id LIMIT ${limit}) AS c
    JOIN membership AS m ON m.id = c.membership_id JOIN membership_version AS v ON v.id = m.version_id ORDER BY m.id`.execute(
    database.reader,
  );
  return rows;
}
