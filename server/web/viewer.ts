/** Whose lists a page shows. */
import type { MailingList } from "../lists/mailing-list.ts";
import type { Account } from "../store/accounts/account-rows.ts";
import type { Store } from "../store/store.ts";

/** Undefined for owners, who see every list. */
export function viewerOf(account: Pick<Account, "id" | "isOwner">): number | undefined {
  return account.isOwner ? undefined : account.id;
}

/** Of these lists the ones that the account may write to and look at. */
export async function ownAmong(
  store: Store,
  account: Pick<Account, "id" | "isOwner">,
  ids: readonly number[],
): Promise<readonly number[]> {
  if (account.isOwner) return ids;
  const own = new Set((await store.administrators.listsOf(account.id)).map(({ id }) => id));
  return ids.filter((id) => own.has(id));
}

/** Lists that something goes to: those that the account may look at, and how many more there are, whose names are not its business. */
export type SeenLists = { readonly own: readonly MailingList[]; readonly others: readonly MailingList[] };

export async function seenLists(
  store: Store,
  account: Pick<Account, "id" | "isOwner">,
  ids: readonly number[],
): Promise<SeenLists> {
  const lists = await store.lists.some(ids);
  const own = new Set(await ownAmong(store, account, ids));
  return { own: lists.filter(({ id }) => own.has(id)), others: lists.filter(({ id }) => !own.has(id)) };
}
