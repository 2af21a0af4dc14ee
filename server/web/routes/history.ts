/** A list's sending history, its file, and the word on posts that are held. */
import type { Router } from "@koa/router";
import { listAddress } from "../../lists/mailing-list.ts";
import type { Post } from "../../lists/post.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { sendDownload } from "../download.ts";
import { historyCsv } from "../history-csv.ts";
import { viewHistory } from "../history-page.ts";
import { readHistoryQuery } from "../history-query.ts";
import { leaveNotice, leaveRefusal } from "../notice.ts";
import type { OnList, OnPost, PanelContext } from "../panel-context.ts";
import { presentPost } from "../presenters/present-post.ts";
import type { PostView } from "../presenters/present-post.ts";
import type { WebParts } from "../web-parts.ts";

const mostHeld = 50;

export function historyRoutes(parts: WebParts): Router<OnPost> {
  const router = guardedRouter<OnPost>(parts);

  router.get("/lists/:list", (ctx) => showHistory(parts, ctx));
  router.get("/lists/:list/history.csv", (ctx) => sendFile(parts, ctx));
  router.post("/posts/:post/approve", (ctx) => resolveHeld(parts, ctx, "accepted"));
  router.post("/posts/:post/reject", (ctx) => resolveHeld(parts, ctx, "rejected"));

  return router;
}

async function showHistory(parts: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { store, clock, config, pages } = parts;
  const { state } = ctx;
  const { list } = state;
  const timezone = list.timezone ?? config.timezone;
  const present = async (posts: readonly Post[]): Promise<readonly PostView[]> =>
    posts.map((post) => presentPost(post, state, clock.now()));
  const view = await viewHistory(parts, ctx, {
    path: `/lists/${list.id}`,
    read: readHistoryQuery(ctx, timezone),
    listIds: [list.id],
    timezone,
    present,
  });
  const { isNewest, posts } = view;
  const held = isNewest ? await store.posts.page({ listIds: [list.id], disposition: "held", limit: mostHeld }) : [];
  const senders = await store.senders.all(list.id);
  const isFirst = posts.length === 0 && isNewest;
  pages.show(ctx, "lists/history", {
    ...view,
    list,
    address: listAddress(list),
    held: await present(held),
    senders,
    first: isFirst ? await firstSteps(store, { listId: list.id, hasSenders: senders.length > 0 }) : undefined,
    newestId: posts[0]?.id ?? 0,
  });
}

async function sendFile({ store, config, clock }: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { list, words, dates } = ctx.state;
  const zone = list.timezone ?? config.timezone;
  const { filter } = readHistoryQuery(ctx, zone);
  const telling = { words, datesOf: () => dates, zoneOf: () => zone, titleOf: () => list.title, now: clock.now() };
  const content = historyCsv(store, { listIds: [list.id], filter }, telling);
  sendDownload(ctx, { name: `${list.name}-history.csv`, type: "text/csv; charset=utf-8", content });
}

/** What is still to be done before the first mail can go out. */
async function firstSteps(
  store: WebParts["store"],
  { listId, hasSenders }: { readonly listId: number; readonly hasSenders: boolean },
): Promise<{ readonly members: number; readonly hasSenders: boolean }> {
  const { active } = await store.members.counts(listId);
  return { members: active, hasSenders };
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
  if (done) leaveNotice(ctx, { text: said });
  else leaveRefusal(ctx, w.history.noLonger);
  seeOther(ctx, `/lists/${post.listId}`);
}
