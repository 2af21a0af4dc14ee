/** Who has not confirmed or answered a post, as they were at sending; of a family that is counted as one, only where nobody has. */
import { sql } from "kysely";
import type { RawBuilder, SqlBool } from "kysely";
import type { Attributes } from "../../lists/member.ts";
import type { DeliveryState } from "../../lists/delivery.ts";
import type { Silence } from "../../lists/recipients.ts";
import type { Database, Kind } from "../database/database.ts";
import { familyValue } from "./family-value.ts";

export type SilentMember = {
  readonly deliveryId: number;
  readonly name: string;
  readonly address: string;
  readonly attributes: Attributes;
  readonly state: DeliveryState;
};

/** Copies that one query looks at: of a million, almost all of which were answered, none holds up the server. */
const pieceRows = 1000;

/**
 * A condition on a delivery `o` of the post `op`, with its version `ov`: its reader is silent. The one place that says so, for
 * reminders and for everything that names the silent.
 */
export function isSilent(kind: Kind, of: Silence): RawBuilder<SqlBool> {
  const family = familyValue(kind, { attributes: sql`ov.attributes`, by: sql`op.count_by` });
  return sql<SqlBool>`${silence(of)} AND (op.count_by = '' OR NOT EXISTS (SELECT 1 FROM confirmation AS family
    WHERE family.post_id = op.id AND family.household <> '' AND family.household = ${family}))`;
}

/** By person, from one to the next, whatever changes meanwhile. Those whose copy never left are not among them. */
export async function* silentMembers(
  database: Database,
  postId: number,
  of: Silence,
): AsyncGenerator<readonly SilentMember[]> {
  for (let after = 0; ;) {
    const end = await pieceEnd(database, postId, after);
    const found = await silentBetween(database, { postId, of, after, end });
    if (found.length > 0) yield found;
    if (end === undefined) return;
    after = end;
  }
}

/** The person at a piece's end; undefined where the post's last copy comes before. */
async function pieceEnd(database: Database, postId: number, after: number): Promise<number | undefined> {
  const { rows } = await sql<{ person: number }>`
    SELECT o.person_id AS person FROM post AS op JOIN delivery AS o ON o.message_id = op.message_id AND o.person_id > ${after}
    WHERE op.id = ${postId} ORDER BY o.person_id LIMIT 1 OFFSET ${pieceRows - 1}`.execute(database.reader);
  return rows[0]?.person;
}

type Between = {
  readonly postId: number;
  readonly of: Silence;
  readonly after: number;
  readonly end: number | undefined;
};

async function silentBetween(
  database: Database,
  { postId, of, after, end }: Between,
): Promise<readonly SilentMember[]> {
  const upTo = end === undefined ? sql`` : sql`AND o.person_id <= ${end}`;
  const { rows } = await sql<Omit<SilentMember, "attributes"> & { attributes: string }>`
    SELECT o.id AS "deliveryId", ov.name, ov.address, ov.attributes, o.state
    FROM post AS op JOIN delivery AS o ON o.message_id = op.message_id AND o.person_id > ${after} ${upTo}
    JOIN membership_version AS ov ON ov.id = o.version_id
    WHERE op.id = ${postId} AND o.post_id = op.id AND o.state IN ('sent', 'failed', 'bounced', 'deferred')
      AND ${isSilent(database.kind, of)} ORDER BY o.person_id`.execute(database.reader);
  return rows.map((row) => ({ ...row, attributes: JSON.parse(row.attributes) as Attributes }));
}

/** Whether there is anybody left to be reminded. */
export async function isAnybodySilent(database: Database, postId: number, of: Silence): Promise<boolean> {
  for await (const found of silentMembers(database, postId, of)) if (found.length > 0) return true;
  return false;
}

function silence(of: Silence): RawBuilder<SqlBool> {
  const unread = sql<SqlBool>`NOT EXISTS (SELECT 1 FROM confirmation AS c WHERE c.delivery_id = o.id)`;
  const unanswered = sql<SqlBool>`NOT EXISTS (SELECT 1 FROM respondent AS r WHERE r.delivery_id = o.id)`;
  if (of === "unread") return unread;
  return of === "unanswered" ? unanswered : sql<SqlBool>`(${unread} OR ${unanswered})`;
}
