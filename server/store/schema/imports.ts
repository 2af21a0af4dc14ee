/** Files of members on their way into a list. */
import type { Generated } from "kysely";
import type { EndedBy, MemberStatus } from "../../lists/member.ts";
import type { ImportState, RowFate } from "../../lists/member-import.ts";

export type ImportsTables = {
  member_import: {
    id: Generated<number>;
    list_id: number;
    state: ImportState;
    file_name: string;
    account_id: number | null;
    by_command: number;
    size: Generated<number>;
    read_octets: Generated<number>;
    columns: string | null;
    sample: Generated<string>;
    replaces: number;
    welcomes: Generated<number>;
    edition: Generated<number>;
    fault: string | null;
    counts: string;
    done: string;
    undone: string;
    applied_to: Generated<number>;
    left_to: Generated<number>;
    undone_to: Generated<number>;
    created_at: number;
    read_at: number | null;
    apply_at: number | null;
    applied_at: number | null;
    undone_at: number | null;
    beat_at: number;
    expires_at: number;
  };
  import_chunk: { import_id: number; seq: number; bytes: Buffer };
  import_row: {
    id: Generated<number>;
    import_id: number;
    line: number;
    fate: RowFate;
    canonical: string | null;
    address: string;
    name: string | null;
    attributes: string;
    status: MemberStatus | null;
    mended: string | null;
    fault: string | null;
  };
  import_change: {
    import_id: number;
    membership_id: number;
    leaves: number;
    status_before: MemberStatus | null;
    version_before: number | null;
    left_at_before: number | null;
    ended_by_before: EndedBy | null;
    status_after: MemberStatus | null;
    version_after: number | null;
    kept: Generated<number>;
  };
};
