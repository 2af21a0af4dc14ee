/** Logins to the panel: accounts of persons, the lists they administer, one-time sign-in links and sessions. */
import { createHash, randomBytes } from "node:crypto";
import type { Selectable } from "kysely";
import { canonicalAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import type { Language } from "../lists/mailing-list.ts";
import type { Database } from "./database.ts";
import { findOrAddPersons } from "./people.ts";
import type { Schema } from "./schema.ts";

export type Account = {
  readonly id: number;
  readonly username: string;
  readonly personId: number;
  readonly passwordHash: string | undefined;
  /** Owners run the whole server; others the lists they administer. */
  readonly isOwner: boolean;
  readonly language: Language | undefined;
};

export type NewAccount = {
  readonly username: string;
  readonly address: Address;
  readonly passwordHash: string | undefined;
  readonly isOwner: boolean;
  readonly listIds: readonly number[];
};

export class Accounts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Undefined when the username is taken. */
  async add(account: NewAccount, now: number): Promise<Account | undefined> {
    return this.#database.write(async (write) => {
      if (await write.selectFrom("account").select("id").where("username", "=", account.username).executeTakeFirst())
        return undefined;
      const persons = await findOrAddPersons(write, this.#database.kind, {
        people: [{ address: account.address, name: account.username }],
        now,
      });
      const row = await write
        .insertInto("account")
        .values({
          person_id: persons.get(canonicalAddress(account.address)) ?? 0,
          username: account.username,
          password_hash: account.passwordHash ?? null,
          is_owner: Number(account.isOwner),
          created_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return undefined;
      for (const list_id of account.listIds)
        await write.insertInto("administrator").values({ list_id, account_id: row.id }).execute();
      return toAccount(row);
    });
  }

  async find(id: number): Promise<Account | undefined> {
    const row = await this.#database.reader.selectFrom("account").selectAll().where("id", "=", id).executeTakeFirst();
    return row && toAccount(row);
  }

  async findByUsername(username: string): Promise<Account | undefined> {
    const row = await this.#database.reader
      .selectFrom("account")
      .selectAll()
      .where("username", "=", username)
      .executeTakeFirst();
    return row && toAccount(row);
  }

  async all(): Promise<
    readonly (Account & { readonly addresses: readonly string[]; readonly lists: readonly string[] })[]
  > {
    const reader = this.#database.reader;
    const rows = await reader.selectFrom("account").selectAll().orderBy("username").execute();
    const addresses = await reader
      .selectFrom("account")
      .innerJoin("address", "address.person_id", "account.person_id")
      .select(["account.id", "address.address"])
      .execute();
    const lists = await reader
      .selectFrom("administrator")
      .innerJoin("list", "list.id", "administrator.list_id")
      .select(["administrator.account_id", "list.name"])
      .where("list.deleted_at", "is", null)
      .orderBy("list.name")
      .execute();
    return rows.map((row) => ({
      ...toAccount(row),
      addresses: addresses.filter((one) => one.id === row.id).map((one) => one.address),
      lists: lists.filter((one) => one.account_id === row.id).map((one) => one.name),
    }));
  }

  /** With its sessions and links, which end at once. */
  async remove(id: number): Promise<void> {
    await this.#database.write(async (write) => write.deleteFrom("account").where("id", "=", id).execute());
  }

  async addAdministrator(listId: number, accountId: number): Promise<void> {
    await this.#database.write(async (write) =>
      write
        .insertInto("administrator")
        .values({ list_id: listId, account_id: accountId })
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
  }

  async administers(accountId: number, listId: number): Promise<boolean> {
    const row = await this.#database.reader
      .selectFrom("administrator")
      .select("list_id")
      .where("account_id", "=", accountId)
      .where("list_id", "=", listId)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** All sessions of the account end but the one that is kept. */
  async setPassword(id: number, passwordHash: string, keepSession = ""): Promise<void> {
    await this.#database.write(async (write) => {
      await write.updateTable("account").set({ password_hash: passwordHash }).where("id", "=", id).execute();
      await write.deleteFrom("session").where("account_id", "=", id).where("hash", "!=", sha256(keepSession)).execute();
    });
  }

  async setLanguage(id: number, language: Language): Promise<void> {
    await this.#database.write(async (write) =>
      write.updateTable("account").set({ language }).where("id", "=", id).execute(),
    );
  }

  /** A secret that signs in once; only its hash is kept. */
  async makeLink(accountId: number, expiresAt: number): Promise<string> {
    const secret = randomBytes(20).toString("base64url");
    await this.#database.write(async (write) =>
      write
        .insertInto("signin_link")
        .values({ hash: sha256(secret), account_id: accountId, expires_at: expiresAt, used_at: null })
        .execute(),
    );
    return secret;
  }

  /** Whether the link would sign in now; looking does not use it up. */
  async linkIsGood(secret: string, now: number): Promise<boolean> {
    const row = await this.#database.reader
      .selectFrom("signin_link")
      .select("hash")
      .where("hash", "=", sha256(secret))
      .where("used_at", "is", null)
      .where("expires_at", ">", now)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Uses the link up; undefined when it is unknown, used or too old. */
  async useLink(secret: string, now: number): Promise<Account | undefined> {
    const used = await this.#database.write(async (write) =>
      write
        .updateTable("signin_link")
        .set({ used_at: now })
        .where("hash", "=", sha256(secret))
        .where("used_at", "is", null)
        .where("expires_at", ">", now)
        .returning("account_id")
        .executeTakeFirst(),
    );
    return used && this.find(used.account_id);
  }

  /** Links that were used or are too old; none of them would sign in. */
  async sweepLinks(now: number): Promise<void> {
    await this.#database.write(async (write) =>
      write
        .deleteFrom("signin_link")
        .where((each) => each.or([each("expires_at", "<=", now), each("used_at", "is not", null)]))
        .execute(),
    );
  }
}

/** Ids and links are kept as hashes: whoever reads the database cannot sign in with them. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function toAccount(row: Selectable<Schema["account"]>): Account {
  return {
    id: row.id,
    username: row.username,
    personId: row.person_id,
    passwordHash: row.password_hash ?? undefined,
    isOwner: row.is_owner === 1,
    language: row.language ?? undefined,
  };
}
