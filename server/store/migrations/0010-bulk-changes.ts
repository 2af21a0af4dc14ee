/** Changes of many members at once, done in pieces, and how each member was before, for the way back. */
import { ddl } from "./ddl.ts";

export const bulkChanges = ddl(`
-- content: whom it is about and what it sets, as JSON. reached: the last membership that was looked at, on the way there or back.
CREATE TABLE bulk_change (
  id {id}, list_id {int} NOT NULL REFERENCES list (id) ON DELETE CASCADE, account_id {int},
  verb TEXT NOT NULL CHECK (verb IN ('pause', 'resume', 'remove', 'set')), content TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'undoing', 'undone')),
  reached {int} NOT NULL DEFAULT 0, changed {int} NOT NULL DEFAULT 0, restored {int} NOT NULL DEFAULT 0,
  created_at {int} NOT NULL
) {strict};
CREATE INDEX bulk_change_of_list ON bulk_change (list_id, id);
CREATE INDEX bulk_change_at_work ON bulk_change (id) WHERE state IN ('running', 'undoing');
CREATE INDEX bulk_change_age ON bulk_change (created_at);

CREATE TABLE bulk_member (
  bulk_id {int} NOT NULL REFERENCES bulk_change (id) ON DELETE CASCADE, membership_id {int} NOT NULL,
  status_before TEXT NOT NULL, version_before {int} NOT NULL, left_at_before {int}, ended_by_before TEXT,
  status_after TEXT NOT NULL, version_after {int} NOT NULL, PRIMARY KEY (bulk_id, membership_id)
) {keyed};
`);
