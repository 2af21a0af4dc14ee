/**
 * Received octets, kept unchanged in pieces. A large message's pieces are committed as they arrive, so that no transaction is
 * long and nothing is held in memory; the message counts only once `complete`, which the accepting transaction sets.
 */
import { sql } from "kysely";
import type { Database, Write } from "./database.ts";

/** 256 KB. */
export const chunkOctets = 256 * 1024;

export class Messages {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A message whose pieces will follow. */
  async begin(mailFrom: string, now: number): Promise<number> {
    return this.#database.write((write) => insertMessage(write, { mailFrom, receivedAt: now, size: 0, complete: 0 }));
  }

  async append(id: number, seq: number, bytes: Buffer): Promise<void> {
    await this.#database.write(async (write) =>
      write.insertInto("message_chunk").values({ message_id: id, seq, bytes }).execute(),
    );
  }

  /** Takes back what arrived of a message that was not accepted. */
  async discard(id: number): Promise<void> {
    await this.#database.write(async (write) =>
      write.deleteFrom("message").where("id", "=", id).where("complete", "=", 0).execute(),
    );
  }

  /** Removes what was arriving when the server last died. Called at start, before anything arrives. */
  async sweep(): Promise<void> {
    await this.#database.write(async (write) => write.deleteFrom("message").where("complete", "=", 0).execute());
  }

  /** A whole short message in one go: notices and bounce reports. */
  async keep(
    write: Write,
    message: { readonly bytes: Buffer; readonly mailFrom: string; readonly now: number },
  ): Promise<number> {
    const id = await insertMessage(write, {
      mailFrom: message.mailFrom,
      receivedAt: message.now,
      size: message.bytes.length,
      complete: 1,
    });
    await insertChunks(write, id, message.bytes);
    return id;
  }

  async size(id: number): Promise<number | undefined> {
    return (
      await this.#database.reader
        .selectFrom("message")
        .select("size")
        .where("id", "=", id)
        .where("complete", "=", 1)
        .executeTakeFirst()
    )?.size;
  }

  /** Piece by piece, for downloads. */
  async *chunks(id: number): AsyncGenerator<Buffer> {
    for (let seq = 0; ; seq++) {
      const row = await this.#database.reader
        .selectFrom("message_chunk")
        .select("bytes")
        .where("message_id", "=", id)
        .where("seq", "=", seq)
        .executeTakeFirst();
      if (row === undefined) return;
      yield row.bytes;
    }
  }

  /** The whole in memory; the caller keeps few of them. */
  async read(id: number): Promise<Buffer> {
    return Buffer.concat(await Array.fromAsync(this.chunks(id)));
  }
}

/** Removes messages that no post, delivery or bounce needs any more. */
export async function sweepUnused(database: Database): Promise<void> {
  for (let after = 0; ;) {
    const piece = await database.reader
      .selectFrom("message")
      .select("id")
      .where("id", ">", after)
      .orderBy("id")
      .limit(500)
      .execute();
    const last = piece.at(-1)?.id;
    if (last === undefined) return;
    const range = { from: after, to: last };
    await database.write((write) =>
      sql`DELETE FROM message WHERE id > ${range.from} AND id <= ${range.to} AND complete = 1
      AND NOT EXISTS (SELECT 1 FROM post WHERE post.message_id = message.id)
      AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.message_id = message.id)
      AND NOT EXISTS (SELECT 1 FROM bounce WHERE bounce.message_id = message.id)`.execute(write),
    );
    after = last;
  }
}

type MessageRow = {
  readonly mailFrom: string;
  readonly receivedAt: number;
  readonly size: number;
  readonly complete: 0 | 1;
};

async function insertMessage(write: Write, row: MessageRow): Promise<number> {
  const made = await write
    .insertInto("message")
    .values({
      mail_from: row.mailFrom,
      received_at: row.receivedAt,
      size: row.size,
      complete: row.complete,
      message_id_field: "",
      fingerprint: null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return made.id;
}

export async function insertChunks(write: Write, messageId: number, bytes: Buffer): Promise<void> {
  for (let seq = 0; seq * chunkOctets < bytes.length; seq++) {
    const piece = bytes.subarray(seq * chunkOctets, (seq + 1) * chunkOctets);
    await write.insertInto("message_chunk").values({ message_id: messageId, seq, bytes: piece }).execute();
  }
}
