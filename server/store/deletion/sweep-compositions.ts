/** Takes away what nobody can reach any more: drafts and templates of accounts that are gone, and what posts that are gone were made from. */
import { sql } from "kysely";
import type { Database } from "../database/database.ts";

/** One a transaction: its attachments go with it. */
export async function sweepCompositions(database: Database): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    SELECT c.id FROM composition AS c WHERE
      (c.kind IN ('draft', 'template') AND NOT EXISTS (SELECT 1 FROM account AS a WHERE a.id = c.account_id))
      OR (c.kind = 'sent' AND NOT EXISTS (SELECT 1 FROM post AS p WHERE p.composition_id = c.id))
    ORDER BY c.id LIMIT 1000`.execute(database.reader);
  for (const { id } of rows) {
    // Its pieces first, a few at a time: a draft may have many megabytes of them.
    for (let removed = 1n; removed > 0n;) removed = await removePieces(database, id);
    await database.write((write) => write.deleteFrom("composition").where("id", "=", id).execute());
  }
}

async function removePieces(database: Database, compositionId: number): Promise<bigint> {
  return database.write(async (write) => {
    const pieces = await sql<{ attachment_id: number; seq: number }>`
      SELECT piece.attachment_id, piece.seq FROM attachment AS a JOIN attachment_chunk AS piece ON piece.attachment_id = a.id
      WHERE a.composition_id = ${compositionId} LIMIT 8`.execute(write);
    for (const { attachment_id, seq } of pieces.rows)
      await write
        .deleteFrom("attachment_chunk")
        .where("attachment_id", "=", attachment_id)
        .where("seq", "=", seq)
        .execute();
    return BigInt(pieces.rows.length);
  });
}
