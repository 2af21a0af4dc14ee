/** Leaving by the token of a copy: the footer's page, RFC 8058 one-click and the mailto of List-Unsubscribe. */
import type { Clock } from "../clock.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { readTokenId, tokenMatches } from "../mail/token.ts";
import type { Store } from "../store/store.ts";

export type Leaving =
  | { readonly found: false }
  | {
      readonly found: true;
      readonly list: MailingList;
      readonly address: string;
      readonly name: string;
      readonly status: "member" | "left";
    };

/** What the token stands for; changes nothing. */
export async function lookUpLeaving(store: Store, token: string): Promise<Leaving> {
  const id = readTokenId(token);
  const secret = id === undefined ? undefined : await store.members.secretOf(id);
  if (id === undefined || secret === undefined || !tokenMatches(token, { purpose: "leave", id, secret }))
    return { found: false };
  const member = await store.members.find(id);
  const list = member && (await store.lists.find(member.listId));
  if (member === undefined || list === undefined) return { found: false };
  return {
    found: true,
    list,
    address: member.address,
    name: member.name,
    status: member.status === "left" ? "left" : "member",
  };
}

/** The member leaves at once; pressing again changes nothing. */
export async function leave(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  token: string,
): Promise<Leaving> {
  const found = await lookUpLeaving(store, token);
  const id = readTokenId(token);
  if (!found.found || id === undefined) return found;
  await store.members.leave(id, clock.now());
  return { ...found, status: "left" };
}
