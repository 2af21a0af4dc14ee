/** Logins to the panel: accounts of persons, their one-time links, and what they may run. */
import { canonicalAddress, displayAddress, parseAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import type { Language } from "../../lists/mailing-list.ts";
import { isUsername } from "../../lists/username.ts";
import { accountOf, accountRows, accountStamp, toAccount } from "./account-rows.ts";
import type { Account } from "./account-rows.ts";
import { byId } from "../database/by-id.ts";
import type { Database, Write } from "../database/database.ts";
import { findOrAddPersons } from "../people/people.ts";
import { canonicalOf } from "../members/own-data.ts";
import { endLinks, insertLink, linkIsGood, newLinkSecret, sha256, sweepLinks, useLink } from "./sign-in-links.ts";

export type NewAccount = {
  readonly username: string;
  readonly address: Address;
  /** Of a person who is not known yet; without it the user name. */
  readonly name?: string;
  readonly passwordHash: string | undefined;
  readonly isOwner: boolean;
  readonly listIds: readonly number[];
};

export type AccountChange = {
  readonly username: string;
  readonly address: Address;
  readonly isOwner: boolean;
  /** Of the account as the form showed it. */
  readonly stamp: string;
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
        people: [{ address: account.address, name: account.name ?? account.username }],
        now,
      });
      const row = await write
        .insertInto("account")
        .values({
          person_id: persons.get(canonicalAddress(account.address)) ?? 0,
          username: account.username,
          address: displayAddress(account.address),
          canonical: canonicalAddress(account.address),
          password_hash: account.passwordHash ?? null,
          is_owner: Number(account.isOwner),
          created_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning("id")
        .executeTakeFirst();
      if (row === undefined) return undefined;
      for (const list_id of account.listIds)
        await write.insertInto("administrator").values({ list_id, account_id: row.id }).execute();
      return accountOf(write, row.id);
    });
  }

  async find(id: number): Promise<Account | undefined> {
    return accountOf(this.#database.reader, id);
  }

  /** Also of what somebody typed: what can be no user name is nobody's. */
  async findByUsername(username: string): Promise<Account | undefined> {
    if (!isUsername(username)) return undefined;
    const row = await accountRows(this.#database.reader).where("username", "=", username).executeTakeFirst();
    return row && toAccount(row);
  }

  /** Accounts whose mail goes to this address, the oldest first. */
  async findByAddress(address: Address): Promise<readonly Account[]> {
    const query = accountRows(this.#database.reader).where("account.canonical", "=", canonicalAddress(address));
    return (await query.orderBy("account.id").limit(5).execute()).map(toAccount);
  }

  /** By user name, or by the address where it is one account's alone. */
  async findForSignIn(typed: string): Promise<Account | undefined> {
    const address = parseAddress(typed);
    const named = await this.findByUsername(typed);
    const at = address === undefined ? [] : await this.findByAddress(address);
    return named ?? (at.length === 1 ? at[0] : undefined);
  }

  async usernames(): Promise<readonly string[]> {
    const rows = await this.#database.reader.selectFrom("account").select("username").orderBy("username").execute();
    return rows.map((row) => row.username);
  }

  /** With their persons' addresses, the account's own first, and the names of the lists that they administer. */
  async all(): Promise<
    readonly (Account & { readonly addresses: readonly string[]; readonly lists: readonly string[] })[]
  > {
    const reader = this.#database.reader;
    const rows = await accountRows(reader).orderBy("username").execute();
    const addresses = await reader
      .selectFrom("account")
      .innerJoin("address", "address.person_id", "account.person_id")
      .select(["account.id as account", "address.id", "address.address"])
      .execute();
    const lists = await reader
      .selectFrom("administrator")
      .innerJoin("list", "list.id", "administrator.list_id")
      .select(["administrator.account_id", "list.name"])
      .where("list.deleted_at", "is", null)
      .orderBy("list.name")
      .execute();
    const addressesOf = Map.groupBy(byId(addresses), (one) => one.account);
    const listsOf = Map.groupBy(lists, (one) => one.account_id);
    return rows.map((row) => ({
      ...toAccount(row),
      addresses: [...new Set([row.address, ...(addressesOf.get(row.id) ?? []).map((one) => one.address)])],
      lists: (listsOf.get(row.id) ?? []).map((one) => one.name),
    }));
  }

  /** `conflict`: somebody changed the account since the form was shown; `last-owner`: nobody would run the server any more. */
  async edit(id: number, change: AccountChange): Promise<"done" | "conflict" | "taken" | "last-owner" | "missing"> {
    return this.#database.write(async (write) => {
      const current = await accountOf(write, id);
      if (current === undefined) return "missing";
      if (accountStamp(current) !== change.stamp) return "conflict";
      const same = write.selectFrom("account").select("id").where("username", "=", change.username);
      if (await same.where("id", "!=", id).executeTakeFirst()) return "taken";
      if (!change.isOwner && (await isLastOwner(write, id))) return "last-owner";
      // A link that waits in a mailbox which is the account's no more must not sign in.
      if (canonicalOf(current.address) !== canonicalAddress(change.address)) await endLinks(write, id);
      await write
        .updateTable("account")
        .set({
          username: change.username,
          address: displayAddress(change.address),
          canonical: canonicalAddress(change.address),
          is_owner: Number(change.isOwner),
        })
        .where("id", "=", id)
        .execute();
      return "done";
    });
  }

  /** With its sessions and links, which end at once. */
  async remove(id: number): Promise<void> {
    await this.#database.write(async (write) => write.deleteFrom("account").where("id", "=", id).execute());
  }

  /** As `remove`, but not the last owner: false. */
  async removeButLastOwner(id: number): Promise<boolean> {
    return this.#database.write(async (write) => {
      if (await isLastOwner(write, id)) return false;
      await write.deleteFrom("account").where("id", "=", id).execute();
      return true;
    });
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

  /** All sessions of the account end but the one that is kept, and links that wait sign in no more. */
  async setPassword(id: number, passwordHash: string, keepSession = ""): Promise<void> {
    await this.#database.write(async (write) => {
      await write.updateTable("account").set({ password_hash: passwordHash }).where("id", "=", id).execute();
      await write.deleteFrom("session").where("account_id", "=", id).where("hash", "!=", sha256(keepSession)).execute();
      await endLinks(write, id);
    });
  }

  async setLanguage(id: number, language: Language): Promise<void> {
    await this.#database.write(async (write) =>
      write.updateTable("account").set({ language }).where("id", "=", id).execute(),
    );
  }

  /** Of the person, undefined for the server's. */
  async setTimezone(id: number, timezone: string | undefined): Promise<void> {
    await this.#database.write(async (write) =>
      write
        .updateTable("person")
        .set({ timezone: timezone ?? null })
        .where("id", "=", (each) => each.selectFrom("account").select("person_id").where("id", "=", id))
        .execute(),
    );
  }

  async noteSignIn(id: number, now: number): Promise<void> {
    await this.#database.write(async (write) =>
      write.updateTable("account").set({ signed_in_at: now }).where("id", "=", id).execute(),
    );
  }

  /** Sessions end, and links that wait sign in no more. */
  async endSessions(id: number): Promise<void> {
    await this.#database.write(async (write) => {
      await write.deleteFrom("session").where("account_id", "=", id).execute();
      await endLinks(write, id);
    });
  }

  /** A secret that signs in once. */
  async makeLink(accountId: number, expiresAt: number): Promise<string> {
    const secret = newLinkSecret();
    await this.#database.write((write) => insertLink(write, { secret, accountId, expiresAt }));
    return secret;
  }

  async linkIsGood(secret: string, now: number): Promise<boolean> {
    return linkIsGood(this.#database, secret, now);
  }

  /** Uses the link up; undefined when it is unknown, used or too old. */
  async useLink(secret: string, now: number): Promise<Account | undefined> {
    const id = await useLink(this.#database, secret, now);
    return id === undefined ? undefined : this.find(id);
  }

  async sweepLinks(now: number): Promise<void> {
    await sweepLinks(this.#database, now);
  }
}

async function isLastOwner(write: Write, id: number): Promise<boolean> {
  const owners = await write.selectFrom("account").select("id").where("is_owner", "=", 1).limit(2).execute();
  return owners.length === 1 && owners[0]?.id === id;
}
