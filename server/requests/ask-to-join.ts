/**
 * The confirmation mail: waiting membership, request, and the mail that brings its token become true in one transaction, together
 * with the count that keeps mail of this kind rare.
 */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Language, MailingList } from "../lists/mailing-list.ts";
import { displayAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import { makeToken } from "../mail/token.ts";
import { composeNotice, insertComposed } from "../notices/queue-notice.ts";
import { askToJoin as askInStore } from "../store/joining/joinings.ts";
import { provoke } from "../store/joining/provoked-mail.ts";
import type { Cap } from "../store/joining/provoked-mail.ts";
import type { Store } from "../store/store.ts";
import { confirmationNotice } from "./join-notices.ts";

export type JoinNeeds = { readonly store: Store; readonly clock: Clock; readonly config: Config };

const minuteMs = 60_000;
/** How long a confirmation mail can be answered. */
const lifeMs = 7 * 86_400_000;

/** One mail an address in ten minutes, three a day, over all lists: what anybody can make us send to anybody. */
export const joinCap: Cap = { kind: "join", gapMs: 10 * minuteMs, perDay: 3 };
/** An administrator asks somebody again. */
export const againCap: Cap = { kind: "join-again", gapMs: minuteMs, perDay: 5 };

/** False: the cap is reached, and nothing was done. */
export async function askToJoin(
  needs: JoinNeeds,
  asked: {
    readonly list: MailingList;
    readonly address: Address;
    readonly name: string;
    readonly language: Language;
  },
  cap: Cap,
): Promise<boolean> {
  const { store, clock, config } = needs;
  const now = clock.now();
  const { list, address, name, language } = asked;
  const drawn = await store.requests.draw();
  const token = makeToken({ purpose: "join", ...drawn });
  const expiresAt = now + lifeMs;
  const told = { config, list, to: displayAddress(address), language };
  const notice = confirmationNotice(told, { token, expiresAt });
  const bytes = await composeNotice(needs, notice);
  return store.database.write(async (write) => {
    if (!(await provoke(write, address, { ...cap, now }))) return false;
    const deliveryId = await insertComposed(write, { notice, bytes, now });
    const { kind } = store.database;
    await askInStore(write, { kind, listId: list.id, address, name, drawn, now, expiresAt, deliveryId });
    return true;
  });
}
