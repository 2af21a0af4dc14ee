/** Takes imports away, in pieces: a file of a million lines is a million rows, and writes are short. */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Database, Write } from "../database/database.ts";

const pieceRows = 1000;
/** 256 KB each. */
const pieceChunks = 20;

/** Those whose time is over. */
export async function sweepImports(database: Database, now: number): Promise<void> {
  for (;;) {
    const found = await database.reader
      .selectFrom("member_import")
      .select("id")
      .where("expires_at", "<=", now)
      .where("state", "not in", ["applying", "undoing"])
      .limit(1)
      .executeTakeFirst();
    if (found === undefined) return;
    await deleteImport(database, found.id);
  }
}

/** Broken off by the signal, it is done by being called again. */
export async function deleteImportsOfList(database: Database, listId: number, signal?: AbortSignal): Promise<void> {
  const found = await database.reader.selectFrom("member_import").select("id").where("list_id", "=", listId).execute();
  for (const { id } of found) await deleteImport(database, id, signal);
}

/** Whoever works on it finds it gone with their next piece. */
export async function deleteImport(database: Database, id: number, signal?: AbortSignal): Promise<void> {
  await database.write((write) =>
    sql`UPDATE member_import SET state = 'discarded', expires_at = 0 WHERE id = ${id}`.execute(write),
  );
  const pieces = { database, signal };
  await deleteStaged(database, id, signal);
  await deletePieces(pieces, (write) => piece("import_chunk", "seq", { id, rows: pieceChunks }).execute(write));
  await deletePieces(pieces, (write) =>
    piece("import_change", "membership_id", { id, rows: pieceRows }).execute(write),
  );
  await database.write((write) => write.deleteFrom("member_import").where("id", "=", id).execute());
}

/** What a reading left behind that is to begin anew; members planned to leave too. */
export async function deleteStaged(database: Database, id: number, signal?: AbortSignal): Promise<void> {
  const pieces = { database, signal };
  await deletePieces(pieces, (write) => piece("import_row", "id", { id, rows: pieceRows }).execute(write));
  await deletePieces(pieces, (write) =>
    sql`DELETE FROM import_change WHERE import_id = ${id} AND status_after IS NULL AND membership_id IN (SELECT membership_id
      FROM import_change WHERE import_id = ${id} AND status_after IS NULL LIMIT ${sql.lit(pieceRows)})`.execute(write),
  );
}

function piece(
  table: string,
  key: string,
  { id, rows }: { readonly id: number; readonly rows: number },
): RawBuilder<unknown> {
  return sql`DELETE FROM ${sql.table(table)} WHERE import_id = ${id} AND ${sql.id(key)} IN (
    SELECT ${sql.id(key)} FROM ${sql.table(table)} WHERE import_id = ${id} LIMIT ${sql.lit(rows)})`;
}

async function deletePieces(
  { database, signal }: { readonly database: Database; readonly signal: AbortSignal | undefined },
  remove: (write: Write) => Promise<{ readonly numAffectedRows?: bigint }>,
): Promise<void> {
  for (let deleted = 1n; deleted > 0n;) {
    signal?.throwIfAborted();
    deleted = (await database.write(remove)).numAffectedRows ?? 0n;
  }
}
