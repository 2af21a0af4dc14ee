/** Posts that are written in the panel, that go to some of a list's members, and that ask: who has read it, and questions. */
import { ddl } from "./ddl.ts";

export const asking = ddl(`
-- origin: how the post came. recipients: whom of the list it goes to, as JSON (lists/recipients.ts); NULL: to everybody.
-- reminds: the post whose silent recipients this one reminds. count_by: the attribute by which families are counted, as the list had
-- it when the post was accepted; '': each member counts. ask_place: where a copy asks, before or after the text.
ALTER TABLE post ADD COLUMN origin TEXT NOT NULL DEFAULT 'mail';
ALTER TABLE post ADD COLUMN recipients_json TEXT;
ALTER TABLE post ADD COLUMN poll_id {int};
ALTER TABLE post ADD COLUMN reminds {int};
ALTER TABLE post ADD COLUMN composition_id {int};
ALTER TABLE post ADD COLUMN count_by TEXT NOT NULL DEFAULT '';
ALTER TABLE post ADD COLUMN ask_place TEXT NOT NULL DEFAULT 'end';
CREATE INDEX post_reminding ON post (reminds) WHERE reminds IS NOT NULL;
CREATE INDEX post_of_composition ON post (composition_id) WHERE composition_id IS NOT NULL;
ALTER TABLE list ADD COLUMN count_by TEXT NOT NULL DEFAULT '';

-- The octets of a message that is sent again and again are kept once: those of the message named here.
ALTER TABLE message ADD COLUMN content_of {int};

-- Who has pressed "read", once each. household: the value of the post's count_by; '' where there is none.
CREATE TABLE confirmation (
  delivery_id {int} PRIMARY KEY REFERENCES delivery (id) ON DELETE CASCADE,
  post_id {int} NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  household TEXT NOT NULL DEFAULT '', at {int} NOT NULL
) {strict};
CREATE INDEX confirmation_of_post ON confirmation (post_id, at, delivery_id);
CREATE INDEX confirmation_household ON confirmation (post_id, household) WHERE household <> '';

-- What copies were asked and how many answered, kept beside them by the statements that write answers.
CREATE TABLE response_tally (
  post_id {int} NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('confirmed', 'households', 'answered')), count {int} NOT NULL, PRIMARY KEY (post_id, kind)
) {strict};

CREATE TABLE poll (
  id {id}, anonymous {int} NOT NULL, closes_at {int}, created_at {int} NOT NULL
) {strict};
CREATE TABLE question (
  id {id}, poll_id {int} NOT NULL REFERENCES poll (id) ON DELETE CASCADE, seq {int} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('one', 'many', 'text')), text TEXT NOT NULL, UNIQUE (poll_id, seq)
) {strict};
CREATE TABLE choice (
  id {id}, question_id {int} NOT NULL REFERENCES question (id) ON DELETE CASCADE, seq {int} NOT NULL, text TEXT NOT NULL,
  UNIQUE (question_id, seq)
) {strict};
-- Who has answered. Of an anonymous poll without the time, and with nothing that leads to what was answered.
CREATE TABLE respondent (
  delivery_id {int} PRIMARY KEY REFERENCES delivery (id) ON DELETE CASCADE,
  post_id {int} NOT NULL REFERENCES post (id) ON DELETE CASCADE, at {int}
) {strict};
CREATE INDEX respondent_of_post ON respondent (post_id, at, delivery_id);

-- A draft, a template, or what a post, a scheduled or recurring send was made from. content: JSON (lists/composition.ts).
-- edition rises with each change: who saves an older one is told.
CREATE TABLE composition (
  id {id}, account_id {int}, kind TEXT NOT NULL CHECK (kind IN ('draft', 'template', 'sent', 'schedule')),
  title TEXT NOT NULL DEFAULT '', content TEXT NOT NULL, edition {int} NOT NULL DEFAULT 1,
  created_at {int} NOT NULL, changed_at {int} NOT NULL
) {strict};
CREATE INDEX composition_of_account ON composition (account_id, kind, changed_at);
CREATE TABLE attachment (
  id {id}, composition_id {int} NOT NULL REFERENCES composition (id) ON DELETE CASCADE,
  name TEXT NOT NULL, type TEXT NOT NULL, size {int} NOT NULL, created_at {int} NOT NULL
) {strict};
CREATE INDEX attachment_of_composition ON attachment (composition_id);
CREATE TABLE attachment_chunk (
  attachment_id {int} NOT NULL REFERENCES attachment (id) ON DELETE CASCADE, seq {int} NOT NULL, bytes {blob} NOT NULL,
  PRIMARY KEY (attachment_id, seq)
) {strict};
`);
