/**
 * What makes a list of 100,000 members searchable and sortable: an index of the grams of every version's text, and each
 * member's values in order. Filled by rebuild-search.ts where members are there already.
 */
import { ddl } from "./ddl.ts";

export const memberIndex = ddl(
  `
-- The version's text as searches read it (lists/search-text.ts).
ALTER TABLE membership_version ADD COLUMN search_text TEXT NOT NULL DEFAULT '';

-- Name, address and attributes of members as keys in the order of sorting. Who has no value has no row.
CREATE TABLE member_value (
  list_id {int} NOT NULL, field {sorted} NOT NULL, value {sorted} NOT NULL,
  membership_id {int} NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
  PRIMARY KEY (list_id, field, value, membership_id)
) {keyed};
CREATE INDEX value_of_member ON member_value (membership_id, field);
CREATE INDEX membership_by_status ON membership (list_id, status, id);
`,
  {
    // Contentless: a row is a version's id and its grams; detail=none: where in the text they stand is of no use.
    sqlite: [
      `CREATE VIRTUAL TABLE member_search USING fts5 (grams, content='', contentless_delete=1, detail=none, tokenize='ascii')`,
      `CREATE TRIGGER version_leaves_search AFTER DELETE ON membership_version BEGIN DELETE FROM member_search WHERE rowid = old.id; END`,
    ],
    // A version is written with all its grams at once: GIN gathers some versions before it sorts them in. Its plans are
    // bitmap scans, which connections of ours are told to avoid elsewhere; hence a function with settings of its own.
    postgres: [
      `CREATE TABLE member_search (
        version_id BIGINT PRIMARY KEY REFERENCES membership_version (id) ON DELETE CASCADE, grams INT[] NOT NULL)`,
      `CREATE INDEX member_search_grams ON member_search USING gin (grams) WITH (fastupdate = on, gin_pending_list_limit = 256)`,
      `CREATE FUNCTION member_search_candidates (wanted INT[], most BIGINT) RETURNS SETOF BIGINT LANGUAGE sql STABLE
        SET enable_bitmapscan = on SET enable_seqscan = off SET enable_indexscan = off
        AS 'SELECT version_id FROM member_search WHERE grams @> wanted LIMIT most'`,
    ],
  },
);
