/**
 * Mail to `LIST-owner@`, where answers to copies go too: it is sent on to the list's administrators as it came. Unchanged, so
 * that its author's DKIM signature still holds at the administrators' own providers.
 */
import type { MailingList } from "../lists/mailing-list.ts";
import type { WholeMessage } from "../store/messages.ts";
import { ownerAddresses, queueOwnerMail } from "../store/owner-mail.ts";
import type { Store } from "../store/store.ts";

/** Durable when it resolves. False: there is nobody to whom it could go. */
export async function writeToOwners(store: Store, list: MailingList, message: WholeMessage): Promise<boolean> {
  const addresses = await ownerAddresses(store.database, list.id);
  if (addresses.length === 0) return false;
  await queueOwnerMail(store.database, { listId: list.id, message, addresses });
  return true;
}
