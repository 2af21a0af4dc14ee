/** What a member got of a list's last posts: from post to post, since deliveries are not kept in the order of persons. */
import { sql } from "kysely";
import type { Database } from "../database/database.ts";
import type { DeliveryRow } from "./delivery-rows.ts";

/** Posts looked at. */
const lastPosts = 20;

export type DeliveryOfPost = DeliveryRow & {
  readonly subject: string;
  readonly number: number;
};

/** The newest first. */
export async function lastDeliveriesOf(
  database: Database,
  listId: number,
  personId: number,
): Promise<readonly DeliveryOfPost[]> {
  const before = await database.reader
    .selectFrom("membership as m")
    .innerJoin("former_person as f", "f.membership_id", "m.id")
    .select("f.person_id")
    .where("m.list_id", "=", listId)
    .where("m.person_id", "=", personId)
    .execute();
  const persons = [...new Set([personId, ...before.map((row) => row.person_id)])];
  const { rows } = await sql<DeliveryOfPost>`
    SELECT d.*, v.address, v.name, bounded.subject, bounded.number,
      c.at AS confirmed_at, r.post_id AS answered_post, r.at AS answered_at
    FROM (SELECT id, message_id, subject, number FROM post WHERE list_id = ${listId} ORDER BY id DESC LIMIT ${lastPosts}) AS bounded
    JOIN delivery AS d ON d.message_id = bounded.message_id AND d.person_id IN (${sql.join(persons)})
    LEFT JOIN membership_version AS v ON v.id = d.version_id
    LEFT JOIN confirmation AS c ON c.delivery_id = d.id LEFT JOIN respondent AS r ON r.delivery_id = d.id
    WHERE d.post_id = bounded.id`.execute(database.reader);
  return rows.toSorted((one, other) => other.number - one.number);
}
