/** Live pages: streams that tell a list's history and a post's page what has changed, from the same queries as the pages. */
import type { Router } from "@koa/router";
import { guardedRouter, mayRun } from "../access.ts";
import type { Following } from "../event-streams.ts";
import { follow } from "../follow.ts";
import { historyPage } from "../history-page.ts";
import type { OnImport, OnList, OnPost, PanelContext } from "../panel-context.ts";
import { presentImport } from "../presenters/present-import.ts";
import { presentPost } from "../presenters/present-post.ts";
import { newsOfPoll } from "../poll-news.ts";
import { keyOf, searchOf } from "../query.ts";
import type { WebParts } from "../web-parts.ts";

import { postHead, stateOf } from "./posts.ts";

type News = Following["news"];

export function eventRoutes(parts: WebParts): Router<OnPost & OnImport> {
  const router = guardedRouter<OnPost & OnImport>(parts);

  router.get("/lists/:list/events", (ctx) => followList(parts, ctx, newsOfList(parts, ctx)));
  router.get("/posts/:post/events", (ctx) => followList(parts, ctx, newsOfPost(parts, ctx)));
  router.get("/lists/:list/import/:import/events", (ctx) => followList(parts, ctx, newsOfImport(parts, ctx)));

  return router;
}

/** New posts, and those of the newest that have moved since they were last told. */
function newsOfList({ store, clock, pages }: WebParts, ctx: PanelContext<OnList>): News {
  const { state } = ctx;
  const known = new Map<number, string>();
  let newestId = keyOf(ctx, "from") ?? 0;
  return async () => {
    const posts = await store.posts.page({ listIds: [state.list.id], limit: historyPage });
    const views = posts.map((post) => presentPost(post, state, clock.now())).reverse();
    const news = views.filter((view) => {
      const before = known.get(view.id);
      const present = JSON.stringify(view);
      known.set(view.id, present);
      return before === undefined ? view.isRunning || view.id > newestId : before !== present;
    });
    newestId = Math.max(newestId, ...views.map((view) => view.id));
    return news.map((post) => ({
      name: "post",
      content: { id: post.id, html: pages.part(state, "parts/history-row", { post }) },
    }));
  };
}

/** The head of the post's page, whenever it would look different. */
function newsOfPost(parts: WebParts, ctx: PanelContext<OnPost>): News {
  const { store, clock, pages } = parts;
  const { state } = ctx;
  const tab = ["mail", "poll", "confirmations"].find((each) => each === ctx.query["tab"]) ?? "deliveries";
  const pollNews = tab === "poll" ? newsOfPoll(parts, ctx) : undefined;
  const page = { state: stateOf(ctx), search: searchOf(ctx), tab };
  let known = "";
  return async () => {
    const post = await store.posts.find(state.post.id);
    if (post === undefined) return undefined;
    const ofPoll = (await pollNews?.(post)) ?? [];
    const head = postHead({ ...state, post }, clock.now());
    const present = JSON.stringify(head);
    if (present === known) return ofPoll;
    known = present;
    const part = (name: string): string => pages.part(state, name, { ...head, ...page });
    const content = {
      state: presentPost(post, state, clock.now()).state,
      progress: part("parts/post-progress"),
      actions: part("parts/post-actions"),
    };
    return [{ name: "progress", content }, ...ofPoll];
  };
}

/** How far it has come; the page is loaded anew when it comes to another state. */
function newsOfImport({ store, pages }: WebParts, ctx: PanelContext<OnImport>): News {
  const { state } = ctx;
  let known = "";
  return async () => {
    const of = await store.imports.find(state.import.id);
    if (of === undefined) return undefined;
    const html = pages.part(state, "parts/import-progress", { of: presentImport({ ...state, import: of }) });
    const present = `${of.state} ${html}`;
    if (present === known) return [];
    known = present;
    return [{ name: "import", content: { state: of.state, html } }];
  };
}

function followList(parts: WebParts, ctx: PanelContext<OnList>, news: News): void {
  const { account, list } = ctx.state;
  const maySee = async (): Promise<boolean> =>
    (await parts.store.lists.find(list.id)) !== undefined && mayRun(parts.store, account, list.id);
  follow(parts, ctx, { maySee, news });
}
