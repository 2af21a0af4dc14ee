/** Accounts as rows, with what their persons say. */
import { createHash } from "node:crypto";
import type { Kysely, Selectable } from "kysely";
import type { Language } from "../../lists/mailing-list.ts";
import type { Schema } from "../schema/schema.ts";

export type Account = {
  readonly id: number;
  readonly username: string;
  readonly personId: number;
  /** The person's; may be empty. */
  readonly name: string;
  /** Where the account's mail goes. */
  readonly address: string;
  readonly passwordHash: string | undefined;
  /** Owners run the whole server; others the lists they administer. */
  readonly isOwner: boolean;
  readonly language: Language | undefined;
  /** IANA name. */
  readonly timezone: string | undefined;
  readonly signedInAt: number | undefined;
  readonly invitedAt: number | undefined;
  /** The mail that brought the last invitation; it may be gone. */
  readonly invitationId: number | undefined;
};

/** What an account's form shows, as one word: it differs once somebody has changed any of it. */
export function accountStamp({ username, address, isOwner }: Account): string {
  return createHash("sha256")
    .update(JSON.stringify([username, address, isOwner]))
    .digest("base64url")
    .slice(0, 16);
}

export function accountRows(reader: Kysely<Schema>) {
  return reader
    .selectFrom("account")
    .innerJoin("person", "person.id", "account.person_id")
    .selectAll("account")
    .select(["person.name", "person.timezone"]);
}

export async function accountOf(reader: Kysely<Schema>, id: number): Promise<Account | undefined> {
  const row = await accountRows(reader).where("account.id", "=", id).executeTakeFirst();
  return row && toAccount(row);
}

export function toAccount(row: Selectable<Schema["account"]> & { name: string; timezone: string | null }): Account {
  return {
    id: row.id,
    username: row.username,
    personId: row.person_id,
    name: row.name,
    address: row.address,
    passwordHash: row.password_hash ?? undefined,
    isOwner: row.is_owner === 1,
    language: row.language ?? undefined,
    timezone: row.timezone ?? undefined,
    signedInAt: row.signed_in_at ?? undefined,
    invitedAt: row.invited_at ?? undefined,
    invitationId: row.invitation_id ?? undefined,
  };
}
