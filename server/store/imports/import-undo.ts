/**
 * The way back of an import, a piece a transaction: whoever is still as the import left them becomes as they were before it; whoever
 * was changed since stays, and is noted.
 */
import { sql } from "kysely";
import type { MemberImport } from "../../lists/member-import.ts";
import type { MemberStatus } from "../../lists/member.ts";
import type { Database, Kind, Write } from "../database/database.ts";
import type { Progress } from "./import-apply.ts";
import { addMemberMoves } from "../members/member-tally.ts";
import { mergeMemberSearch } from "../search/merge-search.ts";
import { restoreMembers } from "../members/restore-members.ts";
import type { MemberChange } from "../members/restore-members.ts";
import { rowsOf } from "../database/rows.ts";
import { setStatuses } from "../members/save-members.ts";

/** Of one transaction. */
const pieceRows = 50;

/** With how the member stands now. */
type Change = MemberChange & { readonly status: MemberStatus | null; readonly version: number | null };

export async function undoPiece(database: Database, of: MemberImport, now: number): Promise<Progress> {
  // A copy that went to a new member is accounted to them: whoever has got one leaves instead of never having been.
  const isRead = await hasPostSince(database, of);
  return database.write(async (write) => {
    const changes = await nextChanges(write, of);
    const last = changes.at(-1)?.membership;
    if (last === undefined) return "done";
    if (!(await take(write, of, last))) return "gone";
    const isAsLeft = (one: Change): boolean => one.status === one.status_after && one.version === one.version_after;
    const mine = changes.filter(isAsLeft);
    const kept = changes.filter((one) => !isAsLeft(one));
    const isNew = ({ status_before }: Change): boolean => status_before === null;
    await restoreMembers(write, { kind: database.kind, changes: mine.filter((one) => !isNew(one)), now });
    if (isRead) await dismiss(write, { kind: database.kind, changes: mine.filter(isNew), now });
    else await remove(write, database.kind, { of, changes: mine.filter(isNew) });
    await noteKept(write, database.kind, { of, kept });
    const undone = { restored: of.undone.restored + mine.length, kept: of.undone.kept + kept.length };
    await sql`UPDATE member_import SET undone = ${JSON.stringify(undone)}, beat_at = ${now} WHERE id = ${of.id}`.execute(
      write,
    );
    return "more";
  });
}

async function hasPostSince(database: Database, of: MemberImport): Promise<boolean> {
  const newest = await database.reader
    .selectFrom("post")
    .select("accepted_at")
    .where("list_id", "=", of.listId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return newest !== undefined && newest.accepted_at >= (of.applyAt ?? 0);
}

async function nextChanges(write: Write, of: MemberImport): Promise<readonly Change[]> {
  const { rows } = await sql<Change>`
    SELECT c.membership_id AS membership, c.status_before, c.version_before, c.left_at_before AS left_at,
      c.ended_by_before AS ended_by, c.status_after, c.version_after, m.status, m.version_id AS version
    FROM import_change AS c LEFT JOIN membership AS m ON m.id = c.membership_id
    WHERE c.import_id = ${of.id} AND c.membership_id > ${of.reached.undone} AND c.status_after IS NOT NULL
    ORDER BY c.membership_id LIMIT ${sql.lit(pieceRows)}`.execute(write);
  return rows;
}

async function take(write: Write, of: MemberImport, last: number): Promise<boolean> {
  const result = await sql`UPDATE member_import SET undone_to = ${last}
    WHERE id = ${of.id} AND state = 'undoing' AND undone_to = ${of.reached.undone}`.execute(write);
  return (result.numAffectedRows ?? 0n) > 0n;
}

type Part = { readonly kind: Kind; readonly changes: readonly Change[]; readonly now: number };

async function dismiss(write: Write, { kind, changes, now }: Part): Promise<void> {
  await setStatuses(write, {
    kind,
    now,
    rows: changes.map(({ membership }) => ({ membership, status: "left" })),
  });
}

/** With the persons whom the import made, where nothing else knows them. */
async function remove(
  write: Write,
  kind: Kind,
  { of, changes }: { readonly of: MemberImport; readonly changes: readonly Change[] },
): Promise<void> {
  if (changes.length === 0) return;
  const gone = rowsOf(kind, { alias: "n", columns: { membership: "int" } }, changes);
  const { rows: persons } = await sql<{ person: number }>`
    SELECT m.person_id AS person FROM ${gone} JOIN membership AS m ON m.id = n.membership`.execute(write);
  await sql`DELETE FROM membership WHERE id IN (SELECT n.membership FROM ${gone})`.execute(write);
  await mergeMemberSearch(write, kind, changes.length);
  await addMemberMoves(
    write,
    kind,
    changes.map(({ status_after }) => ({ listId: of.listId, from: status_after, to: undefined })),
  );
  const named = rowsOf(kind, { alias: "n", columns: { person: "int" } }, persons);
  await sql`DELETE FROM person WHERE id IN (SELECT n.person FROM ${named}) AND created_at >= ${of.applyAt ?? 0}
    AND NOT EXISTS (SELECT 1 FROM membership WHERE person_id = person.id)
    AND NOT EXISTS (SELECT 1 FROM poster WHERE person_id = person.id)
    AND NOT EXISTS (SELECT 1 FROM account WHERE person_id = person.id)`.execute(write);
}

async function noteKept(
  write: Write,
  kind: Kind,
  { of, kept }: { readonly of: MemberImport; readonly kept: readonly Change[] },
): Promise<void> {
  if (kept.length === 0) return;
  const named = rowsOf(kind, { alias: "n", columns: { membership: "int" } }, kept);
  await sql`UPDATE import_change SET kept = 1
    WHERE import_id = ${of.id} AND membership_id IN (SELECT n.membership FROM ${named})`.execute(write);
}
