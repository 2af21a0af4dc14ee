/** Who has confirmed reading a post, when, and who has not: with the telephone at hand. And how soon a list's members respond. */
import type { Router } from "@koa/router";
import { confirmedShare } from "../../lists/post.ts";
import { pageOfReaders } from "../../store/answers/readers.ts";
import type { ReaderKey, ReaderPage, ReaderQuery } from "../../store/answers/readers.ts";
import { lastAskingPosts, responseTimesOf } from "../../store/answers/response-times.ts";
import type { ResponseKind } from "../../store/answers/response-times.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import type { OnList, OnPost, PanelContext } from "../panel-context.ts";
import { presentReaders } from "../presenters/present-readers.ts";
import { askedOfPost, presentResponseTimes } from "../presenters/present-responses.ts";
import { searchOf } from "../query.ts";
import { sentBeside } from "../sent-beside.ts";
import type { WebParts } from "../web-parts.ts";
import { postHead } from "./posts.ts";

const readersPage = 100;

export function confirmationRoutes(parts: WebParts): Router<OnPost> {
  const router = guardedRouter<OnPost>(parts);

  router.get("/posts/:post/confirmations", async (ctx) => {
    const { post } = ctx.state;
    if (!post.asksConfirmation) return ctx.throw(404);
    // A reminder asks for the first post.
    if (post.reminds !== undefined) return seeOther(ctx, `/posts/${post.reminds}/confirmations`);
    await showReaders(parts, ctx);
  });
  router.get("/lists/:list/responses", (ctx) => showTimes(parts, ctx));

  return router;
}

async function showReaders(parts: WebParts, ctx: PanelContext<OnPost>): Promise<void> {
  const { store, clock, pages } = parts;
  const { post, words: w } = ctx.state;
  const shown = ctx.query["only"] === "confirmed" ? "confirmed" : "silent";
  const search = searchOf(ctx);
  const after = readKey(ctx, shown);
  const [page, times] = await Promise.all([
    pageOfReaders(store.database, { post, shown, search, after, limit: readersPage }),
    responseTimesOf(store.database, [post.id]),
  ]);
  const { done, all } = confirmedShare(post);
  pages.show(ctx, "posts/confirmations", {
    ...postHead(ctx.state, clock.now()),
    besides: await sentBeside(parts, ctx.state),
    only: shown,
    search,
    counts: { confirmed: w.app.number(done), silent: w.app.number(all - done) },
    singles: post.singles,
    // Whoever has confirmed did so one by one, in the order of time.
    groups: presentReaders(page.readers, shown === "silent" ? post.countBy : "", ctx.state),
    next: keyText(page),
    isCut: page.isCut,
    isFirst: after === undefined,
    responseTimes: presentResponseTimes(times, askedOfPost(post), w),
  });
}

async function showTimes({ store, pages }: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { list, words: w } = ctx.state;
  const timed = await lastAskingPosts(store.database, list.id);
  const ids = timed.map(({ id }) => id);
  const [posts, times] = await Promise.all([store.posts.some(ids), responseTimesOf(store.database, ids)]);
  // What a post did not ask, its readers could not do.
  const askedFor = (kind: ResponseKind): number => {
    const asking = new Set(timed.filter((post) => post[kind]).map(({ id }) => id));
    return posts.filter(({ id }) => asking.has(id)).reduce((sum, post) => sum + askedOfPost(post)[kind], 0);
  };
  const asked = { confirmed: askedFor("confirmed"), answered: askedFor("answered") };
  pages.show(ctx, "lists/responses", {
    list,
    posts: posts.length,
    responseTimes: presentResponseTimes(times, asked, w),
  });
}

/** ID.FIRST of the last one on the page before; FIRST is a time, or the value that makes a family. */
function readKey(ctx: PanelContext, shown: ReaderQuery["shown"]): ReaderKey | undefined {
  const [, id, first] = /^(\d{1,15})\.(.{0,1000})$/s.exec(String(ctx.query["after"] ?? "")) ?? [];
  if (id === undefined || first === undefined) return undefined;
  if (shown === "silent") return { id: Number(id), first };
  return /^\d{1,15}$/.test(first) ? { id: Number(id), first: Number(first) } : undefined;
}

function keyText({ next }: ReaderPage): string | undefined {
  return next && `${next.id}.${next.first}`;
}
