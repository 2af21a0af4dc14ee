/**
 * A membership becomes another person's, by a change of address or when two persons turn out to be one. Deliveries keep the person
 * that they were made for, so it is remembered whose the membership was.
 */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Write } from "../database/database.ts";

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

/** Who has the membership, and who had it: two joins named `w`, each for a query of its own, since neither database takes both by an index. */
export function ownersOf(membership: RawBuilder<unknown>): readonly RawBuilder<unknown>[] {
  return [
    sql`JOIN membership AS w ON w.id = ${membership}`,
    sql`JOIN former_person AS w ON w.membership_id = ${membership}`,
  ];
}

/** The id of the copy of a message that went to a membership, whoever had it then. */
export function copyOf({
  message,
  membership,
  person,
}: Readonly<Record<"message" | "membership" | "person", RawBuilder<unknown>>>): RawBuilder<number | null> {
  return sql<number | null>`COALESCE(
    (SELECT own.id FROM delivery AS own WHERE own.message_id = ${message} AND own.person_id = ${person}),
    (SELECT once.id FROM former_person AS f JOIN delivery AS once ON once.message_id = ${message} AND once.person_id = f.person_id
      JOIN membership_version AS shown ON shown.id = once.version_id AND shown.membership_id = f.membership_id
      WHERE f.membership_id = ${membership} LIMIT 1))`;
}
