/** A row of `member_import` as the rest of the house knows it. */
import type { Selectable } from "kysely";
import type { FileFault, ImportColumns, ImportCounts, ImportDone, MemberImport } from "../../lists/member-import.ts";
import type { Schema } from "../schema/schema.ts";

export function toImport(row: Selectable<Schema["member_import"]>): MemberImport {
  return {
    id: row.id,
    listId: row.list_id,
    state: row.state,
    fileName: row.file_name,
    accountId: row.account_id ?? undefined,
    byCommand: row.by_command === 1,
    size: row.size,
    readOctets: row.read_octets,
    columns: row.columns === null ? undefined : (JSON.parse(row.columns) as ImportColumns),
    sample: JSON.parse(row.sample) as MemberImport["sample"],
    replaces: row.replaces === 1,
    welcomes: row.welcomes === 1,
    edition: row.edition,
    fault: row.fault === null ? undefined : (JSON.parse(row.fault) as FileFault),
    counts: JSON.parse(row.counts) as ImportCounts,
    done: JSON.parse(row.done) as ImportDone,
    undone: JSON.parse(row.undone) as MemberImport["undone"],
    createdAt: row.created_at,
    readAt: row.read_at ?? undefined,
    applyAt: row.apply_at ?? undefined,
    appliedAt: row.applied_at ?? undefined,
    undoneAt: row.undone_at ?? undefined,
    expiresAt: row.expires_at,
    reached: { row: row.applied_to, leaving: row.left_to, undone: row.undone_to },
  };
}
