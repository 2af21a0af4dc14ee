/** Whose lists a page shows. */
import type { Account } from "../store/account-rows.ts";

/** Undefined for owners, who see every list. */
export function viewerOf(account: Pick<Account, "id" | "isOwner">): number | undefined {
  return account.isOwner ? undefined : account.id;
}
