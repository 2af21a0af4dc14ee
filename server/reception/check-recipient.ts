/** RCPT: is it ours, which list, and what for? Answered from the database, before a body is sent. */
import { readListAddress } from "../lists/list-address.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { parseAddress } from "../mail/address.ts";
import { readTokenId, tokenMatches } from "../mail/token.ts";
import type { Store } from "../store/store.ts";
import type { SessionReply } from "./session-reply.ts";

export type Recipient =
  | { readonly kind: "post"; readonly list: MailingList }
  | { readonly kind: "bounce"; readonly list: MailingList; readonly deliveryId: number }
  | { readonly kind: "leave"; readonly list: MailingList; readonly token: string }
  | { readonly kind: "owner"; readonly list: MailingList };

export type RecipientCheck =
  { readonly ok: true; readonly recipient: Recipient } | { readonly ok: false; readonly reply: SessionReply };

const notOurs: RecipientCheck = {
  ok: false,
  reply: { code: 550, enhanced: "5.7.1", text: "This server takes mail for its own lists only." },
};
const unknown: RecipientCheck = {
  ok: false,
  reply: { code: 550, enhanced: "5.1.1", text: "There is no such list or purpose here." },
};

export async function checkRecipient(
  store: Store,
  domains: readonly string[],
  rcptTo: string,
): Promise<RecipientCheck> {
  const address = parseAddress(rcptTo);
  if (address === undefined || !domains.includes(address.domain)) return notOurs;
  const named = readListAddress(address.local);
  const list = named && (await store.lists.findByAddress(named.list, address.domain));
  if (named === undefined || list === undefined) return unknown;
  if (named.purpose === "post") return { ok: true, recipient: { kind: "post", list } };
  if (named.purpose === "owner") return { ok: true, recipient: { kind: "owner", list } };
  if (named.purpose === "bounces") return checkBounce(store, list, named.token ?? "");
  if (named.purpose === "unsubscribe" && named.token !== undefined) return checkLeave(store, list, named.token);
  return unknown;
}

async function checkBounce(store: Store, list: MailingList, token: string): Promise<RecipientCheck> {
  const id = readTokenId(token);
  const kept = id === undefined ? undefined : await store.deliveries.secretOf(id);
  if (id === undefined || kept?.listId !== list.id) return unknown;
  if (!tokenMatches(token, { purpose: "bounce", id, secret: kept.secret })) return unknown;
  return { ok: true, recipient: { kind: "bounce", list, deliveryId: id } };
}

async function checkLeave(store: Store, list: MailingList, token: string): Promise<RecipientCheck> {
  const id = readTokenId(token);
  const secret = id === undefined ? undefined : await store.members.secretOf(id);
  if (id === undefined || secret === undefined || !tokenMatches(token, { purpose: "leave", id, secret }))
    return unknown;
  return { ok: true, recipient: { kind: "leave", list, token } };
}
