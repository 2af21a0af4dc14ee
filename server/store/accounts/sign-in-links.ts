/** Links that sign in once. Only their hashes are kept: whoever reads the database cannot sign in with them. */
import { createHash, randomBytes } from "node:crypto";
import type { Database, Write } from "../database/database.ts";

export type NewLink = { readonly secret: string; readonly accountId: number; readonly expiresAt: number };

export function newLinkSecret(): string {
  return randomBytes(20).toString("base64url");
}

/** Within the caller's transaction, which may also queue the mail that brings it. */
export async function insertLink(write: Write, { secret, accountId, expiresAt }: NewLink): Promise<void> {
  await write
    .insertInto("signin_link")
    .values({ hash: sha256(secret), account_id: accountId, expires_at: expiresAt, used_at: null })
    .execute();
}

/** Whether the link would sign in now; looking does not use it up. */
export async function linkIsGood(database: Database, secret: string, now: number): Promise<boolean> {
  const row = await database.reader
    .selectFrom("signin_link")
    .select("hash")
    .where("hash", "=", sha256(secret))
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return row !== undefined;
}

/** Uses the link up. The account's id; undefined when the link is unknown, used or too old. */
export async function useLink(database: Database, secret: string, now: number): Promise<number | undefined> {
  const used = await database.write(async (write) =>
    write
      .updateTable("signin_link")
      .set({ used_at: now })
      .where("hash", "=", sha256(secret))
      .where("used_at", "is", null)
      .where("expires_at", ">", now)
      .returning("account_id")
      .executeTakeFirst(),
  );
  return used?.account_id;
}

/** None of the account's links signs in any more. */
export async function endLinks(write: Write, accountId: number): Promise<void> {
  await write.deleteFrom("signin_link").where("account_id", "=", accountId).execute();
}

/** Removes links that were used or are too old; none of them would sign in. */
export async function sweepLinks(database: Database, now: number): Promise<void> {
  await database.write(async (write) =>
    write
      .deleteFrom("signin_link")
      .where((each) => each.or([each("expires_at", "<=", now), each("used_at", "is not", null)]))
      .execute(),
  );
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
