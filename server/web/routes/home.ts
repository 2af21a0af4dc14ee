/** The first page: how to send, what became of the last sends, what needs a hand; for owners what the server itself needs. */
import { Router } from "@koa/router";
import { listAddress } from "../../lists/mailing-list.ts";
import type { MailingList } from "../../lists/mailing-list.ts";
import type { ListSummary } from "../../store/lists/lists.ts";
import type { Following } from "../event-streams.ts";
import { follow } from "../follow.ts";
import type { PanelContext, SignedIn } from "../panel-context.ts";
import { presentNeeds } from "../presenters/present-needs.ts";
import { presentSend } from "../presenters/present-send.ts";
import type { SendView } from "../presenters/present-send.ts";
import { presentWarning } from "../presenters/present-warning.ts";
import { keyOf } from "../query.ts";
import { schedulesRows } from "../schedules-rows.ts";
import { viewerOf } from "../viewer.ts";
import type { WebParts } from "../web-parts.ts";

const latestShown = 10;
const listsShown = 6;
const comingShown = 3;
const weekMs = 7 * 86_400_000;

export function homeRoutes(parts: WebParts): Router<SignedIn> {
  const router = new Router<SignedIn>();
  router.get("/", (ctx) => showHome(parts, ctx));
  router.get("/events", (ctx) => follow(parts, ctx, { maySee: async () => true, news: newsOfAll(parts, ctx) }));
  return router;
}

async function showHome(parts: WebParts, ctx: PanelContext<SignedIn>): Promise<void> {
  const { store, clock, pages, upkeep } = parts;
  const { account, words: w } = ctx.state;
  const accountId = viewerOf(account);
  const [lists, posting, latest, needs, coming, warnings] = await Promise.all([
    store.lists.summaries({ accountId }),
    store.overview.posting(account.personId),
    latestSends(parts, ctx),
    store.overview.needs({ accountId, since: clock.now() - weekMs }),
    store.schedules.coming({ accountId }, comingShown),
    account.isOwner ? upkeep.checkHealth() : [],
  ]);
  const mayPost = ({ id, posting: mode }: ListSummary): boolean =>
    posting.senderOn.has(id) || (mode !== "senders" && posting.memberOn.has(id));
  pages.show(ctx, "home/home", {
    listCount: lists.length,
    lists: firstLists(lists, mayPost).map((list) => ({ ...list, address: listAddress(list), mayPost: mayPost(list) })),
    from: posting.addresses,
    latest,
    newestId: latest[0]?.id ?? 0,
    latestShown,
    coming: await schedulesRows(store, coming, ctx.state),
    needs: presentNeeds(needs, w),
    warnings: warnings.map((warning) => presentWarning(warning, ctx.state)),
  });
}

/** Those to which one may post, the last used ones first. */
function firstLists(lists: readonly ListSummary[], mayPost: (list: ListSummary) => boolean): readonly ListSummary[] {
  const byUse = lists.toSorted(
    (a, b) => Number(mayPost(b)) - Number(mayPost(a)) || (b.lastPostAt ?? 0) - (a.lastPostAt ?? 0),
  );
  return byUse.slice(0, listsShown);
}

async function latestSends(
  { store, clock, config }: WebParts,
  { state }: PanelContext<SignedIn>,
): Promise<readonly SendView[]> {
  const posts = await store.overview.latest({ accountId: viewerOf(state.account), limit: latestShown });
  const lists = await store.lists.some([...new Set(posts.map((post) => post.listId))]);
  const byId = new Map<number, MailingList>(lists.map((list) => [list.id, list]));
  const now = clock.now();
  const present = presentSend(state, config.timezone, now);
  return posts.flatMap((post) => {
    const list = byId.get(post.listId);
    return list === undefined ? [] : [present(post, list)];
  });
}

/** New sends, and those of the last ones that have moved since they were last told. */
function newsOfAll(parts: WebParts, ctx: PanelContext<SignedIn>): Following["news"] {
  const known = new Map<number, string>();
  let newestId = keyOf(ctx, "from") ?? 0;
  return async () => {
    const views = (await latestSends(parts, ctx)).toReversed();
    const news = views.filter((view) => {
      const before = known.get(view.id);
      const present = JSON.stringify(view);
      known.set(view.id, present);
      return before === undefined ? view.isRunning || view.id > newestId : before !== present;
    });
    newestId = Math.max(newestId, ...views.map((view) => view.id));
    return news.map((post) => ({
      name: "post",
      content: { id: post.id, html: parts.pages.part(ctx.state, "parts/send-row", { post }) },
    }));
  };
}
