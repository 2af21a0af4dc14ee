/** Joining: who has confirmed and waits for an administrator, and tokens that are genuine but past their time. */
import { ddl } from "./ddl.ts";

export const joining = ddl(`
-- Counts only while the membership waits.
ALTER TABLE membership ADD COLUMN confirmed_at {int};
CREATE INDEX membership_approval ON membership (list_id, id) WHERE status = 'waiting' AND confirmed_at IS NOT NULL;

-- What is left of a request whose person was forgotten: enough to know its token again and to say that its time is over.
CREATE TABLE outlived_request (
  id {int} PRIMARY KEY, list_id {int} NOT NULL REFERENCES list (id) ON DELETE CASCADE, kind TEXT NOT NULL,
  secret {blob} NOT NULL, ended_at {int} NOT NULL
) {strict};
CREATE INDEX outlived_request_of_list ON outlived_request (list_id);
CREATE INDEX outlived_request_at ON outlived_request (ended_at);
`);
