/** What people write in the panel: drafts, templates, and what posts, scheduled and recurring sends were made from; with their attachments. */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import { blankContent } from "../../lists/composition.ts";
import type { CompositionContent, CompositionKind } from "../../lists/composition.ts";
import { byId } from "../database/by-id.ts";
import type { Database } from "../database/database.ts";
import type { Schema } from "../schema/schema.ts";

export type Composition = {
  readonly id: number;
  /** Whose draft it is; undefined when the account is gone. */
  readonly accountId: number | undefined;
  readonly kind: CompositionKind;
  /** Of a template. */
  readonly title: string;
  readonly content: CompositionContent;
  /** Rises with each change. */
  readonly edition: number;
  readonly createdAt: number;
  readonly changedAt: number;
};

export type NewComposition = Pick<Composition, "kind" | "title" | "content"> & { readonly accountId: number };

export type Attachment = { readonly id: number; readonly name: string; readonly type: string; readonly size: number };

const chunkOctets = 256 * 1024;

export class Compositions {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async create({ accountId, kind, title, content }: NewComposition, now: number): Promise<Composition> {
    const row = {
      account_id: accountId,
      kind,
      title,
      content: JSON.stringify(content),
      created_at: now,
      changed_at: now,
    };
    return this.#database.write(async (write) =>
      toComposition(await write.insertInto("composition").values(row).returningAll().executeTakeFirstOrThrow()),
    );
  }

  async find(id: number): Promise<Composition | undefined> {
    const row = await this.#database.reader
      .selectFrom("composition")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return row && toComposition(row);
  }

  /** The new edition; undefined when somebody has changed it since `edition`, or it is gone. */
  async save(
    {
      id,
      edition,
      ...changes
    }: Pick<Composition, "id" | "edition"> & Partial<Pick<Composition, "kind" | "title" | "content">>,
    now: number,
  ): Promise<number | undefined> {
    const { kind, title, content } = changes;
    const row = await this.#database.write(async (write) =>
      write
        .updateTable("composition")
        .set({
          ...(kind && { kind }),
          ...(title !== undefined && { title }),
          ...(content && { content: JSON.stringify(content) }),
          edition: edition + 1,
          changed_at: now,
        })
        .where("id", "=", id)
        .where("edition", "=", edition)
        .returning("edition")
        .executeTakeFirst(),
    );
    return row?.edition;
  }

  /** Those last changed first. */
  async ofAccount(accountId: number, kind: CompositionKind, limit: number): Promise<readonly Composition[]> {
    const rows = await this.#database.reader
      .selectFrom("composition")
      .selectAll()
      .where("account_id", "=", accountId)
      .where("kind", "=", kind)
      .orderBy("changed_at", "desc")
      .limit(limit)
      .execute();
    return rows.map(toComposition);
  }

  async remove(id: number): Promise<void> {
    await this.#database.write(async (write) => write.deleteFrom("composition").where("id", "=", id).execute());
  }

  /** The same again with its attachments, as another kind: a template of a draft, a draft of what was sent. */
  async copy(
    id: number,
    as: Pick<NewComposition, "kind" | "title" | "accountId">,
    now: number,
  ): Promise<Composition | undefined> {
    const original = await this.find(id);
    if (original === undefined) return undefined;
    const copy = await this.create({ ...as, content: original.content }, now);
    for (const attachment of await this.attachments(id)) {
      const made = await this.addAttachment(copy.id, attachment, now);
      let seq = 0;
      for await (const bytes of this.attachmentChunks(attachment.id)) await this.addChunk(made, seq++, bytes);
    }
    return copy;
  }

  /** An attachment whose pieces follow; its size is that of the pieces. */
  async addAttachment(
    compositionId: number,
    { name, type }: Pick<Attachment, "name" | "type">,
    now: number,
  ): Promise<number> {
    const row = { composition_id: compositionId, name, type, size: 0, created_at: now };
    const { id } = await this.#database.write((write) =>
      write.insertInto("attachment").values(row).returning("id").executeTakeFirstOrThrow(),
    );
    return id;
  }

  /** At most 256 KB a piece, from 0 on. */
  async addChunk(attachmentId: number, seq: number, bytes: Buffer): Promise<void> {
    if (bytes.length > chunkOctets) throw new RangeError("a piece of an attachment is too large");
    await this.#database.write(async (write) => {
      await write.insertInto("attachment_chunk").values({ attachment_id: attachmentId, seq, bytes }).execute();
      await sql`UPDATE attachment SET size = size + ${bytes.length} WHERE id = ${attachmentId}`.execute(write);
    });
  }

  async attachments(compositionId: number): Promise<readonly Attachment[]> {
    const rows = this.#database.reader.selectFrom("attachment").select(["id", "name", "type", "size"]);
    return byId(await rows.where("composition_id", "=", compositionId).execute());
  }

  async removeAttachment(compositionId: number, id: number): Promise<void> {
    await this.#database.write(async (write) =>
      write.deleteFrom("attachment").where("composition_id", "=", compositionId).where("id", "=", id).execute(),
    );
  }

  async *attachmentChunks(attachmentId: number): AsyncGenerator<Buffer> {
    for (let seq = 0; ; seq++) {
      const row = await this.#database.reader
        .selectFrom("attachment_chunk")
        .select("bytes")
        .where("attachment_id", "=", attachmentId)
        .where("seq", "=", seq)
        .executeTakeFirst();
      if (row === undefined) return;
      yield row.bytes;
    }
  }
}

function toComposition(row: Selectable<Schema["composition"]>): Composition {
  return {
    id: row.id,
    accountId: row.account_id ?? undefined,
    kind: row.kind,
    title: row.title,
    content: readContent(row.content),
    edition: row.edition,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

/** Written by this program; an older version's lacks what came since. */
export function readContent(json: string): CompositionContent {
  return { ...blankContent, ...(JSON.parse(json) as Partial<CompositionContent>) };
}
