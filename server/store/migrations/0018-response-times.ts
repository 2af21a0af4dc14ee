/** How soon readers confirmed and answered: counts by the time since the post, kept by the statements that write them. */
import { ddl } from "./ddl.ts";

export const responseTimes = ddl(`
-- slot: see lists/response-time.ts.
CREATE TABLE response_time (
  post_id {int} NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('confirmed', 'answered')), slot {int} NOT NULL, count {int} NOT NULL,
  PRIMARY KEY (post_id, kind, slot)
) {keyed};
CREATE INDEX post_that_asks ON post (list_id, id) WHERE asks_confirmation = 1 OR poll_id IS NOT NULL;
`);
