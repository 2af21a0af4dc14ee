/**
 * Forms that came when the session was over: kept for as long as it takes to sign in again, under a key that only the browser
 * knows. Whoever is not signed in can make rows here, so that there are never many.
 */
import type { Database } from "../database/database.ts";
import { sha256 } from "./sign-in-links.ts";

export type KeptForm = {
  /** The page that held the form. */
  readonly place: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
};

/** With at most some 30 KB each. */
const mostForms = 500;

export class KeptForms {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async put(key: string, { place, fields }: KeptForm, expiresAt: number): Promise<void> {
    await this.#database.write(async (write) => {
      await write
        .insertInto("kept_form")
        .values({ hash: sha256(key), place, fields: JSON.stringify(fields), expires_at: expiresAt })
        .execute();
      // The oldest give way.
      await write
        .deleteFrom("kept_form")
        .where("id", "<=", (each) =>
          each.selectFrom("kept_form").select("id").orderBy("id", "desc").offset(mostForms).limit(1),
        )
        .execute();
    });
  }

  async find(key: string, now: number): Promise<KeptForm | undefined> {
    const row = await this.#database.reader
      .selectFrom("kept_form")
      .select(["place", "fields"])
      .where("hash", "=", sha256(key))
      .where("expires_at", ">", now)
      .executeTakeFirst();
    return row && { place: row.place, fields: JSON.parse(row.fields) as KeptForm["fields"] };
  }

  async sweep(now: number): Promise<void> {
    await this.#database.write(async (write) => write.deleteFrom("kept_form").where("expires_at", "<=", now).execute());
  }
}
