/** Who left, as pages and the way back need it. */
import { ddl } from "./ddl.ts";

export const leaving = ddl(`
-- The left_at that the way back of a goodbye undid: so that its page still knows its own token afterwards.
ALTER TABLE membership ADD COLUMN back_from {int};
-- With the id, so that pages by key need no sorting; those who left by themselves apart, so that they are counted without the others.
DROP INDEX membership_left;
CREATE INDEX membership_left ON membership (list_id, left_at, id) WHERE status = 'left';
CREATE INDEX membership_left_themselves ON membership (list_id, left_at, id) WHERE status = 'left' AND ended_by = 'member';
`);
