/** How many members of a list failed on one day for good: so many at once are rather a server's fault than theirs. */
import { ddl } from "./ddl.ts";

export const failureDays = ddl(`
-- A day begins with the first failure after the end of the one before. members: how many received then. words: the other server's,
-- of the last failure. told_at: when the list's administrators were told that none of it counts.
CREATE TABLE failure_day (
  list_id {int} NOT NULL REFERENCES list (id) ON DELETE CASCADE, started_at {int} NOT NULL, failed {int} NOT NULL,
  members {int} NOT NULL, words TEXT NOT NULL, told_at {int}, PRIMARY KEY (list_id, started_at)
) {keyed};
CREATE INDEX failure_day_time ON failure_day (started_at);
`);
