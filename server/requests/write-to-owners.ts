/**
 * Mail to `LIST-owner@`, where answers to copies go too, and to postmaster and abuse: it is sent on to the list's administrators, or
 * the server's owners, with the fields of its way before it and otherwise as it came: so its author's DKIM signature still holds at the
 * administrators' own providers.
 */
import type { MailingList } from "../lists/mailing-list.ts";
import type { WholeMessage } from "../store/posts/messages.ts";
import { serverMail } from "../store/deliveries/deliveries.ts";
import { ownerAddresses, queueOwnerMail } from "../store/deliveries/owner-mail.ts";
import type { Store } from "../store/store.ts";

/** Durable when it resolves. False: there is nobody to whom it could go. */
export async function writeToOwners(
  store: Store,
  list: MailingList | undefined,
  message: WholeMessage,
): Promise<boolean> {
  const addresses = await ownerAddresses(store.database, list?.id);
  if (addresses.length === 0) return false;
  await queueOwnerMail(store.database, { listId: list?.id ?? serverMail, message, addresses });
  return true;
}
