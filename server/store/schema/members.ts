/** Memberships with their versions, how they are searched and sorted, and changes of many at once. */
import type { Generated } from "kysely";
import type { BulkState, BulkVerb } from "../../lists/bulk-change.ts";
import type { JoinedBy, EndedBy, MemberStatus } from "../../lists/member.ts";

export type MembersTables = {
  membership: {
    id: Generated<number>;
    list_id: number;
    person_id: number;
    version_id: number | null;
    status: MemberStatus;
    secret: Buffer;
    active_since: number | null;
    inactive_since: number | null;
    created_at: number;
    joined_by: Generated<JoinedBy>;
    left_at: Generated<number | null>;
    ended_by: Generated<EndedBy | null>;
    arrived_at: Generated<number | null>;
    bounce_days: Generated<number>;
    bounced_on: Generated<number | null>;
    back_from: Generated<number | null>;
    confirmed_at: Generated<number | null>;
    bounce_words: Generated<string>;
  };
  membership_version: {
    id: Generated<number>;
    membership_id: number;
    address: string;
    name: string;
    attributes: string;
    search_text: Generated<string>;
    created_at: number;
  };
  member_value: { list_id: number; field: string; value: string; membership_id: number };
  member_tally: { list_id: number; status: MemberStatus; count: number };
  bulk_change: {
    id: Generated<number>;
    list_id: number;
    account_id: number | null;
    verb: BulkVerb;
    content: string;
    state: BulkState;
    reached: Generated<number>;
    changed: Generated<number>;
    restored: Generated<number>;
    created_at: number;
  };
  bulk_member: {
    bulk_id: number;
    membership_id: number;
    status_before: MemberStatus;
    version_before: number;
    left_at_before: number | null;
    ended_by_before: EndedBy | null;
    status_after: MemberStatus;
    version_after: number;
  };
  failure_day: {
    list_id: number;
    started_at: number;
    failed: number;
    members: number;
    words: string;
    told_at: number | null;
  };
};
