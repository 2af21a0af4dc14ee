/**
 * People who come and go by themselves: what joining asks, who ended a membership and when, what was asked by mail or page and
 * waits for its confirmation, and counts of members beside them.
 */
import { ddl } from "./ddl.ts";

export const people = ddl(`
ALTER TABLE person ADD COLUMN timezone TEXT;

-- joining: what /s/TOKEN asks, as JSON (lists/joining.ts). deleted_at: hidden, refused, and purged some days later.
ALTER TABLE list ADD COLUMN joining TEXT NOT NULL DEFAULT '{}';
ALTER TABLE list ADD COLUMN required {int} NOT NULL DEFAULT 0;
ALTER TABLE list ADD COLUMN deleted_at {int};
CREATE INDEX list_deleted ON list (deleted_at) WHERE deleted_at IS NOT NULL;

-- left_at and ended_by belong to status 'left'; a person who left and asks to join again ('waiting') keeps them until it is settled.
-- bounce_days counts days with a permanent bounce since the last quiet month; bounced_on is the last of them.
ALTER TABLE membership ADD COLUMN joined_by TEXT NOT NULL DEFAULT 'administrator' CHECK (joined_by IN ('mail', 'page', 'administrator'));
ALTER TABLE membership ADD COLUMN left_at {int};
ALTER TABLE membership ADD COLUMN ended_by TEXT CHECK (ended_by IN ('member', 'administrator'));
ALTER TABLE membership ADD COLUMN arrived_at {int};
ALTER TABLE membership ADD COLUMN bounce_days {int} NOT NULL DEFAULT 0;
ALTER TABLE membership ADD COLUMN bounced_on {int};
UPDATE membership SET left_at = coalesce(inactive_since, created_at), ended_by = 'administrator' WHERE status = 'left';
CREATE INDEX membership_left ON membership (list_id, left_at) WHERE left_at IS NOT NULL;

CREATE TABLE member_tally (
  list_id {int} NOT NULL REFERENCES list (id) ON DELETE CASCADE, status TEXT NOT NULL, count {int} NOT NULL,
  PRIMARY KEY (list_id, status)
) {strict};
INSERT INTO member_tally (list_id, status, count) SELECT list_id, status, count(*) FROM membership GROUP BY list_id, status;

-- What somebody asked for and a token mailed to address confirms. delivery_id, by name only, is the mail that brought the token.
CREATE TABLE request (
  id {id}, kind TEXT NOT NULL CHECK (kind IN ('join', 'edit', 'address', 'address-back', 'second')),
  list_id {int} NOT NULL REFERENCES list (id) ON DELETE CASCADE,
  membership_id {int} NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
  secret {blob} NOT NULL, address TEXT NOT NULL, canonical TEXT NOT NULL, content TEXT NOT NULL DEFAULT '{}',
  created_at {int} NOT NULL, expires_at {int} NOT NULL, delivery_id {int},
  done_at {int}, done_by TEXT CHECK (done_by IN ('reply', 'page', 'administrator', 'dismissed', 'superseded'))
) {strict};
CREATE INDEX request_of_membership ON request (membership_id, kind, id);
CREATE INDEX request_of_list ON request (list_id, kind, id);
CREATE INDEX request_expiry ON request (expires_at) WHERE done_at IS NULL;

-- Mail that a stranger's mail made us send, by the address that got it: what the caps count. Swept after a day.
CREATE TABLE provoked_mail (id {id}, canonical TEXT NOT NULL, kind TEXT NOT NULL, at {int} NOT NULL) {strict};
CREATE INDEX provoked_mail_to ON provoked_mail (canonical, kind, at);
CREATE INDEX provoked_mail_at ON provoked_mail (at);

-- What the server remembers of itself, such as when it was last backed up.
CREATE TABLE server_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) {strict};
`);
