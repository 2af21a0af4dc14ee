/**
 * Taking members out of the search index merges none of it in that same write, which took up to half a second of a large index;
 * what is dead goes when members are added and its part is merged anyway.
 */
import { ddl } from "./ddl.ts";

export const quietSearch = ddl("", {
  sqlite: [`INSERT INTO member_search (member_search, rank) VALUES ('deletemerge', 0)`],
  postgres: [],
});
