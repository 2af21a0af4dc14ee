/** Mail for the people behind a list: who they are, and a message on its way to each of them. */
import { randomBytes } from "node:crypto";
import type { Database } from "../database/database.ts";
import { insertNotice } from "./deliveries.ts";
import { completeMessage } from "../posts/messages.ts";
import type { WholeMessage } from "../posts/messages.ts";

/** The address of each of the list's administrators' accounts, or of the server's owners' where it has none or no list is named. */
export async function ownerAddresses(database: Database, listId = 0): Promise<readonly string[]> {
  const accounts = await database.reader
    .selectFrom("account")
    .leftJoin("administrator", (join) =>
      join.onRef("administrator.account_id", "=", "account.id").on("administrator.list_id", "=", listId),
    )
    .select(["account.address", "account.is_owner", "administrator.list_id"])
    .where("account.address", "!=", "")
    .orderBy("account.id")
    .execute();
  const administrators = accounts.filter((account) => account.list_id !== null);
  const people = administrators.length > 0 ? administrators : accounts.filter((account) => account.is_owner === 1);
  return [...new Set(people.map((account) => account.address))];
}

/** The message as it came joins the queue, once for each address; a bounce of it comes back to the list's bounce address. */
export async function queueOwnerMail(
  database: Database,
  mail: { readonly listId: number; readonly message: WholeMessage; readonly addresses: readonly string[] },
): Promise<void> {
  const { listId, message, addresses } = mail;
  await database.write(async (write) => {
    const messageId = await completeMessage(write, message);
    for (const rcptTo of addresses)
      await insertNotice(write, { messageId, listId, rcptTo, secret: randomBytes(16), now: message.receivedAt });
  });
}
