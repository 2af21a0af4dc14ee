/** What polls were answered. */
import { ddl } from "./ddl.ts";

export const answers = ddl(`
-- Of polls that are not anonymous: what each reader answered, a later answer in the place of an earlier one. Without references to
-- choice and question: SQLite would look through the whole table for each of those that is deleted, and deliveries go before them.
CREATE TABLE answer_choice (
  delivery_id {int} NOT NULL REFERENCES delivery (id) ON DELETE CASCADE, choice_id {int} NOT NULL, post_id {int} NOT NULL,
  PRIMARY KEY (delivery_id, choice_id)
) {keyed};
CREATE INDEX answer_choice_of_post ON answer_choice (post_id, choice_id, delivery_id);
CREATE TABLE answer_text (
  delivery_id {int} NOT NULL REFERENCES delivery (id) ON DELETE CASCADE, question_id {int} NOT NULL, post_id {int} NOT NULL,
  text TEXT NOT NULL, PRIMARY KEY (delivery_id, question_id)
) {keyed};
CREATE INDEX answer_text_of_question ON answer_text (post_id, question_id, delivery_id);

-- What anonymous readers wrote, in bundles whose texts are mixed anew whenever one comes in (anonymous-answers.ts).
CREATE TABLE anonymous_text (
  post_id {int} NOT NULL REFERENCES post (id) ON DELETE CASCADE, question_id {int} NOT NULL, seq {int} NOT NULL,
  texts TEXT NOT NULL, PRIMARY KEY (post_id, question_id, seq)
) {keyed};

-- How often each choice was taken and how many wrote to each question (JSON, poll-tallies.ts): of every poll, and of an anonymous
-- one all that there is. One row a post, so that no row of it is the trace of the last who took one choice.
CREATE TABLE poll_tally (
  post_id {int} PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE, counts TEXT NOT NULL
) {strict};

CREATE INDEX post_of_poll ON post (poll_id) WHERE poll_id IS NOT NULL;
`);
