/** The page of one account, as several verbs answer with it. */
import { accountStamp } from "../store/accounts/account-rows.ts";
import type { Account } from "../store/accounts/account-rows.ts";
import type { OnAccount, PanelContext } from "./panel-context.ts";
import { presentAccount } from "./presenters/present-account.ts";
import type { WebParts } from "./web-parts.ts";

export type AccountPage = {
  readonly faults?: object;
  readonly typed?: object;
  /** What the account says, where somebody else changed it meanwhile. */
  readonly present?: Account;
  /** A link that signs in once: shown in this answer and never again. */
  readonly link?: { readonly url: string; readonly until: number; readonly isKept: boolean };
};

export async function showAccountPage(
  { store, pages }: WebParts,
  ctx: PanelContext<OnAccount>,
  { faults = {}, typed, present, link }: AccountPage,
): Promise<void> {
  const { target, dates } = ctx.state;
  const lists = await store.administrators.listsOf(target.id);
  const others = (await store.lists.summaries()).filter((list) => !lists.some(({ id }) => id === list.id));
  pages.show(ctx, "accounts/account", {
    target: await presentAccount(target, { store, state: ctx.state }),
    lists,
    others,
    present,
    link: link && { ...link, until: dates.dateTime(link.until) },
    faults,
    typed: typed ?? {
      username: target.username,
      address: target.address,
      role: target.isOwner ? "owner" : "administrator",
      stamp: accountStamp(target),
    },
  });
}
