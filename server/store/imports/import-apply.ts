/**
 * An import changes its list, a piece a transaction. Each piece moves the import's place and writes down how the members were
 * before, so that a crash loses nothing, nothing is done twice, and there is a way back.
 */
import { sql } from "kysely";
import type { ImportDone, MemberImport } from "../../lists/member-import.ts";
import type { MemberStatus } from "../../lists/member.ts";
import { parseAddress } from "../../mail/address.ts";
import type { Database, Write } from "../database/database.ts";
import { changeColumns } from "../members/restore-members.ts";
import { rowsOf } from "../database/rows.ts";
import { saveRows, setStatuses } from "../members/save-members.ts";
import type { Before, MemberRow, SavedMember } from "../members/save-members.ts";

/** Of one transaction. 150 took 16 ms in the middle and 36 at worst of a hundred on a busy machine. */
const pieceRows = 50;
const leavingRows = 100;
/** Members looked at in one transaction for who is not in the file. */
const windowRows = 1000;

/** `gone`: the import, or its list, is there no more, or another process has gone on with it. */
export type Progress = "more" | "done" | "gone";

/** The memberships that were added are told, for a welcome. */
export async function applyPiece(
  database: Database,
  of: MemberImport,
  now: number,
): Promise<{ readonly progress: Progress; readonly added: readonly number[] }> {
  const lines = await nextLines(database, of);
  const last = lines.at(-1)?.id;
  if (last === undefined) return { progress: (await leavePiece(database, of, now)) ?? "done", added: [] };
  const saved = await database.write(async (write) => {
    if (!(await take(write, of, sql`applied_to = ${last}`))) return undefined;
    const rows = lines.flatMap((line): MemberRow[] => memberRow(line));
    const members = await saveRows(write, { kind: database.kind, listId: of.listId, rows, now });
    await noteChanges(write, database, { of, members: members.filter(({ fate }) => fate !== "unchanged") });
    await setDone(write, of, { done: sumOf(of.done, members), now });
    return members;
  });
  const added = saved?.filter(({ fate }) => fate === "added").map(({ membership }) => membership) ?? [];
  return { progress: saved === undefined ? "gone" : "more", added };
}

/**
 * Writes down who would leave because the file does not name them, from after the membership `after`, and counts them; `next` is where
 * to go on. Nobody leaves because of a slip elsewhere in their line, nor for being named by another of their addresses.
 */
export async function planLeaving(
  database: Database,
  of: MemberImport,
  after: number,
): Promise<{ readonly planned: number; readonly next: number | undefined }> {
  const end = await database.reader
    .selectFrom("membership")
    .select("id")
    .where("list_id", "=", of.listId)
    .where("id", ">", after)
    .orderBy("id")
    .offset(windowRows - 1)
    .limit(1)
    .executeTakeFirst();
  const range = end === undefined ? sql`` : sql`AND m.id <= ${end.id}`;
  const result = await database.write((write) =>
    sql`INSERT INTO import_change (import_id, membership_id, leaves)
      SELECT ${of.id}, m.id, 1 FROM membership AS m
      WHERE m.list_id = ${of.listId} AND m.id > ${after} ${range} AND m.status <> 'left' AND NOT EXISTS (
        SELECT 1 FROM address AS a JOIN import_row AS r ON r.import_id = ${of.id} AND r.canonical = a.canonical
        WHERE a.person_id = m.person_id)
      ON CONFLICT DO NOTHING`.execute(write),
  );
  return { planned: Number(result.numAffectedRows ?? 0n), next: end?.id };
}

/** Undefined when nobody is left who is to leave. */
async function leavePiece(database: Database, of: MemberImport, now: number): Promise<Progress | undefined> {
  return database.write(async (write) => {
    const { rows } = await sql<Before & { membership: number; status: MemberStatus }>`
      SELECT m.id AS membership, m.status, m.version_id AS version, m.left_at AS "leftAt", m.ended_by AS "endedBy"
      FROM (SELECT membership_id FROM import_change WHERE import_id = ${of.id} AND leaves = 1
        AND membership_id > ${of.reached.leaving} ORDER BY membership_id LIMIT ${sql.lit(leavingRows)}) AS c
      JOIN membership AS m ON m.id = c.membership_id ORDER BY m.id`.execute(write);
    const last = rows.at(-1)?.membership;
    if (last === undefined) return undefined;
    if (!(await take(write, of, sql`left_to = ${last}`))) return "gone";
    const leaving = rows.filter(({ status }) => status !== "left");
    await setStatuses(write, {
      kind: database.kind,
      now,
      rows: leaving.map(({ membership }) => ({ membership, status: "left" })),
    });
    const members = leaving.map(({ membership, ...before }) => ({
      membership,
      before,
      after: { status: "left" as const, version: before.version ?? 0 },
    }));
    await noteChanges(write, database, { of, members });
    await setDone(write, of, { done: { ...of.done, left: of.done.left + leaving.length }, now });
    return "more";
  });
}

