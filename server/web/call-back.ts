/** Whether a send from the panel can still be called back, and for how long: by whoever wrote it, or an owner. */
import { postState } from "../lists/post.ts";
import type { OnPost } from "./panel-context.ts";
import type { WebParts } from "./web-parts.ts";

/** Whole seconds; undefined when it is nothing to be called back, or another's. */
export async function callBackOf(
  { store, clock }: WebParts,
  { post, account }: Pick<OnPost, "post" | "account">,
): Promise<number | undefined> {
  const now = clock.now();
  if (post.origin !== "panel" || post.compositionId === undefined || postState(post, now) !== "waiting")
    return undefined;
  const composition = await store.compositions.find(post.compositionId);
  const isMine = account.isOwner || composition?.accountId === account.id;
  return isMine && composition?.kind === "sent" ? Math.ceil((post.startsAt - now) / 1000) : undefined;
}
