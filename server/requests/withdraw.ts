/** Who asked to join and leaves before they have confirmed takes the wish back: an old confirmation mail makes nobody a member any more. */
import type { MailingList } from "../lists/mailing-list.ts";
import type { Address } from "../mail/address.ts";
import { forgetWaiting } from "../store/joining/forget-waiting.ts";
import type { Needs } from "./needs.ts";

/** Of nobody who waits it does nothing. */
export async function withdraw(needs: Needs, list: MailingList, author: Address): Promise<void> {
  const found = await needs.store.members.findByAddress(list.id, author);
  if (found?.status === "waiting") await withdrawMembership(needs, found.id);
}

/** False when it does not wait. */
export async function withdrawMembership({ store, clock }: Needs, membershipId: number): Promise<boolean> {
  const asked = { kind: store.database.kind, membershipIds: [membershipId], now: clock.now() };
  return (await store.database.write((write) => forgetWaiting(write, asked))).length > 0;
}
