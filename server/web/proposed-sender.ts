/** Who sends a mail, until somebody is chosen: its writer, or the only one who may. */
import type { Store } from "../store/store.ts";
import { sendersOfAll } from "./compose-view.ts";

/** The person; undefined where there is a choice to make, or none. */
export async function proposedSender(
  store: Store,
  { listIds, account }: { readonly listIds: readonly number[]; readonly account: { readonly personId: number } },
): Promise<number | undefined> {
  const senders = (await sendersOfAll(store, listIds)).map(([id]) => Number(id));
  return senders.find((id) => id === account.personId) ?? (senders.length === 1 ? senders[0] : undefined);
}
