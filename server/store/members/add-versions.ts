/** What a copy shows of members has changed: new versions, which searches find and by which members are sorted. */
import { sql } from "kysely";
import type { Attributes } from "../../lists/member.ts";
import { searchText } from "../../lists/search-text.ts";
import type { Kind, Write } from "../database/database.ts";
import { indexVersions, replaceValues } from "../search/member-index.ts";
import { rowsOf } from "../database/rows.ts";

/** What a copy shows of a member. */
export type VersionRow = {
  readonly membership: number;
  readonly address: string;
  readonly name: string;
  readonly attributes: string;
};

/** A version for each row, which becomes its membership's current one, is found by searches and sorted by. The versions' ids, by membership. */
export async function addVersions(
  write: Write,
  { kind, now, rows }: { readonly kind: Kind; readonly now: number; readonly rows: readonly VersionRow[] },
): Promise<ReadonlyMap<number, number>> {
  if (rows.length === 0) return new Map();
  const texts = new Map(rows.map((row) => [row.membership, searchText({ ...row, attributes: readAttributes(row) })]));
  const from = rowsOf(
    kind,
    { alias: "n", columns: { membership: "int", address: "text", name: "text", attributes: "text", text: "text" } },
    rows.map((row) => ({ ...row, text: texts.get(row.membership) })),
  );
  const made = await sql<{ id: number; membership: number }>`
    INSERT INTO membership_version (membership_id, address, name, attributes, search_text, created_at)
    SELECT n.membership, n.address, n.name, n.attributes, n.text, ${now} FROM ${from}
    WHERE 1 = 1 RETURNING id, membership_id AS membership`.execute(write);
  const current = rowsOf(kind, { alias: "n", columns: { id: "int", membership: "int" } }, made.rows);
  const changed = await sql<{ version: number; membership: number; list: number }>`
    UPDATE membership SET version_id = n.id FROM ${current} WHERE membership.id = n.membership
    RETURNING version_id AS version, membership.id AS membership, list_id AS list`.execute(write);
  const lists = new Map(changed.rows.map((row) => [row.membership, row.list]));
  await indexVersions(
    write,
    kind,
    changed.rows.map((row) => ({ ...row, text: texts.get(row.membership) ?? "" })),
  );
  await replaceValues(
    write,
    kind,
    rows.map((row) => ({ ...row, list: lists.get(row.membership) ?? 0 })),
  );
  return new Map(made.rows.map(({ id, membership }) => [membership, id]));
}

function readAttributes({ attributes }: VersionRow): Attributes {
  return JSON.parse(attributes) as Attributes;
}
