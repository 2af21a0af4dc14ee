/** SQLite's search indexes of members and posts are merged in small steps by our own writes (merge-search.ts), never by FTS5 itself. */
import { ddl } from "./ddl.ts";

const indexes = ["member_search", "post_search"];
const settings = {
  automerge: 0,
  // The most: FTS5 merges all of a level at once when it has so many parts.
  crisismerge: 1999,
  // Parts of a level that are merged into one: more make fewer merges, and searches of more parts.
  usermerge: 8,
  // Of a hundred rows so many dead ones: fewer make more merges, more make long ones.
  deletemerge: 60,
};

export const mergedSearch = ddl("", {
  sqlite: indexes.flatMap((index) =>
    Object.entries(settings).map(
      ([name, value]) => `INSERT INTO ${index} (${index}, rank) VALUES ('${name}', ${value})`,
    ),
  ),
  postgres: [],
});
