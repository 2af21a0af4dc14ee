/**
 * Received octets, kept unchanged in pieces. A large message's pieces are committed as they arrive, so that no transaction is
 * long and nothing is held in memory; the message counts only once `complete`, which the accepting transaction sets.
 */
import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { Database, Write } from "../database/database.ts";
import type { Schema } from "../schema/schema.ts";

/** 256 KB. */
export const chunkOctets = 256 * 1024;

/**
 * A message on its way in: short ones whole in memory, longer ones as the id under which their pieces are kept; one that is sent
 * again, as a reminder or recurring send, has the octets of an earlier one.
 */
export type IncomingBody = { readonly bytes: Buffer } | { readonly stagedId: number } | { readonly contentOf: number };

export type WholeMessage = {
  readonly body: IncomingBody;
  readonly size: number;
  readonly mailFrom: string;
  readonly receivedAt: number;
  /** By which a post is known again; other mail has none. */
  readonly fingerprint?: string;
  readonly messageIdField?: string;
};

export class Messages {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A message whose pieces will follow. */
  async begin(mailFrom: string, now: number): Promise<number> {
    const arriving = { mail_from: mailFrom, received_at: now, size: 0, complete: 0, message_id_field: "" };
    const { id } = await this.#database.write((write) =>
      write.insertInto("message").values(arriving).returning("id").executeTakeFirstOrThrow(),
    );
    return id;
  }

  /** A message that is whole in memory, ready for the transaction that accepts it: a long one's pieces are on disk then. */
  async stage(bytes: Buffer, now: number): Promise<IncomingBody> {
    if (bytes.length <= chunkOctets) return { bytes };
    const stagedId = await this.begin("", now);
    for (let seq = 0; seq * chunkOctets < bytes.length; seq++)
      await this.append(stagedId, seq, bytes.subarray(seq * chunkOctets, (seq + 1) * chunkOctets));
    return { stagedId };
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

  /** Removes what began to arrive before `before` and never became whole: its client or the server broke off. */
  async sweep(before: number): Promise<void> {
    await this.#database.write(async (write) =>
      write.deleteFrom("message").where("complete", "=", 0).where("received_at", "<", before).execute(),
    );
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
  async *chunks(message: number): AsyncGenerator<Buffer> {
    const id = await keeperOf(this.#database.reader, message);
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
      AND NOT EXISTS (SELECT 1 FROM schedule WHERE schedule.message_id = message.id)
      AND NOT EXISTS (SELECT 1 FROM message AS again WHERE again.content_of = message.id)
      AND NOT EXISTS (SELECT 1 FROM bounce WHERE bounce.message_id = message.id)`.execute(write),
    );
    after = last;
  }
}

/** Makes the message whole within the caller's transaction: from now on it counts. Its id. */
export async function completeMessage(write: Write, message: WholeMessage): Promise<number> {
  const columns = {
    fingerprint: message.fingerprint ?? null,
    message_id_field: message.messageIdField ?? "",
    mail_from: message.mailFrom,
    size: message.size,
    received_at: message.receivedAt,
    complete: 1,
  };
  if ("stagedId" in message.body) {
    await write.updateTable("message").set(columns).where("id", "=", message.body.stagedId).execute();
    return message.body.stagedId;
  }
  if ("contentOf" in message.body) {
    const again = { ...columns, content_of: await keeperOf(write, message.body.contentOf) };
    return (await write.insertInto("message").values(again).returning("id").executeTakeFirstOrThrow()).id;
  }
  const { id } = await write.insertInto("message").values(columns).returning("id").executeTakeFirstOrThrow();
  await insertChunks(write, id, message.body.bytes);
  return id;
}

/** The message that keeps the octets of this one: itself, or the first that was sent with them. */
async function keeperOf(database: Kysely<Schema>, id: number): Promise<number> {
  const row = await database.selectFrom("message").select("content_of").where("id", "=", id).executeTakeFirst();
  return row?.content_of ?? id;
}

async function insertChunks(write: Write, messageId: number, bytes: Buffer): Promise<void> {
  for (let seq = 0; seq * chunkOctets < bytes.length; seq++) {
    const piece = bytes.subarray(seq * chunkOctets, (seq + 1) * chunkOctets);
    await write.insertInto("message_chunk").values({ message_id: messageId, seq, bytes: piece }).execute();
  }
}
