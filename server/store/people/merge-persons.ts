/** Two persons who turn out to be one: what the one has becomes the other's, in the caller's transaction. */
import { sql } from "kysely";
import type { Write } from "../database/database.ts";
import { handMembership } from "./former-persons.ts";

/** Posts that are renamed within a transaction, which stays short; whoever has more keeps an empty person behind them. */
const mostPosts = 500;

/**
 * `from` must not be a member, or a former one, of a list where `to` is one. Deliveries keep the person that they were made for:
 * what a copy shows is in its version of the membership, which moves along.
 */
export async function mergePersons(write: Write, from: number, to: number): Promise<void> {
  await sql`INSERT INTO poster (list_id, person_id, created_at) SELECT list_id, ${to}, created_at FROM poster
    WHERE person_id = ${from} ON CONFLICT (list_id, person_id) DO NOTHING`.execute(write);
  await write.deleteFrom("poster").where("person_id", "=", from).execute();
  await handMembership(write, { personId: from }, to);
  for (const table of ["address", "account"] as const)
    await write.updateTable(table).set({ person_id: to }).where("person_id", "=", from).execute();
  await sql`UPDATE person SET (name, language, timezone) = (
      SELECT CASE WHEN person.name = '' THEN other.name ELSE person.name END,
        coalesce(person.language, other.language), coalesce(person.timezone, other.timezone)
      FROM person AS other WHERE other.id = ${from})
    WHERE id = ${to}`.execute(write);
  const posts = write.selectFrom("post").select("id").where("poster_id", "=", from).limit(mostPosts);
  await write.updateTable("post").set({ poster_id: to }).where("id", "in", posts).execute();
  await sendAs(write, from, to);
  await sql`DELETE FROM person WHERE id = ${from}
    AND NOT EXISTS (SELECT 1 FROM post WHERE poster_id = ${from})`.execute(write);
}

/** What is written and reserved in the panel names its sender in its content; JSON in a text of somebody's has other quotes. */
async function sendAs(write: Write, from: number, to: number): Promise<void> {
  for (const end of [",", "}"]) {
    const [was, is] = [`"senderId":${from}${end}`, `"senderId":${to}${end}`];
    await sql`UPDATE composition SET content = replace(content, ${was}, ${is})
      WHERE content LIKE ${`%${was}%`}`.execute(write);
  }
}
