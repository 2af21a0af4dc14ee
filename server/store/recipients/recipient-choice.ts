/** Whom of a list a post goes to, as a condition of the statement that writes down its deliveries. */
import { sql } from "kysely";
import type { RawBuilder, Selectable, SqlBool } from "kysely";
import { fits } from "../../lists/recipients.ts";
import type { Condition, Recipients } from "../../lists/recipients.ts";
import type { Attributes } from "../../lists/member.ts";
import type { Database, Write } from "../database/database.ts";
import { copyOf } from "../people/former-persons.ts";
import { readRecipients } from "../posts/post-rows.ts";
import { rowsOf } from "../database/rows.ts";
import { isSilent } from "../answers/silent-members.ts";
import type { Schema } from "../schema/schema.ts";

type PostRow = Selectable<Schema["post"]>;

export type Choice = {
  /** On the membership `m`. */
  readonly chosen: RawBuilder<SqlBool>;
  /** The address that the copy goes to instead of the membership's, on `m`; it is then that of `rcpt_to`. */
  readonly rcptTo: RawBuilder<string | null>;
};

/** `range`: the memberships of this piece, as a condition on `m`. */
export async function choiceOf(
  write: Write,
  database: Database,
  { post, range }: { readonly post: PostRow; readonly range: RawBuilder<unknown> },
): Promise<Choice> {
  const recipients = readRecipients(post.recipients_json);
  const own = { rcptTo: sql<string | null>`NULL` };
  if (recipients === undefined) return { chosen: sql<SqlBool>`1 = 1`, ...own };
  if (recipients.kind === "ticked") return { chosen: isTicked(database, recipients.persons), ...own };
  if (recipients.kind === "conditions") {
    const ids = await fitting(write, recipients.all, sql`m.list_id = ${post.list_id} AND ${range}`);
    return { chosen: sql`m.id IN ${idsOf(database, ids)}`, ...own };
  }
  return silentChoice(database, post, recipients);
}

function idsOf(database: Database, ids: readonly number[]): RawBuilder<unknown> {
  const rows = ids.map((id) => ({ id }));
  return sql`(SELECT n.id FROM ${rowsOf(database.kind, { alias: "n", columns: { id: "int" } }, rows)})`;
}

/** Also by whom they were when somebody ticked them. */
function isTicked(database: Database, persons: readonly number[]): RawBuilder<SqlBool> {
  const ids = idsOf(database, persons);
  return sql<SqlBool>`(m.person_id IN ${ids}
    OR EXISTS (SELECT 1 FROM former_person AS f WHERE f.membership_id = m.id AND f.person_id IN ${ids}))`;
}

/** The one place that decides is lists/recipients.ts, whichever database: the piece's members are looked at here. */
async function fitting(
  write: Write,
  conditions: readonly Condition[],
  range: RawBuilder<unknown>,
): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number; name: string; address: string; attributes: string }>`
    SELECT m.id, v.name, v.address, v.attributes FROM membership AS m
    JOIN membership_version AS v ON v.id = m.version_id WHERE ${range}`.execute(write);
  const members = rows.map((row) => ({ ...row, attributes: JSON.parse(row.attributes) as Attributes }));
  return members.filter((member) => fits(conditions, member)).map(({ id }) => id);
}

/** Of whom the first copy has left, and who has not answered it; of a family that is counted as one, nobody has. */
function silentChoice(
  database: Database,
  post: PostRow,
  { of, address }: Extract<Recipients, { readonly kind: "silent" }>,
): Choice {
  const states = sql.raw(address === "own" ? "'sent'" : "'sent', 'failed', 'bounced'");
  // The sum keeps PostgreSQL from walking along all addresses in the order of their ids, once a member.
  const second = sql<
    string | null
  >`(SELECT a.address FROM address AS a WHERE a.id = (SELECT min(other.id + 0) FROM address AS other
    WHERE other.person_id = m.person_id AND other.address <> (SELECT address FROM membership_version WHERE id = m.version_id)))`;
  const firstCopy = copyOf({ message: sql`op.message_id`, membership: sql`m.id`, person: sql`m.person_id` });
  const chosen = sql<SqlBool>`EXISTS (
    SELECT 1 FROM post AS op JOIN delivery AS o ON o.id = ${firstCopy}
    LEFT JOIN membership_version AS ov ON ov.id = o.version_id
    WHERE op.id = ${post.reminds} AND o.post_id + 0 = op.id AND o.state IN (${states}) AND ${isSilent(database.kind, of)})`;
  return address === "own"
    ? { chosen, rcptTo: sql`NULL` }
    : { chosen: sql`${chosen} AND ${second} IS NOT NULL`, rcptTo: second };
}
