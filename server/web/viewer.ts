/** Whose lists a page shows. */
import type { Account } from "../store/account-rows.ts";
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
