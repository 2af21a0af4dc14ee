/** Follow-up of posts that ask: what is planned, how far it is, and when its next step comes. */
import { ddl } from "./ddl.ts";

export const followUp = ddl(`
-- plan: JSON (lists/follow-up.ts). taken: steps done. next_at: NULL when it is over; ended says why.
CREATE TABLE follow_up (
  post_id {int} PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE, plan TEXT NOT NULL, taken {int} NOT NULL DEFAULT 0,
  last_at {int} NOT NULL, next_at {int}, ended TEXT CHECK (ended IN ('everybody', 'done', 'stopped')), ended_at {int},
  created_at {int} NOT NULL
) {strict};
CREATE INDEX message_content ON message (content_of) WHERE content_of IS NOT NULL;
CREATE INDEX follow_up_next ON follow_up (next_at) WHERE next_at IS NOT NULL;
`);
