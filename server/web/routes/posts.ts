/** A post's page: how far it is, every copy's fate, and stopping it. */
import type { Router } from "@koa/router";
import { deliveryStates } from "../../lists/delivery.ts";
import type { DeliveryState } from "../../lists/delivery.ts";
import type { DeliveryKey } from "../../store/deliveries/deliveries.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { callBackOf } from "../call-back.ts";
import { leaveNotice, leaveRefusal } from "../notice.ts";
import type { OnPost, PanelContext } from "../panel-context.ts";
import { presentDelivery } from "../presenters/present-delivery.ts";
import { presentPost } from "../presenters/present-post.ts";
import { searchOf } from "../query.ts";
import { reservedOf } from "../reserved-post.ts";
import { sentBeside } from "../sent-beside.ts";
import type { WebParts } from "../web-parts.ts";

const deliveriesPage = 100;

export function postRoutes(parts: WebParts): Router<OnPost> {
  const { store, clock, pages, wake } = parts;
  const router = guardedRouter<OnPost>(parts);

  router.get("/posts/:post", async (ctx) => {
    const { post } = ctx.state;
    const search = searchOf(ctx);
    const state = stateOf(ctx);
    const after = deliveryKeyOf(ctx);
    const { deliveries, next, isCut } = await store.deliveries.search(post.id, {
      search,
      limit: deliveriesPage,
      ...(state && { state }),
      ...(after && { after }),
    });
    pages.show(ctx, "posts/post", {
      ...postHead(ctx.state, clock.now()),
      callBack: await callBackOf(parts, ctx.state),
      reserved: await reservedOf(parts, ctx.state),
      besides: await sentBeside(parts, ctx.state),
      search,
      state,
      isFirst: after === undefined,
      deliveries: deliveries.map((delivery) => presentDelivery(delivery, ctx.state)),
      next: next && `${next.state}.${next.id}`,
      isCut,
    });
  });

  router.post("/posts/:post/stop", async (ctx) => {
    const { post, words: w } = ctx.state;
    const { canStop } = presentPost(post, ctx.state, clock.now());
    const stopped = canStop && (await store.posts.stop(post.id, clock.now()));
    if (stopped) wake();
    if (stopped) leaveNotice(ctx, { text: w.post.stopDone });
    else leaveRefusal(ctx, w.post.stopTooLate);
    seeOther(ctx, `/posts/${post.id}`);
  });

  return router;
}

/** What stands at the top of every page of a post. */
export function postHead(state: OnPost, now: number): object {
  const { post, dates } = state;
  return {
    list: state.list,
    post: presentPost(post, state, now),
    waitsUntil: post.expandedAt === undefined && post.startsAt > now ? dates.exact(post.startsAt) : undefined,
    stoppedAt: post.stoppedAt === undefined ? undefined : dates.exact(post.stoppedAt),
    isGathering: post.disposition === "accepted" && post.expandedAt === undefined && post.startsAt <= now,
  };
}

export function stateOf(ctx: PanelContext): DeliveryState | undefined {
  return deliveryStates.find((state) => state === ctx.query["state"]);
}

/** STATE.ID of the last delivery on the page before. */
function deliveryKeyOf(ctx: PanelContext): DeliveryKey | undefined {
  const [name, id = ""] = String(ctx.query["after"] ?? "").split(".");
  const state = deliveryStates.find((each) => each === name);
  return state === undefined || !/^\d{1,15}$/.test(id) ? undefined : { state, id: Number(id) };
}
