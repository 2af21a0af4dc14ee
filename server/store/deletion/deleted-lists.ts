/**
 * Lists that were deleted and can still be brought back. Such a list is hidden everywhere at once: nothing comes in, nothing goes
 * out, no page shows it. Some days later, or on somebody's word, it is purged.
 */
import { sql } from "kysely";
import type { SqlBool } from "kysely";
import type { Database } from "../database/database.ts";
import { deleteList } from "./delete-list.ts";

/** How long a deleted list can be brought back. */
export const keptMs = 7 * 86_400_000;

export type DeletedList = {
  readonly id: number;
  readonly name: string;
  readonly domain: string;
  readonly title: string;
  readonly deletedAt: number;
  /** When it is purged. */
  readonly until: number;
};

/** When a list that was given up says it was deleted: the earliest moment there is. */
const longAgo = -8_640_000_000_000_000;

/** Posts looked at in one transaction while they are stopped. */
const pieceRows = 1000;

export class DeletedLists {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Its posts that still run are stopped, and stay so when it is brought back. False when there is no such list (any more). */
  async add(listId: number, now: number): Promise<boolean> {
    const marked = await this.#database.write(async (write) =>
      write
        .updateTable("list")
        .set({ deleted_at: now })
        .where("id", "=", listId)
        .where("deleted_at", "is", null)
        .executeTakeFirst(),
    );
    if (marked.numUpdatedRows === 0n) return false;
    for (let after: number | undefined = 0; after !== undefined;) after = await this.#stopPosts({ listId, after, now });
    return true;
  }

  /** False when it is not deleted, or is being purged. */
  async restore(listId: number, now: number): Promise<boolean> {
    const restored = await this.#database.write(async (write) =>
      write
        .updateTable("list")
        .set({ deleted_at: null })
        .where("id", "=", listId)
        .where("deleted_at", ">", now - keptMs)
        .executeTakeFirst(),
    );
    return restored.numUpdatedRows > 0n;
  }

  /** Those that can still be brought back, the last deleted first. */
  async all(now: number): Promise<readonly DeletedList[]> {
    const rows = await this.#select(now).orderBy("deleted_at", "desc").execute();
    return rows.map(toDeletedList);
  }

  async find(listId: number, now: number): Promise<DeletedList | undefined> {
    const row = await this.#select(now).where("id", "=", listId).executeTakeFirst();
    return row && toDeletedList(row);
  }

  async findByAddress(name: string, domain: string, now: number): Promise<DeletedList | undefined> {
    const row = await this.#select(now).where("name", "=", name).where("domain", "=", domain).executeTakeFirst();
    return row && toDeletedList(row);
  }

  /**
   * It cannot be brought back any more, and the next purge takes it away. Its name is free at once: no list's name holds a tilde.
   * False when it is not deleted.
   */
  async giveUp(listId: number): Promise<boolean> {
    const given = await this.#database.write(async (write) =>
      write
        .updateTable("list")
        .set({ deleted_at: longAgo, name: `~${listId}` })
        .where("id", "=", listId)
        .where("deleted_at", "is not", null)
        .executeTakeFirst(),
    );
    return given.numUpdatedRows > 0n;
  }

  /** Takes away whatever has been deleted long enough, in pieces. Throws when the signal breaks it off. */
  async purge(now: number, signal?: AbortSignal): Promise<void> {
    const due = this.#database.reader
      .selectFrom("list")
      .select("id")
      .where("deleted_at", "<=", now - keptMs);
    for (const { id } of await due.execute()) await deleteList(this.#database, id, signal);
  }

  #select(now: number) {
    return this.#database.reader
      .selectFrom("list")
      .select(["id", "name", "domain", "title", "deleted_at"])
      .where("deleted_at", ">", now - keptMs);
  }

  /** The id after which to go on; undefined when all are done. */
  async #stopPosts(piece: {
    readonly listId: number;
    readonly after: number;
    readonly now: number;
  }): Promise<number | undefined> {
    const open = sql<SqlBool>`(expanded_at IS NULL OR EXISTS (
      SELECT 1 FROM tally WHERE tally.post_id = post.id AND tally.state IN ('pending', 'sending', 'deferred') AND tally.count > 0))`;
    return this.#database.write(async (write) => {
      const posts = await write
        .selectFrom("post")
        .select("id")
        .where("list_id", "=", piece.listId)
        .where("id", ">", piece.after)
        .orderBy("id")
        .limit(pieceRows)
        .execute();
      const last = posts.at(-1)?.id;
      if (last === undefined) return undefined;
      await write
        .updateTable("post")
        .set({ stopped_at: piece.now })
        .where("list_id", "=", piece.listId)
        .where("id", ">", piece.after)
        .where("id", "<=", last)
        .where("disposition", "=", "accepted")
        .where("stopped_at", "is", null)
        .where(open)
        .execute();
      return posts.length < pieceRows ? undefined : last;
    });
  }
}

function toDeletedList(row: {
  id: number;
  name: string;
  domain: string;
  title: string;
  deleted_at: number | null;
}): DeletedList {
  const { id, name, domain, title } = row;
  const deletedAt = row.deleted_at ?? 0;
  return { id, name, domain, title, deletedAt, until: deletedAt + keptMs };
}
