/** Imports of members as a whole: the file as it arrived, the states it goes through, and who may change a list now. */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import { noCounts } from "../../lists/member-import.ts";
import type {
  FileFault,
  ImportColumns,
  ImportCounts,
  ImportDone,
  ImportState,
  MemberImport,
} from "../../lists/member-import.ts";
import type { Database } from "../database/database.ts";
import { toImport } from "./to-import.ts";
import type { Schema } from "../schema/schema.ts";

export type NewImport = {
  readonly listId: number;
  readonly fileName: string;
  readonly accountId?: number;
  readonly byCommand: boolean;
  readonly replaces: boolean;
  readonly welcomes: boolean;
};

const dayMs = 86_400_000;
/** How long a preview waits for its yes, and how long there is a way back. */
const previewMs = dayMs;
const undoMs = 7 * dayMs;
/** After so long without a sign of the command line's process it is taken for dead, and the server finishes its work. */
const deadMs = 60_000;

export class Imports {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** From a browser it arrives piece by piece; the command line reads its file itself. */
  async begin(made: NewImport, now: number): Promise<MemberImport> {
    const row = await this.#database.write((write) =>
      write
        .insertInto("member_import")
        .values({
          list_id: made.listId,
          state: made.byCommand ? "reading" : "arriving",
          file_name: made.fileName,
          account_id: made.accountId ?? null,
          by_command: made.byCommand ? 1 : 0,
          replaces: made.replaces ? 1 : 0,
          welcomes: made.welcomes ? 1 : 0,
          counts: JSON.stringify(noCounts),
          done: JSON.stringify({ added: 0, changed: 0, unchanged: 0, left: 0 } satisfies ImportDone),
          undone: JSON.stringify({ restored: 0, kept: 0 }),
          created_at: now,
          beat_at: now,
          expires_at: now + previewMs,
        })
        .returningAll()
        .executeTakeFirstOrThrow(),
    );
    return toImport(row);
  }

  async addChunk(id: number, seq: number, bytes: Buffer): Promise<void> {
    await this.#database.write(async (write) => {
      await write.insertInto("import_chunk").values({ import_id: id, seq, bytes }).execute();
      await sql`UPDATE member_import SET size = size + ${bytes.length} WHERE id = ${id}`.execute(write);
    });
  }

  async arrived(id: number): Promise<void> {
    await this.#move(id, ["arriving"], sql`state = 'reading'`);
  }

  /** The file's octets; as often as one likes. */
  async *chunks(id: number): AsyncGenerator<Buffer> {
    for (let seq = 0; ; seq++) {
      const row = await this.#database.reader
        .selectFrom("import_chunk")
        .select("bytes")
        .where("import_id", "=", id)
        .where("seq", "=", seq)
        .executeTakeFirst();
      if (row === undefined) return;
      yield row.bytes;
    }
  }

  async find(id: number): Promise<MemberImport | undefined> {
    const row = await this.#database.reader
      .selectFrom("member_import")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return row && toImport(row);
  }

  /** The newest first; none that was thrown away. */
  async ofList(listId: number, limit: number): Promise<readonly MemberImport[]> {
    const rows = await this.#database.reader
      .selectFrom("member_import")
      .selectAll()
      .where("list_id", "=", listId)
      .where("state", "not in", ["discarded", "arriving"])
      .orderBy("id", "desc")
      .limit(limit)
      .execute();
    return rows.map(toImport);
  }

  /** What the server has to go on with: its own, and what the command line began and did not live to end. */
  async atWork(now: number): Promise<readonly MemberImport[]> {
    const { rows } = await sql<Selectable<Schema["member_import"]>>`
      SELECT * FROM member_import WHERE state IN ('reading', 'applying', 'undoing')
        AND (by_command = 0 OR (state <> 'reading' AND beat_at < ${now - deadMs})) ORDER BY id LIMIT 20`.execute(
      this.#database.reader,
    );
    return rows.map(toImport);
  }

  /** Takes the columns in another way, or lets others leave or stay. False when it is too late for that. */
  async readAgain(
    id: number,
    { columns, replaces }: { readonly columns: ImportColumns | undefined; readonly replaces: boolean },
  ): Promise<boolean> {
    const said = columns === undefined ? null : JSON.stringify(columns);
    return this.#move(
      id,
      ["ready", "faulty"],
      sql`state = 'reading', edition = edition + 1, read_octets = 0, fault = NULL, columns = ${said},
        replaces = ${replaces ? 1 : 0}, counts = ${JSON.stringify(noCounts)}`,
    );
  }

  /** How the columns are taken, and the first lines, once they are known. */
  async noteColumns(of: MemberImport, { columns, sample }: Pick<MemberImport, "columns" | "sample">): Promise<void> {
    const said = columns === undefined ? null : JSON.stringify(columns);
    await this.#move(of, ["reading"], sql`columns = ${said}, sample = ${JSON.stringify(sample)}`);
  }

  async foundFaulty(of: MemberImport, fault: FileFault): Promise<void> {
    await this.#move(of, ["reading"], sql`state = 'faulty', fault = ${JSON.stringify(fault)}`);
  }

  async foundReady(of: MemberImport, now: number): Promise<void> {
    await this.#move(of, ["reading"], sql`state = 'ready', read_at = ${now}, read_octets = size`);
  }

  /**
   * Begins to change the list. `busy`: another import is changing it; `outdated`: another one has changed it since this one was read,
   * so that what was shown is true no more; `gone`: it is not waiting for that.
   */
  async apply(id: number, now: number): Promise<"begun" | "busy" | "outdated" | "gone"> {
    return this.#database.write(async (write) => {
      const found = await write
        .selectFrom("member_import")
        .selectAll()
        .where("id", "=", id)
        .where("state", "=", "ready")
        .executeTakeFirst();
      if (found === undefined) return "gone";
      const others = await write
        .selectFrom("member_import")
        .select(["state", "applied_at", "undone_at"])
        .where("list_id", "=", found.list_id)
        .where("id", "!=", id)
        .execute();
      if (others.some(({ state }) => state === "applying" || state === "undoing")) return "busy";
      const newest = Math.max(0, ...others.flatMap((other) => [other.applied_at ?? 0, other.undone_at ?? 0]));
      if (newest > (found.read_at ?? 0)) return "outdated";
      const counts = JSON.parse(found.counts) as ImportCounts;
      const done = JSON.stringify({ added: 0, changed: 0, unchanged: counts.unchanged, left: 0 } satisfies ImportDone);
      await sql`UPDATE member_import SET state = 'applying', done = ${done}, apply_at = ${now}, beat_at = ${now} WHERE id = ${id}`.execute(
        write,
      );
      return "begun";
    });
  }

  async applied(id: number, now: number): Promise<void> {
    await this.#move(id, ["applying"], sql`state = 'applied', applied_at = ${now}, expires_at = ${now + undoMs}`);
  }

  /** Begins the way back. `late`: it is over, or was gone already. */
  async undo(id: number, now: number): Promise<"begun" | "busy" | "late"> {
    return this.#database.write(async (write) => {
      const found = await write
        .selectFrom("member_import")
        .select("list_id")
        .where("id", "=", id)
        .where("state", "=", "applied")
        .where("expires_at", ">", now)
        .executeTakeFirst();
      if (found === undefined) return "late";
      const busy = await write
        .selectFrom("member_import")
        .select("id")
        .where("list_id", "=", found.list_id)
        .where("state", "in", ["applying", "undoing"])
        .executeTakeFirst();
      if (busy !== undefined) return "busy";
      await sql`UPDATE member_import SET state = 'undoing', by_command = 0, beat_at = ${now} WHERE id = ${id}`.execute(
        write,
      );
      return "begun";
    });
  }

  async undone(id: number, now: number): Promise<void> {
    await this.#move(id, ["undoing"], sql`state = 'undone', undone_at = ${now}`);
  }

  /** Throws away what has changed nothing. False when it is too late. */
  async discard(id: number): Promise<boolean> {
    return this.#move(id, ["arriving", "reading", "faulty", "ready"], sql`state = 'discarded', expires_at = 0`);
  }

  /** Between states; `of` says which reading it must be of, where that matters. */
  async #move(
    of: number | Pick<MemberImport, "id" | "edition">,
    from: readonly ImportState[],
    change: ReturnType<typeof sql>,
  ): Promise<boolean> {
    const which = typeof of === "number" ? sql`id = ${of}` : sql`id = ${of.id} AND edition = ${of.edition}`;
    const result = await this.#database.write((write) =>
      sql`UPDATE member_import SET ${change} WHERE ${which} AND state IN (${sql.join(from)})`.execute(write),
    );
    return (result.numAffectedRows ?? 0n) > 0n;
  }
}
