/** Members whose mail keeps coming back: the other server's words beside the count of days, and who was stopped, by list. */
import { ddl } from "./ddl.ts";

export const bounces = ddl(`
-- What was said of the last copy that counted in bounce_days.
ALTER TABLE membership ADD COLUMN bounce_words TEXT NOT NULL DEFAULT '';
CREATE INDEX membership_stopped ON membership (list_id, inactive_since) WHERE status = 'bounced';
`);
