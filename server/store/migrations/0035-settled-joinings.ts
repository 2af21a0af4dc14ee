/** Joinings that are settled, by the time when they were: their requests are forgotten after a while. */
import { ddl } from "./ddl.ts";

export const settledJoinings = ddl(`
CREATE INDEX request_settled ON request (done_at) WHERE kind = 'join' AND done_at IS NOT NULL;
`);
