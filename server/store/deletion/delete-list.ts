/** Takes a list away with its members, posts and deliveries: in pieces, since a large one is millions of rows and writes are short. */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import { forgetBulkChanges } from "../members/bulk-changes.ts";
import type { Database } from "../database/database.ts";
import { deleteImportsOfList } from "./import-sweep.ts";
import { mergeMemberSearch } from "../search/merge-search.ts";
import { sweepUnused } from "../posts/messages.ts";
import { forgetUnasked } from "../answers/polls.ts";
import { rowsOf } from "../database/rows.ts";

type Table = "delivery" | "request" | "refusal";

/** Rows deleted in one transaction. */
const pieceRows = 500;
const pieceMembers = 50;
/** Of their versions, of which a member may have any number. */
const pieceVersions = 100;

/** Broken off half-way, by the signal or by a crash, it is done by being called again. */
export async function deleteList(database: Database, listId: number, signal?: AbortSignal): Promise<void> {
  const pieces = { database, signal };
  await closeList(database, listId);
  await deleteImportsOfList(database, listId, signal);
  for (let post = await anyPost(database, listId); post !== undefined; post = await anyPost(database, listId)) {
    await deletePost(pieces, post);
  }
  await forgetBulkChanges(database, listId);
  await deletePieces(pieces, "delivery", sql`SELECT id FROM delivery WHERE list_id = ${listId} AND post_id IS NULL`);
  await deletePieces(pieces, "request", sql`SELECT id FROM request WHERE list_id = ${listId}`);
  await deleteMembers(pieces, listId);
  await deletePieces(pieces, "refusal", sql`SELECT id FROM refusal WHERE list_id = ${listId}`);
  await database.write(async (write) => write.deleteFrom("list").where("id", "=", listId).execute());
  await sweepUnused(database);
}

/** Nobody may post any more, and no post goes on. */
async function closeList(database: Database, listId: number): Promise<void> {
  await database.write(async (write) => {
    await write.deleteFrom("poster").where("list_id", "=", listId).execute();
    await sql`UPDATE post SET stopped_at = coalesce(stopped_at, accepted_at), expanded_at = coalesce(expanded_at, accepted_at)
      WHERE list_id = ${listId} AND (stopped_at IS NULL OR expanded_at IS NULL)`.execute(write);
  });
}

async function anyPost(database: Database, listId: number): Promise<number | undefined> {
  return (
    await database.reader
      .selectFrom("post")
      .select("id")
      .where("list_id", "=", listId)
      .orderBy("id")
      .limit(1)
      .executeTakeFirst()
  )?.id;
}

type Pieces = { readonly database: Database; readonly signal: AbortSignal | undefined };

async function deletePost(pieces: Pieces, postId: number): Promise<void> {
  await deletePieces(pieces, "delivery", sql`SELECT id FROM delivery WHERE post_id = ${postId}`);
  await pieces.database.write(async (write) => {
    const gone = write.deleteFrom("post").where("id", "=", postId).returning("poll_id");
    const pollId = (await gone.executeTakeFirst())?.poll_id ?? null;
    if (pollId !== null) await forgetUnasked(write, pollId);
  });
}

async function deleteMembers({ database, signal }: Pieces, listId: number): Promise<void> {
  for (let more = true; more;) {
    signal?.throwIfAborted();
    more = await database.write(async (write) => {
      const first = write.selectFrom("membership").select("id").where("list_id", "=", listId);
      const members = await first.orderBy("id").limit(pieceMembers).execute();
      if (members.length === 0) return false;
      const named = rowsOf(database.kind, { alias: "n", columns: { id: "int" } }, members);
      const versions = await sql`DELETE FROM membership_version WHERE id IN (
        SELECT v.id FROM ${named} JOIN membership_version AS v ON v.membership_id = n.id LIMIT ${sql.lit(pieceVersions)})`.execute(
        write,
      );
      const gone = Number(versions.numAffectedRows ?? 0n);
      if (gone < pieceVersions)
        await sql`DELETE FROM membership WHERE id IN (SELECT n.id FROM ${named})`.execute(write);
      await mergeMemberSearch(write, database.kind, gone);
      return true;
    });
  }
}

/** Deletes the rows that `ids` selects until it selects none. */
async function deletePieces({ database, signal }: Pieces, table: Table, ids: RawBuilder<unknown>): Promise<void> {
  for (let deleted = pieceRows; deleted === pieceRows;) {
    signal?.throwIfAborted();
    const result = await database.write((write) =>
      sql`DELETE FROM ${sql.table(table)} WHERE id IN (${ids} LIMIT ${sql.lit(pieceRows)})`.execute(write),
    );
    deleted = Number(result.numAffectedRows ?? 0n);
  }
}
