/** A list's sending history, and the word on posts that are held. */
import type { Router } from "@koa/router";
import { listAddress } from "../../lists/mailing-list.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { leaveNotice } from "../notice.ts";
import type { OnList, OnPost, PanelContext } from "../panel-context.ts";
import { presentPost } from "../presenters/present-post.ts";
import { keyOf, searchOf } from "../query.ts";
import type { WebParts } from "../web-parts.ts";

export const historyPage = 25;
const mostHeld = 50;

export function historyRoutes(parts: WebParts): Router<OnPost> {
  const router = guardedRouter<OnPost>(parts);

  router.get("/lists/:list", (ctx) => showHistory(parts, ctx));
  router.post("/posts/:post/approve", (ctx) => resolveHeld(parts, ctx, "accepted"));
  router.post("/posts/:post/reject", (ctx) => resolveHeld(parts, ctx, "rejected"));

  return router;
}

async function showHistory({ store, clock, pages }: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { state } = ctx;
  const { list } = state;
  const listIds = [list.id];
  const search = searchOf(ctx);
  const before = keyOf(ctx, "before");
  const found = await store.posts.page({ listIds, search, limit: historyPage + 1, ...(before && { before }) });
  const isNewest = before === undefined && search === "";
  const held = isNewest ? await store.posts.page({ listIds, disposition: "held", limit: mostHeld }) : [];
  const now = clock.now();
  const posts = found.slice(0, historyPage).map((post) => presentPost(post, state, now));
  pages.show(ctx, "lists/history", {
    list,
    address: listAddress(list),
    search,
    isNewest,
    posts,
    held: held.map((post) => presentPost(post, state, now)),
    first: posts.length === 0 && isNewest ? await firstSteps(store, list.id) : undefined,
    older: found.length > historyPage ? posts.at(-1)?.id : undefined,
    newestId: posts[0]?.id ?? 0,
  });
}

/** What is still to be done before the first mail can go out. */
async function firstSteps(
  store: WebParts["store"],
  listId: number,
): Promise<{ readonly members: number; readonly hasSenders: boolean }> {
  const { active } = await store.members.counts(listId);
  return { members: active, hasSenders: (await store.senders.all(listId)).length > 0 };
}

async function resolveHeld(
  { store, clock, wake }: WebParts,
  ctx: PanelContext<OnPost>,
  disposition: "accepted" | "rejected",
): Promise<void> {
  const { post, words: w } = ctx.state;
  const done = await store.posts.resolveHeld(post.id, disposition, clock.now());
  if (done) wake();
  const said = disposition === "accepted" ? w.history.approved : w.history.rejected;
  leaveNotice(ctx, { text: done ? said : w.history.noLonger });
  seeOther(ctx, `/lists/${post.listId}`);
}
