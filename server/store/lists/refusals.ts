/** Posts that were refused in the dialogue, for the list's page of refused posts; the newest thousand a list. */
import type { Selectable } from "kysely";
import type { Database } from "../database/database.ts";
import type { Schema } from "../schema/schema.ts";

const keptPerList = 1000;

export type Refusal = {
  readonly id: number;
  readonly listId: number;
  readonly at: number;
  /** The address of the SMTP client. */
  readonly client: string;
  readonly mailFrom: string;
  /** The author, as far as From could be read; else the field's text. */
  readonly author: string;
  readonly subject: string;
  /** A key of the words table. */
  readonly reason: string;
  readonly reply: string;
};

export class Refusals {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async record(refusal: Omit<Refusal, "id">): Promise<void> {
    const { listId, at, client, mailFrom, author, subject, reason, reply } = refusal;
    await this.#database.write(async (write) => {
      await write
        .insertInto("refusal")
        .values({ list_id: listId, at, client, mail_from: mailFrom, author, subject, reason, reply })
        .execute();
      const oldest = await write
        .selectFrom("refusal")
        .select("id")
        .where("list_id", "=", listId)
        .orderBy("id", "desc")
        .offset(keptPerList)
        .limit(1)
        .executeTakeFirst();
      if (oldest !== undefined)
        await write.deleteFrom("refusal").where("list_id", "=", listId).where("id", "<=", oldest.id).execute();
    });
  }

  /** Newest first. */
  async page(
    listId: number,
    { before, limit }: { readonly before?: number; readonly limit: number },
  ): Promise<readonly Refusal[]> {
    let query = this.#database.reader
      .selectFrom("refusal")
      .selectAll()
      .where("list_id", "=", listId)
      .orderBy("id", "desc")
      .limit(limit);
    if (before !== undefined) query = query.where("id", "<", before);
    return (await query.execute()).map(toRefusal);
  }

  async find(id: number): Promise<Refusal | undefined> {
    const row = await this.#database.reader.selectFrom("refusal").selectAll().where("id", "=", id).executeTakeFirst();
    return row && toRefusal(row);
  }

  async count(listId: number): Promise<number> {
    const row = await this.#database.reader
      .selectFrom("refusal")
      .select((each) => each.fn.countAll<number>().as("count"))
      .where("list_id", "=", listId)
      .executeTakeFirst();
    return row?.count ?? 0;
  }
}

function toRefusal(row: Selectable<Schema["refusal"]>): Refusal {
  const { id, list_id, at, client, mail_from, author, subject, reason, reply } = row;
  return { id, listId: list_id, at, client, mailFrom: mail_from, author, subject, reason, reply };
}
