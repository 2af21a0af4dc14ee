/** The way back of a change: members become as they were before it. */
import { sql } from "kysely";
import type { EndedBy, MemberStatus } from "../../lists/member.ts";
import { addVersions } from "./add-versions.ts";
import type { Kind, Write } from "../database/database.ts";
import { rowsOf } from "../database/rows.ts";
import { setStatuses } from "./save-members.ts";

/** Before the change and after it; of the time before also when and by whom the membership had ended. */
export type MemberChange = {
  readonly membership: number;
  readonly status_before: MemberStatus | null;
  readonly version_before: number | null;
  readonly left_at: number | null;
  readonly ended_by: EndedBy | null;
  readonly status_after: MemberStatus;
  readonly version_after: number;
};

/** Of rows that note such changes (rows.ts). */
export const changeColumns = {
  membership: "int",
  status_before: "text",
  version_before: "int",
  left_at: "int",
  ended_by: "text",
  status_after: "text",
  version_after: "int",
} as const;

export type Restoring = { readonly kind: Kind; readonly changes: readonly MemberChange[]; readonly now: number };

/** What a copy shows comes back as a new version, since the deliveries between point at theirs. */
export async function restoreMembers(write: Write, { kind, changes, now }: Restoring): Promise<void> {
  if (changes.length === 0) return;
  const versions = rowsOf(
    kind,
    { alias: "n", columns: { membership: "int", version_before: "int" } },
    changes.filter((one) => one.version_before !== one.version_after),
  );
  const { rows } = await sql<{ membership: number; address: string; name: string; attributes: string }>`
    SELECT n.membership, v.address, v.name, v.attributes FROM ${versions} JOIN membership_version AS v ON v.id = n.version_before`.execute(
    write,
  );
  await addVersions(write, { kind, now, rows });
  const moved = changes.flatMap((one) =>
    one.status_before === null || one.status_before === one.status_after ? [] : [{ ...one, status: one.status_before }],
  );
  if (moved.length === 0) return;
  await setStatuses(write, { kind, now, rows: moved });
  const ended = rowsOf(kind, { alias: "n", columns: { membership: "int", left_at: "int", ended_by: "text" } }, moved);
  await sql`UPDATE membership SET left_at = n.left_at, ended_by = n.ended_by FROM ${ended} WHERE membership.id = n.membership`.execute(
    write,
  );
}
