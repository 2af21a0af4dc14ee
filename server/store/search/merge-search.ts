/**
 * SQLite's search indexes grow by a small part with each write, and parts are merged. Left to itself, FTS5 does that by hundreds of
 * pages in one write now and then; here each write that adds or takes out rows merges a few, in proportion. PostgreSQL's indexes see to
 * themselves.
 */
import { sql } from "kysely";
import type { Kind, Write } from "../database/database.ts";

/** A page holds some 4000 of them, and each is written anew some five times until it is in the largest part. */
const gramsOfPage = 700;
const gramsOfMember = 40;

/** So many members were added or taken out. What is left unmerged the next write merges. */
export function mergeMemberSearch(write: Write, kind: Kind, members: number): Promise<void> {
  return merge(write, kind, { index: "member_search", grams: members * gramsOfMember });
}

/** So many grams of posts were added or taken out. */
export function mergePostSearch(write: Write, kind: Kind, grams: number): Promise<void> {
  return merge(write, kind, { index: "post_search", grams });
}

async function merge(
  write: Write,
  kind: Kind,
  { index, grams }: { readonly index: string; readonly grams: number },
): Promise<void> {
  if (kind === "postgres" || grams === 0) return;
  const table = sql.table(index);
  // FTS5 takes whole numbers only, which a parameter of JavaScript's is not.
  await sql`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ${sql.lit(Math.ceil(grams / gramsOfPage))})`.execute(
    write,
  );
}
