/** Who has confirmed reading a post, when, and who has not: with the telephone at hand. */
import type { Router } from "@koa/router";
import { allCopies } from "../../lists/post.ts";
import { telephonesOf } from "../../lists/telephone.ts";
import { confirmedPage, silentPage } from "../../store/readers.ts";
import type { ConfirmedKey, Reader } from "../../store/readers.ts";
import { lastAskingPosts, responseTimesOf } from "../../store/response-times.ts";
import { guardedRouter } from "../access.ts";
import type { OnPost, PanelContext } from "../panel-context.ts";
import { presentResponseTimes } from "../presenters/present-responses.ts";
import type { WebParts } from "../web-parts.ts";
import { keyOf } from "../query.ts";
import { postHead } from "./posts.ts";

const readersPage = 100;

type Context = PanelContext<OnPost>;
type Shown = { readonly readers: readonly Reader[]; readonly next: string | undefined; readonly isCut: boolean };

export function confirmationRoutes(parts: WebParts): Router<OnPost> {
  const { store, clock, pages } = parts;
  const router = guardedRouter<OnPost>(parts);

  router.get("/posts/:post/confirmations", async (ctx) => {
    const { post, words: w } = ctx.state;
    if (!post.asksConfirmation) return ctx.throw(404);
    const only = ctx.query["only"] === "confirmed" ? "confirmed" : "silent";
    const { readers, next, isCut } = await (only === "confirmed" ? confirmed(parts, ctx) : silent(parts, ctx));
    const times = await responseTimesOf(store.database, [post.id]);
    pages.show(ctx, "posts/confirmations", {
      ...postHead(ctx.state, clock.now()),
      only,
      readers: readers.map((reader) => present(reader, ctx)),
      next,
      isCut,
      isFirst: ctx.query["after"] === undefined,
      responseTimes: presentResponseTimes(times, allCopies(post.tally) - post.tally.cancelled, w),
    });
  });

  router.get("/lists/:list/responses", async (ctx) => {
    const { list, words: w } = ctx.state;
    const posts = await store.posts.some(await lastAskingPosts(store.database, list.id));
    const times = await responseTimesOf(
      store.database,
      posts.map(({ id }) => id),
    );
    const all = posts.reduce((sum, { tally }) => sum + allCopies(tally) - tally.cancelled, 0);
    const view = { list, posts: posts.length, responseTimes: presentResponseTimes(times, all, w) };
    pages.show(ctx, "lists/responses", view);
  });

  return router;
}

async function confirmed({ store }: WebParts, ctx: Context): Promise<Shown> {
  const found = await confirmedPage(store.database, ctx.state.post.id, { before: keyAt(ctx), limit: readersPage + 1 });
  const readers = found.slice(0, readersPage);
  const last = readers.at(-1);
  const isMore = found.length > readersPage && last?.confirmedAt !== undefined;
  return { readers, next: isMore ? `${last.confirmedAt}.${last.deliveryId}` : undefined, isCut: false };
}

async function silent({ store }: WebParts, ctx: Context): Promise<Shown> {
  const after = keyOf(ctx, "after") ?? 0;
  const { next, ...page } = await silentPage(store.database, ctx.state.post.id, { after, limit: readersPage });
  return { ...page, next: next === undefined ? undefined : String(next) };
}

function present(reader: Reader, { state: { words: w, dates } }: Context): object {
  const { deliveryId, name, address, attributes, state, confirmedAt } = reader;
  const telephones = telephonesOf(attributes);
  return {
    id: deliveryId,
    name,
    address: address === "" ? w.deliveries.erased : address,
    telephones,
    state,
    stateText: w.deliveryState[state],
    at:
      confirmedAt === undefined
        ? undefined
        : { iso: new Date(confirmedAt).toISOString(), text: dates.exact(confirmedAt) },
    attributes: Object.entries(attributes).filter(([label]) => !telephones.some((each) => each.label === label)),
  };
}

/** AT.ID of the last one on the page before. */
function keyAt(ctx: Context): ConfirmedKey | undefined {
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(String(ctx.query["after"] ?? "")) ?? [];
  return at === undefined || id === undefined ? undefined : { at: Number(at), deliveryId: Number(id) };
}
