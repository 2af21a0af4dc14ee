/** RCPT: is it ours, which list, and what for? Answered from the database, before a body is sent. */
import type { Clock } from "../clock.ts";
import { readListAddress, serverAddress } from "../lists/list-address.ts";
import type { Purpose, ServerAddress } from "../lists/list-address.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { Wish } from "../lists/request-mail.ts";
import { parseAddress } from "../mail/address.ts";
import { readTokenId, tokenMatches } from "../mail/token.ts";
import type { Store } from "../store/store.ts";
import type { SessionReply } from "./session-reply.ts";

export type Recipient =
  | { readonly kind: "post"; readonly list: MailingList; readonly asksConfirmation: boolean }
  | { readonly kind: "bounce"; readonly list: MailingList; readonly deliveryId: number }
  | { readonly kind: "leave"; readonly list: MailingList; readonly token: string }
  | { readonly kind: "request"; readonly wish: Wish }
  | { readonly kind: "owner"; readonly list: MailingList }
  /** The people behind the whole server. */
  | { readonly kind: "server"; readonly name: ServerAddress };

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

type Checking = { readonly store: Store; readonly clock: Clock };

/** `domains`: ours. */
export async function checkRecipient(
  checking: Checking,
  domains: readonly string[],
  rcptTo: string,
): Promise<RecipientCheck> {
  const { store } = checking;
  // RFC 5321 4.5.1: postmaster is there without a domain too.
  if (rcptTo.toLowerCase() === "postmaster") return { ok: true, recipient: { kind: "server", name: "postmaster" } };
  const address = parseAddress(rcptTo);
  if (address === undefined || !domains.includes(address.domain)) return notOurs;
  const server = serverAddress(address.local);
  if (server !== undefined) return { ok: true, recipient: { kind: "server", name: server } };
  const named = readListAddress(address.local);
  const list = named && (await store.lists.findByAddress(named.list, address.domain));
  if (named === undefined || list === undefined) return unknown;
  return named.token === undefined
    ? plainRecipient(list, named.purpose)
    : checkToken(checking, { list, purpose: named.purpose, token: named.token });
}

function plainRecipient(list: MailingList, purpose: Purpose): RecipientCheck {
  if (purpose === "owner") return { ok: true, recipient: { kind: "owner", list } };
  if (purpose === "post" || purpose === "post-confirm")
    return { ok: true, recipient: { kind: "post", list, asksConfirmation: purpose === "post-confirm" } };
  const kind = wishes[purpose];
  return kind === undefined ? unknown : { ok: true, recipient: { kind: "request", wish: { kind, list } } };
}

const wishes: Readonly<Partial<Record<Purpose, "join" | "leave" | "command">>> = {
  subscribe: "join",
  unsubscribe: "leave",
  request: "command",
};

/**
 * A request that was made on this list and can still be confirmed. A reply is taken a second time, for people press twice; what
 * was superseded, dismissed or has outlived its time means nothing any more.
 */
async function checkConfirm({ store, clock }: Checking, list: MailingList, token: string): Promise<RecipientCheck> {
  const found = await store.requests.findByToken(token);
  if (found === undefined || !("request" in found) || found.request.listId !== list.id) return unknown;
  const { doneBy, expiresAt } = found.request;
  const isOver = expiresAt <= clock.now() || (doneBy !== undefined && doneBy !== "reply" && doneBy !== "page");
  return isOver ? unknown : { ok: true, recipient: { kind: "request", wish: { kind: "confirm", list, token } } };
}

async function checkToken(
  checking: Checking,
  { list, purpose, token }: { readonly list: MailingList; readonly purpose: Purpose; readonly token: string },
): Promise<RecipientCheck> {
  const { store } = checking;
  if (purpose === "bounces") return checkBounce(store, list, token);
  if (purpose === "unsubscribe") return checkLeave(store, list, token);
  return purpose === "confirm" ? checkConfirm(checking, list, token) : unknown;
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
  const standing = id === undefined ? undefined : await store.departures.standing(id);
  if (id === undefined || standing?.listId !== list.id) return unknown;
  if (!tokenMatches(token, { purpose: "leave", id, secret: standing.secret })) return unknown;
  return { ok: true, recipient: { kind: "leave", list, token } };
}