type Line = {
  readonly id: number;
  readonly address: string;
  readonly name: string | null;
  readonly attributes: string;
  readonly status: MemberStatus | null;
};

/** Those that change something; two walks along an index, since the lines between may be a million that do not. */
async function nextLines(database: Database, of: MemberImport): Promise<readonly Line[]> {
  const walk = (fate: "added" | "changed") => sql`SELECT * FROM (
    SELECT id, address, name, attributes, status FROM import_row
    WHERE import_id = ${of.id} AND fate = ${sql.lit(fate)} AND id > ${of.reached.row} ORDER BY id LIMIT ${sql.lit(pieceRows)}) AS ${sql.id(fate)}`;
  const { rows } =
    await sql<Line>`${walk("added")} UNION ALL ${walk("changed")} ORDER BY id LIMIT ${sql.lit(pieceRows)}`.execute(
      database.reader,
    );
  return rows;
}

function memberRow({ address, name, attributes, status }: Line): MemberRow[] {
  const parsed = parseAddress(address);
  if (parsed === undefined) return [];
  return [{ address: parsed, name: name ?? undefined, attributes, partial: true, status: status ?? undefined }];
}

/** Moves the import's place. False when it is not where it was: another process was here, or an end has come. */
async function take(write: Write, of: MemberImport, place: ReturnType<typeof sql>): Promise<boolean> {
  const result = await sql`UPDATE member_import SET ${place}
    WHERE id = ${of.id} AND state = 'applying' AND applied_to = ${of.reached.row} AND left_to = ${of.reached.leaving}`.execute(
    write,
  );
  return (result.numAffectedRows ?? 0n) > 0n;
}

async function setDone(
  write: Write,
  of: MemberImport,
  { done, now }: { readonly done: ImportDone; readonly now: number },
): Promise<void> {
  await write
    .updateTable("member_import")
    .set({ done: JSON.stringify(done), beat_at: now })
    .where("id", "=", of.id)
    .execute();
}

function sumOf(done: ImportDone, members: readonly SavedMember[]): ImportDone {
  const count = (fate: SavedMember["fate"]): number => members.filter((one) => one.fate === fate).length;
  return {
    ...done,
    added: done.added + count("added"),
    changed: done.changed + count("changed"),
    unchanged: done.unchanged + count("unchanged"),
  };
}

/** Of somebody whom two lines change, what was before the first stays noted. */
async function noteChanges(
  write: Write,
  { kind }: Database,
  { of, members }: { readonly of: MemberImport; readonly members: readonly Omit<SavedMember, "fate">[] },
): Promise<void> {
  if (members.length === 0) return;
  const rows = members.map(({ membership, before, after }) => ({
    membership,
    status_before: before?.status,
    version_before: before?.version,
    left_at: before?.leftAt,
    ended_by: before?.endedBy,
    status_after: after.status,
    version_after: after.version,
  }));
  await sql`INSERT INTO import_change (import_id, membership_id, leaves, status_before, version_before, left_at_before, ended_by_before,
      status_after, version_after)
    SELECT ${of.id}, n.membership, 0, n.status_before, n.version_before, n.left_at, n.ended_by, n.status_after, n.version_after
    FROM ${rowsOf(kind, { alias: "n", columns: changeColumns }, rows)} WHERE 1 = 1
    ON CONFLICT (import_id, membership_id) DO UPDATE SET
      status_before = CASE WHEN import_change.status_after IS NULL THEN excluded.status_before ELSE import_change.status_before END,
      version_before = CASE WHEN import_change.status_after IS NULL THEN excluded.version_before ELSE import_change.version_before END,
      left_at_before = CASE WHEN import_change.status_after IS NULL THEN excluded.left_at_before ELSE import_change.left_at_before END,
      ended_by_before = CASE WHEN import_change.status_after IS NULL THEN excluded.ended_by_before ELSE import_change.ended_by_before END,
      status_after = excluded.status_after, version_after = excluded.version_after`.execute(write);
}
