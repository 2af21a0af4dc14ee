/** What is written in the panel, and when it is sent. */
import type { Generated } from "kysely";
import type { CompositionKind } from "../../lists/composition.ts";
import type { FollowUpEnd } from "../../lists/follow-up.ts";
import type { OccurrenceOutcome, ScheduleFault, ScheduleState } from "../../lists/schedule.ts";

export type SchedulesTables = {
  composition: {
    id: Generated<number>;
    account_id: number | null;
    kind: CompositionKind;
    title: Generated<string>;
    content: string;
    edition: Generated<number>;
    created_at: number;
    changed_at: number;
  };
  attachment: {
    id: Generated<number>;
    composition_id: number;
    name: string;
    type: string;
    size: number;
    created_at: number;
  };
  attachment_chunk: { attachment_id: number; seq: number; bytes: Buffer };
  follow_up: {
    post_id: number;
    plan: string;
    taken: Generated<number>;
    last_at: number;
    next_at: number | null;
    ended: FollowUpEnd | null;
    ended_at: number | null;
    created_at: number;
  };
  schedule: {
    id: Generated<number>;
    composition_id: number;
    account_id: number | null;
    rule: string;
    zone: string;
    state: ScheduleState;
    next_at: number | null;
    remaining: number | null;
    first_at: number;
    not_before: Generated<number>;
    fault: ScheduleFault | null;
    fault_lists: Generated<string>;
    message_id: number | null;
    octets_key: Generated<string>;
    edition: Generated<number>;
    created_at: number;
    changed_at: number;
  };
  schedule_list: { schedule_id: number; list_id: number };
  schedule_draft: { composition_id: number; schedule_id: number; edition: number };
  occurrence: { id: Generated<number>; schedule_id: number; due_at: number; at: number; outcome: OccurrenceOutcome };
  occurrence_post: { post_id: number; occurrence_id: number };
};
