/** The panel's sessions, kept on the server: signing out ends them at once, everywhere. */
import type { Database } from "../database/database.ts";
import { sha256 } from "./sign-in-links.ts";

export class Sessions {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The session's content as it was put; undefined when there is none or it is over. */
  async read(id: string, now: number): Promise<string | undefined> {
    const row = await this.#database.reader
      .selectFrom("session")
      .select("content")
      .where("hash", "=", sha256(id))
      .where("expires_at", ">", now)
      .executeTakeFirst();
    return row?.content;
  }

  async put(
    id: string,
    session: { readonly accountId: number | undefined; readonly content: string; readonly expiresAt: number },
  ): Promise<void> {
    const columns = { account_id: session.accountId ?? null, content: session.content, expires_at: session.expiresAt };
    await this.#database.write(async (write) =>
      write
        .insertInto("session")
        .values({ hash: sha256(id), ...columns })
        .onConflict((conflict) => conflict.column("hash").doUpdateSet(columns))
        .execute(),
    );
  }

  async end(id: string): Promise<void> {
    await this.#database.write(async (write) => write.deleteFrom("session").where("hash", "=", sha256(id)).execute());
  }

  async sweep(now: number): Promise<void> {
    await this.#database.write(async (write) => write.deleteFrom("session").where("expires_at", "<=", now).execute());
  }
}
