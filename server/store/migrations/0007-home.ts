/** What the first page counts over all lists, and the search for an address over all of them, found by an index each. */
import type { Migration } from "kysely/migration";
import type { Kind } from "../database/database.ts";
import { ddl } from "./ddl.ts";

const counts = `
CREATE INDEX post_held ON post (list_id, id) WHERE disposition = 'held';
CREATE INDEX refusal_at ON refusal (list_id, at);
-- Those who left by themselves: a file that removes a million members is nothing to look after.
CREATE INDEX membership_left_self ON membership (list_id, left_at) WHERE status = 'left' AND ended_by = 'member';
`;

// PostgreSQL finds what begins with a text only in an index that is ordered by octets, as all of SQLite's are.
const prefixes = `CREATE INDEX address_prefix ON address (canonical COLLATE "C");`;

export const home = (kind: Kind): Migration => ddl(kind === "postgres" ? counts + prefixes : counts)(kind);
