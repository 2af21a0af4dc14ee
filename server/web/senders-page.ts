/** The page of a list's senders and administrators, as several verbs answer with it; and which persons one may change. */
import type { Reach } from "../store/people/change-sender.ts";
import type { OnList, PanelContext } from "./panel-context.ts";
import { presentAccount } from "./presenters/present-account.ts";
import type { WebParts } from "./web-parts.ts";

export async function showSenders(
  { store, pages }: WebParts,
  ctx: PanelContext<OnList>,
  view: { readonly faults: object; readonly typed: object },
): Promise<void> {
  const { list } = ctx.state;
  const administrators = await store.administrators.ofList(list.id);
  pages.show(ctx, "senders/senders", {
    list,
    senders: await store.senders.all(list.id),
    administrators: await Promise.all(administrators.map((one) => presentAccount(one, { store, state: ctx.state }))),
    ...view,
  });
}

/** The lists that the account runs; undefined: all. */
export async function reachOf({ store }: WebParts, { state: { account } }: PanelContext<OnList>): Promise<Reach> {
  if (account.isOwner) return undefined;
  return (await store.administrators.listsOf(account.id)).map(({ id }) => id);
}
