/** Changes of many members at once: begun by an administrator, done a piece a transaction, and undone the same way. */
import { sql } from "kysely";
import type { Selectable, SqlBool } from "kysely";
import type { BulkChange, BulkContent, BulkVerb } from "../../lists/bulk-change.ts";
import { bulkPiece, undoBulkPiece } from "./bulk-pieces.ts";
import type { Database } from "../database/database.ts";
import type { Members } from "./members.ts";
import type { Schema } from "../schema/schema.ts";

/** For so long a change can be undone. */
const keptMs = 7 * 86_400_000;

export class BulkChanges {
  readonly #database: Database;
  readonly #members: Members;

  constructor(database: Database, members: Members) {
    this.#database = database;
    this.#members = members;
  }

  /** Nothing is changed before its first piece. */
  async begin(
    listId: number,
    change: { readonly verb: BulkVerb; readonly content: BulkContent; readonly accountId: number },
    now: number,
  ): Promise<BulkChange> {
    const row = await this.#database.write((write) =>
      write
        .insertInto("bulk_change")
        .values({
          list_id: listId,
          account_id: change.accountId,
          verb: change.verb,
          content: JSON.stringify(change.content),
          state: "running",
          created_at: now,
        })
        .returningAll()
        .executeTakeFirstOrThrow(),
    );
    return toChange(row);
  }

  async find(id: number): Promise<BulkChange | undefined> {
    const row = await this.#database.reader
      .selectFrom("bulk_change")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return row && toChange(row);
  }

  /** Those that are not at their end. */
  async atWork(): Promise<readonly number[]> {
    const rows = await this.#database.reader
      .selectFrom("bulk_change")
      .select("id")
      // Literally, so that the index of just these serves.
      .where(sql<SqlBool>`state IN ('running', 'undoing')`)
      .orderBy("id")
      .execute();
    return rows.map(({ id }) => id);
  }

  /** The next piece of the way there or back. False when there is none. */
  async advance(id: number, now: number): Promise<boolean> {
    const row = await this.#database.reader
      .selectFrom("bulk_change")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    if (row?.state === "running") return bulkPiece(this.#database, this.#members, { of: row, now });
    return row?.state === "undoing" && undoBulkPiece(this.#database, row, now);
  }

  /** False when it is not done, undone already, or too old. */
  async undo(id: number, now: number): Promise<boolean> {
    const result = await this.#database.write((write) =>
      write
        .updateTable("bulk_change")
        .set({ state: "undoing", reached: 0 })
        .where("id", "=", id)
        .where("state", "=", "done")
        .where("created_at", ">", now - keptMs)
        .executeTakeFirst(),
    );
    return result.numUpdatedRows > 0n;
  }

  /** Forgets what can no longer be undone, a piece a transaction. */
  async sweep(now: number): Promise<void> {
    const old = this.#database.reader
      .selectFrom("bulk_change")
      .select("id")
      .where("created_at", "<=", now - keptMs)
      .where("state", "in", ["done", "undone"]);
    for (const { id } of await old.execute()) await forgetBulkChange(this.#database, id);
  }
}

export async function forgetBulkChanges(database: Database, listId: number): Promise<void> {
  const rows = database.reader.selectFrom("bulk_change").select("id").where("list_id", "=", listId);
  for (const { id } of await rows.execute()) await forgetBulkChange(database, id);
}

/** In pieces, since it may hold a row for each member of a large list. */
async function forgetBulkChange(database: Database, id: number): Promise<void> {
  for (;;) {
    const rows = database.reader
      .selectFrom("bulk_member")
      .select("membership_id")
      .where("bulk_id", "=", id)
      .orderBy("membership_id");
    const ids = (await rows.limit(500).execute()).map((row) => row.membership_id);
    if (ids.length === 0) break;
    const gone = sql`DELETE FROM bulk_member WHERE bulk_id = ${id} AND membership_id <= ${Math.max(...ids)}`;
    await database.write((write) => gone.execute(write));
  }
  await database.write((write) => write.deleteFrom("bulk_change").where("id", "=", id).execute());
}

function toChange(row: Selectable<Schema["bulk_change"]>): BulkChange {
  return {
    id: row.id,
    listId: row.list_id,
    verb: row.verb,
    content: JSON.parse(row.content) as BulkContent,
    state: row.state,
    changed: row.changed,
    restored: row.restored,
    createdAt: row.created_at,
  };
}
