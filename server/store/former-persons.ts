/**
 * A membership becomes another person's, by a change of address or when two persons turn out to be one. Deliveries keep the person
 * that they were made for, so it is remembered whose the membership was.
 */
import { sql } from "kysely";
import type { Write } from "./database.ts";

/** Of one membership, or of all of a person's. */
export async function handMembership(
  write: Write,
  which: { readonly id: number } | { readonly personId: number },
  to: number,
): Promise<void> {
  const those = "id" in which ? sql`id = ${which.id}` : sql`person_id = ${which.personId}`;
  await sql`INSERT INTO former_person (membership_id, person_id)
    SELECT id, person_id FROM membership WHERE ${those} AND person_id <> ${to}
    ON CONFLICT (membership_id, person_id) DO NOTHING`.execute(write);
  await sql`UPDATE membership SET person_id = ${to} WHERE ${those}`.execute(write);
}
