/** The lists one may see, and those that were deleted. */
import type { Router } from "@koa/router";
import { listAddress } from "../../lists/mailing-list.ts";
import type { ListSummary } from "../../store/lists/lists.ts";
import { guardedRouter } from "../access.ts";
import type { PanelContext, SignedIn } from "../panel-context.ts";
import { keyOf, searchOf } from "../query.ts";
import { viewerOf } from "../viewer.ts";
import type { WebParts } from "../web-parts.ts";

const listsPage = 100;
const sorts = ["title", "last"] as const;

export function listsRoutes(parts: WebParts): Router<SignedIn> {
  const router = guardedRouter<SignedIn>(parts);
  router.get("/lists", (ctx) => showLists(parts, ctx));
  return router;
}

/** Lists are hundreds, not millions: all are read, which the order needs, and a page of them is shown. */
async function showLists({ store, pages, clock }: WebParts, ctx: PanelContext<SignedIn>): Promise<void> {
  const { account, dates, language } = ctx.state;
  const search = searchOf(ctx);
  const sort = sorts.find((each) => each === ctx.query["sort"]) ?? "title";
  const found = sorted(await store.lists.summaries({ search, accountId: viewerOf(account) }), sort, language);
  const from = Math.min(keyOf(ctx, "from") ?? 0, found.length);
  const moment = (at: number): object => ({ iso: new Date(at).toISOString(), text: dates.dateTime(at) });
  const deleted = account.isOwner ? await store.deletedLists.all(clock.now()) : [];
  pages.show(ctx, "lists/lists", {
    search,
    sort,
    sorts,
    lists: found.slice(from, from + listsPage).map((list) => ({
      ...list,
      address: listAddress(list),
      lastPost: list.lastPostAt === undefined ? undefined : moment(list.lastPostAt),
    })),
    earlier: from > 0 ? Math.max(0, from - listsPage) : undefined,
    later: from + listsPage < found.length ? from + listsPage : undefined,
    deleted: deleted.map((list) => ({ ...list, address: listAddress(list), until: dates.dateTime(list.until) })),
  });
}

function sorted(lists: readonly ListSummary[], sort: (typeof sorts)[number], language: string): readonly ListSummary[] {
  if (sort === "last") return lists.toSorted((a, b) => (b.lastPostAt ?? 0) - (a.lastPostAt ?? 0));
  const { compare } = new Intl.Collator(language, { numeric: true });
  return lists.toSorted((a, b) => compare(a.title, b.title));
}
