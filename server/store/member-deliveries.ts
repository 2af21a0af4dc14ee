/** What a member got of a list's last posts: from post to post, since deliveries are not kept in the order of persons. */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** Posts looked at. */
const lastPosts = 20;

export type DeliveryOfPost = Selectable<Schema["delivery"]> & {
  readonly address: string | null;
  readonly name: string | null;
  readonly subject: string;
  readonly number: number;
};

/** The newest first. */
export async function lastDeliveriesOf(
  database: Database,
  listId: number,
  personId: number,
): Promise<readonly DeliveryOfPost[]> {
  const { rows } = await sql<DeliveryOfPost>`
    SELECT d.*, v.address, v.name, p.subject, p.number
    FROM (SELECT id, message_id, subject, number FROM post WHERE list_id = ${listId} ORDER BY id DESC LIMIT ${lastPosts}) AS p
    JOIN delivery AS d ON d.message_id = p.message_id AND d.person_id = ${personId}
    LEFT JOIN membership_version AS v ON v.id = d.version_id WHERE d.post_id = p.id`.execute(database.reader);
  return rows.toSorted((one, other) => other.number - one.number);
}
