/** One search for a person over all lists that one may see. */
import { Router } from "@koa/router";
import { canonicalAddress, parseAddress } from "../../mail/address.ts";
import { searchEverywhere } from "../../store/people/search-everywhere.ts";
import type { PanelContext, SignedIn } from "../panel-context.ts";
import { searchOf } from "../query.ts";
import { viewerOf } from "../viewer.ts";
import type { WebParts } from "../web-parts.ts";

const foundPage = 25;
const shortest = 2;

export function searchRoutes(parts: WebParts): Router<SignedIn> {
  const router = new Router<SignedIn>();
  router.get("/search", (ctx) => showFound(parts, ctx));
  return router;
}

async function showFound({ store, pages }: WebParts, ctx: PanelContext<SignedIn>): Promise<void> {
  const { words: w, account } = ctx.state;
  const search = searchOf(ctx);
  // Full-width letters and signs are what Japanese keyboards write first.
  const typed = search.normalize("NFKC");
  const whole = parseAddress(typed);
  const prefix = whole === undefined ? typed.toLowerCase() : canonicalAddress(whole);
  const isShort = [...typed].length < shortest;
  const asked = { prefix, text: search, accountId: viewerOf(account), limit: foundPage + 1 };
  const found = isShort ? [] : await searchEverywhere(store.database, asked);
  pages.show(ctx, "search/search", {
    search,
    isShort,
    hasMore: found.length > foundPage,
    people: found.slice(0, foundPage).map((person) => ({
      ...person,
      memberOn: person.memberOn.map((one) => ({ ...one, statusText: w.memberStatus[one.status] })),
    })),
  });
}
