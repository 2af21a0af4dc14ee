/** Which accounts run which lists. */
import type { Account } from "./account-rows.ts";
import { accountRows, toAccount } from "./account-rows.ts";
import type { Database } from "../database/database.ts";

export type AdministeredList = { readonly id: number; readonly title: string; readonly name: string };

export class Administrators {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The list's, those that are there for longest first. */
  async ofList(listId: number): Promise<readonly Account[]> {
    const rows = await accountRows(this.#database.reader)
      .where("account.id", "in", (each) =>
        each.selectFrom("administrator").select("account_id").where("list_id", "=", listId),
      )
      .orderBy("account.id")
      .execute();
    return rows.map(toAccount);
  }

  /** The account's lists, by title. */
  async listsOf(accountId: number): Promise<readonly AdministeredList[]> {
    return this.#database.reader
      .selectFrom("administrator")
      .innerJoin("list", "list.id", "administrator.list_id")
      .select(["list.id", "list.title", "list.name"])
      .where("administrator.account_id", "=", accountId)
      .where("list.deleted_at", "is", null)
      .orderBy("list.title")
      .execute();
  }

  /** False when the account did not administer the list. */
  async remove(listId: number, accountId: number): Promise<boolean> {
    return this.#database.write(async (write) => {
      const removed = await write
        .deleteFrom("administrator")
        .where("list_id", "=", listId)
        .where("account_id", "=", accountId)
        .executeTakeFirst();
      return removed.numDeletedRows > 0n;
    });
  }
}
