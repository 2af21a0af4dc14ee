/** Sends that are reserved for later, once or again and again. */
import { ddl } from "./ddl.ts";

export const schedules = ddl(`
-- rule: JSON (lists/schedule.ts), in the clocks of zone. next_at: NULL unless it is active. remaining: times that are left; NULL: no end.
-- first_at: of its first time. not_before: what was due earlier was perhaps sent by the server from whose backup this one comes.
-- fault: why it failed, fault_lists: on which lists, by title. message_id and octets_key: the message whose octets are sent again as long as they would be the same.
-- edition rises with each change that somebody makes: who saves an older one is told.
CREATE TABLE schedule (
  id {id}, composition_id {int} NOT NULL REFERENCES composition (id), account_id {int} REFERENCES account (id) ON DELETE SET NULL,
  rule TEXT NOT NULL, zone TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'failed', 'done', 'cancelled')),
  next_at {int}, remaining {int}, first_at {int} NOT NULL, not_before {int} NOT NULL DEFAULT 0,
  fault TEXT, fault_lists TEXT NOT NULL DEFAULT '', message_id {int}, octets_key TEXT NOT NULL DEFAULT '',
  edition {int} NOT NULL DEFAULT 1, created_at {int} NOT NULL, changed_at {int} NOT NULL
) {strict};
CREATE INDEX schedule_next ON schedule (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX schedule_state ON schedule (state, id);
CREATE INDEX schedule_of_composition ON schedule (composition_id);
CREATE INDEX schedule_of_account ON schedule (account_id);
CREATE INDEX schedule_message ON schedule (message_id) WHERE message_id IS NOT NULL;

-- To which lists it goes: those in its composition.
CREATE TABLE schedule_list (
  schedule_id {int} NOT NULL REFERENCES schedule (id) ON DELETE CASCADE,
  list_id {int} NOT NULL REFERENCES list (id) ON DELETE CASCADE, PRIMARY KEY (schedule_id, list_id)
) {strict};
CREATE INDEX schedule_of_list ON schedule_list (list_id);

-- What became of each of its times. at: when that was.
CREATE TABLE occurrence (
  id {id}, schedule_id {int} NOT NULL REFERENCES schedule (id) ON DELETE CASCADE, due_at {int} NOT NULL, at {int} NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('sent', 'missed', 'skipped', 'failed', 'restored')), UNIQUE (schedule_id, due_at)
) {strict};
CREATE TABLE occurrence_post (
  post_id {int} PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE,
  occurrence_id {int} NOT NULL REFERENCES occurrence (id) ON DELETE CASCADE
) {strict};
CREATE INDEX occurrence_posts ON occurrence_post (occurrence_id);

-- A draft that is to take the place of a schedule's composition; edition: of the schedule when the draft was made from it.
CREATE TABLE schedule_draft (
  composition_id {int} PRIMARY KEY REFERENCES composition (id) ON DELETE CASCADE,
  schedule_id {int} NOT NULL REFERENCES schedule (id) ON DELETE CASCADE, edition {int} NOT NULL
) {strict};
CREATE INDEX schedule_drafts ON schedule_draft (schedule_id);
`);
