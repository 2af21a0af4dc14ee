/** One piece of a change of many members, and of its way back: each is one transaction, and none is done twice. */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import { statusAfter } from "../../lists/bulk-change.ts";
import type { BulkContent } from "../../lists/bulk-change.ts";
import type { Attributes, EndedBy, MemberStatus } from "../../lists/member.ts";
import { addVersions } from "./add-versions.ts";
import type { Database, Kind, Write } from "../database/database.ts";
import type { Members } from "./members.ts";
import { changeColumns, restoreMembers } from "./restore-members.ts";
import type { MemberChange } from "./restore-members.ts";
import { rowsOf } from "../database/rows.ts";
import { setStatuses } from "./save-members.ts";
import type { Schema } from "../schema/schema.ts";

const pieceRows = 60;

type Bulk = Selectable<Schema["bulk_change"]>;

type Standing = {
  readonly membership: number;
  readonly status: MemberStatus;
  readonly version: number;
  readonly left_at: number | null;
  readonly ended_by: EndedBy | null;
  readonly address: string;
  readonly name: string;
  readonly attributes: string;
};

/** False when this was the last. */
export async function bulkPiece(
  database: Database,
  members: Members,
  { of, now }: { readonly of: Bulk; readonly now: number },
): Promise<boolean> {
  const { kind } = database;
  const content = JSON.parse(of.content) as BulkContent;
  const ids = await nextIds(members, of, content);
  return database.write(async (write) => {
    const isLast = ids.length < pieceRows;
    const standing = await standingOf(write, kind, { listId: of.list_id, ids });
    const changed = standing.map((one) => changeOf(one, of, content)).filter((each) => each.isChange);
    const reached = { reached: ids.at(-1) ?? of.reached, changed: of.changed + changed.length };
    if (!(await take(write, of, { ...reached, state: isLast ? "done" : "running" }))) return true;
    const versions = await addVersions(write, { kind, now, rows: changed.filter((one) => one.isAnew) });
    await setStatuses(write, {
      kind,
      now,
      rows: changed.filter((one) => one.status !== one.before.status),
    });
    await note(write, kind, {
      bulk: of.id,
      rows: changed.map(({ before, status, membership }) => ({
        membership,
        status_before: before.status,
        version_before: before.version,
        left_at: before.left_at,
        ended_by: before.ended_by,
        status_after: status,
        version_after: versions.get(membership) ?? before.version,
      })),
    });
    return !isLast;
  });
}

/** False when this was the last. */
export async function undoBulkPiece(database: Database, of: Bulk, now: number): Promise<boolean> {
  return database.write(async (write) => {
    const { rows } = await sql<MemberChange & { status: MemberStatus; version: number }>`
      SELECT b.membership_id AS membership, b.status_before, b.version_before, b.left_at_before AS left_at,
        b.ended_by_before AS ended_by, b.status_after, b.version_after, m.status, m.version_id AS version
      FROM bulk_member AS b LEFT JOIN membership AS m ON m.id = b.membership_id
      WHERE b.bulk_id = ${of.id} AND b.membership_id > ${of.reached} ORDER BY b.membership_id
      LIMIT ${pieceRows}`.execute(write);
    const changes = rows.filter((row) => row.status === row.status_after && row.version === row.version_after);
    const isLast = rows.length < pieceRows;
    const reached = { reached: rows.at(-1)?.membership ?? of.reached, restored: of.restored + changes.length };
    if (!(await take(write, of, { ...reached, state: isLast ? "undone" : "undoing" }))) return true;
    await restoreMembers(write, { kind: database.kind, changes, now });
    return !isLast;
  });
}

/** False when another process was faster; its piece was then this one. */
async function take(
  write: Write,
  of: Bulk,
  next: Partial<Pick<Bulk, "reached" | "changed" | "restored" | "state">>,
): Promise<boolean> {
  const result = await write
    .updateTable("bulk_change")
    .set(next)
    .where("id", "=", of.id)
    .where("state", "=", of.state)
    .where("reached", "=", of.reached)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Whom the change is about, in the order of their joining. */
async function nextIds(members: Members, of: Bulk, { scope }: BulkContent): Promise<readonly number[]> {
  if ("ids" in scope)
    return scope.ids
      .filter((id) => id > of.reached)
      .toSorted((one, other) => one - other)
      .slice(0, pieceRows);
  const { search, status } = scope;
  const page = { search, limit: pieceRows, after: of.reached, ...(status && { status }) };
  return (await members.page(of.list_id, page)).map(({ id }) => id);
}

/** As they are now, locked until the transaction ends. */
async function standingOf(
  write: Write,
  kind: Kind,
  { listId, ids }: { readonly listId: number; readonly ids: readonly number[] },
): Promise<readonly Standing[]> {
  const from = rowsOf(
    kind,
    { alias: "n", columns: { membership: "int" } },
    ids.map((membership) => ({ membership })),
  );
  const { rows } = await sql<Standing & { list: number }>`
    SELECT m.id AS membership, m.list_id AS list, m.status, m.version_id AS version, m.left_at, m.ended_by,
      v.address, v.name, v.attributes
    FROM ${from} JOIN membership AS m ON m.id = n.membership JOIN membership_version AS v ON v.id = m.version_id
    ${kind === "postgres" ? sql`FOR UPDATE OF m` : sql``}`.execute(write);
  return rows.filter(({ list }) => list === listId);
}

function changeOf(before: Standing, of: Bulk, { attribute }: BulkContent) {
  const { membership, address, name } = before;
  const status = statusAfter(of.verb, before.status);
  const attributes = attribute === undefined ? before.attributes : withAttribute(before.attributes, attribute);
  const isAnew = attributes !== before.attributes;
  return {
    membership,
    address,
    name,
    attributes,
    status,
    before,
    isAnew,
    isChange: isAnew || status !== before.status,
  };
}

function withAttribute(json: string, { name, value }: { readonly name: string; readonly value: string }): string {
  const known = JSON.parse(json) as Attributes;
  if (known[name] === value || (value === "" && known[name] === undefined)) return json;
  const others = Object.entries({ ...known, [name]: value });
  return JSON.stringify(Object.fromEntries(others.filter(([key]) => key !== name || value !== "")));
}

async function note(
  write: Write,
  kind: Kind,
  { bulk, rows }: { readonly bulk: number; readonly rows: readonly MemberChange[] },
): Promise<void> {
  if (rows.length === 0) return;
  await sql`INSERT INTO bulk_member (bulk_id, membership_id, status_before, version_before, left_at_before, ended_by_before, status_after, version_after)
    SELECT ${bulk}, n.membership, n.status_before, n.version_before, n.left_at, n.ended_by, n.status_after, n.version_after
    FROM ${rowsOf(kind, { alias: "n", columns: changeColumns }, rows)} WHERE 1 = 1`.execute(write);
}
