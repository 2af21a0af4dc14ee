/** A link or token that goes to an address: the request and the mail that brings it become true together, within the cap of such mail. */
import type { MailingList } from "../lists/mailing-list.ts";
import type { RequestKind } from "../lists/request.ts";
import type { Address } from "../mail/address.ts";
import { makeToken } from "../mail/token.ts";
import { composeNotice, insertComposed } from "../notices/queue-notice.ts";
import type { Notice } from "../notices/queue-notice.ts";
import { couldProvoke, provoke } from "../store/joining/provoked-mail.ts";
import type { Cap } from "../store/joining/provoked-mail.ts";
import { insertRequest } from "../store/joining/requests.ts";
import type { Needs } from "./needs.ts";

export type LinkMail = {
  readonly kind: RequestKind;
  readonly list: MailingList;
  readonly membershipId: number;
  readonly to: Address;
  readonly content?: Readonly<Record<string, unknown>>;
  readonly lifeMs: number;
  readonly cap: Cap;
  readonly notice: (token: string, expiresAt: number) => Notice;
};

/** False: the cap is reached, and nothing was sent. */
export async function mailLink(needs: Needs, link: LinkMail): Promise<boolean> {
  const { store, clock } = needs;
  const now = clock.now();
  const cap = { ...link.cap, now };
  if (!(await couldProvoke(store.database, link.to, cap))) return false;
  const drawn = await store.requests.draw();
  const expiresAt = now + link.lifeMs;
  const notice = link.notice(makeToken({ purpose: link.kind, ...drawn }), expiresAt);
  const bytes = await composeNotice(needs, notice);
  return store.database.write(async (write) => {
    if (!(await provoke(write, link.to, cap))) return false;
    const deliveryId = await insertComposed(write, { notice, bytes, now });
    await insertRequest(write, {
      drawn,
      kind: link.kind,
      listId: link.list.id,
      membershipId: link.membershipId,
      address: link.to,
      ...(link.content && { content: link.content }),
      now,
      expiresAt,
      deliveryId,
    });
    return true;
  });
}
