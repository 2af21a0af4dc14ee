/** What makes a history of many posts searchable: the text of each, and an index of its grams, filled by index-posts.ts. */
import { ddl } from "./ddl.ts";

export const history = ddl(
  `
-- Whether its text is in the index. Those of before, and new ones for a moment, are not.
ALTER TABLE post ADD COLUMN in_search {int} NOT NULL DEFAULT 0;
CREATE INDEX post_unsearched ON post (id) WHERE in_search = 0;

-- As searches read it (lists/post-filter.ts).
CREATE TABLE post_text (
  post_id {int} PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE, author TEXT NOT NULL, text TEXT NOT NULL
) {strict};
`,
  {
    sqlite: [
      `CREATE VIRTUAL TABLE post_search USING fts5 (grams, content='', contentless_delete=1, detail=none, tokenize='ascii')`,
      `CREATE TRIGGER post_leaves_search AFTER DELETE ON post_text BEGIN DELETE FROM post_search WHERE rowid = old.post_id; END`,
    ],
    // As for members: bitmap scans, which connections of ours are told to avoid elsewhere, in a function with its own settings.
    postgres: [
      `CREATE TABLE post_search (
        post_id BIGINT PRIMARY KEY REFERENCES post_text (post_id) ON DELETE CASCADE, grams INT[] NOT NULL)`,
      `CREATE INDEX post_search_grams ON post_search USING gin (grams) WITH (fastupdate = on, gin_pending_list_limit = 1024)`,
      `CREATE FUNCTION post_search_candidates (wanted INT[], most BIGINT) RETURNS SETOF BIGINT LANGUAGE sql STABLE
        SET enable_bitmapscan = on SET enable_seqscan = off SET enable_indexscan = off
        AS 'SELECT post_id FROM post_search WHERE grams @> wanted LIMIT most'`,
    ],
  },
);
