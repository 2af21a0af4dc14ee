/** One delivery's page, what came back, the copy itself, and the table of all as CSV. */
import type { Router } from "@koa/router";
import { recipientsTable } from "../../reports/recipient-lines.ts";
import { findAnswer } from "../../store/answers/answers.ts";
import { findPoll } from "../../store/answers/polls.ts";
import { reportedDelivery } from "../../store/deliveries/reported-deliveries.ts";
import { guardedRouter } from "../access.ts";
import { deliveriesCsv } from "../deliveries-csv.ts";
import { sendDownload } from "../download.ts";
import type { OnDelivery, OnPost, PanelContext } from "../panel-context.ts";
import { presentDelivery } from "../presenters/present-delivery.ts";
import { presentOneResponse } from "../presenters/present-one-response.ts";
import type { Responded } from "../presenters/present-one-response.ts";
import { presentPost } from "../presenters/present-post.ts";
import type { WebParts } from "../web-parts.ts";
import { stateOf } from "./posts.ts";

/** Octets of a copy shown on a page; the rest is for the download. */
const shownOctets = 64 * 1024;

export function deliveryRoutes(parts: WebParts): Router<OnDelivery> {
  const router = guardedRouter<OnDelivery>(parts);

  router.get("/deliveries/:delivery", (ctx) => showDelivery(parts, ctx));
  router.get("/deliveries/:delivery/copy", (ctx) => showCopy(parts, ctx));
  router.get("/deliveries/:delivery/copy.eml", async (ctx) => {
    const { delivery, post } = ctx.state;
    const copy = await parts.showCopy(delivery.id);
    if (copy === undefined) return ctx.throw(404);
    const name = `${post.listName}-${post.number}-${delivery.id}.eml`;
    sendDownload(ctx, { name, type: "message/rfc822", content: copy });
  });
  router.get("/deliveries/:delivery/bounces/:index", (ctx) => sendReport(parts, ctx, Number(ctx.params["index"])));

  return router;
}

/** On the post's path, so that its page's filter goes with it. */
export function deliveriesCsvRoutes(parts: WebParts): Router<OnPost> {
  const router = guardedRouter<OnPost>(parts);

  router.get("/posts/:post/deliveries.csv", async (ctx) => {
    const { post } = ctx.state;
    // As the pages that offer the file show them.
    const only = ctx.query["only"] === "silent" ? "silent" : stateOf(ctx);
    const table = await recipientsTable(parts.store, post, { ...ctx.state, only });
    const name = `${post.listName}-${post.number}.csv`;
    sendDownload(ctx, { name, type: "text/csv; charset=utf-8", content: deliveriesCsv(table) });
  });

  return router;
}

async function showDelivery(parts: WebParts, ctx: PanelContext<OnDelivery>): Promise<void> {
  const { delivery, dates } = ctx.state;
  const response = await respondedOf(parts, ctx.state);
  const bounces = await parts.store.bounces.ofDelivery(delivery.id);
  parts.pages.show(ctx, "deliveries/delivery", {
    ...onPage(parts, ctx),
    response: response && presentOneResponse(response, ctx.state),
    bounces: bounces.map((bounce, index) => ({ ...bounce, index, at: dates.exact(bounce.receivedAt) })),
  });
}

async function respondedOf(
  { store: { database } }: WebParts,
  { post, delivery: { id } }: OnDelivery,
): Promise<Responded | undefined> {
  const delivery = await reportedDelivery(database, post, id);
  const poll = post.pollId === undefined ? undefined : await findPoll(database, post.pollId);
  const answer = poll === undefined || poll.anonymous ? undefined : await findAnswer(database, id);
  return delivery && { post, delivery, poll, answer };
}

async function showCopy(parts: WebParts, ctx: PanelContext<OnDelivery>): Promise<void> {
  const copy = await parts.showCopy(ctx.state.delivery.id);
  const shown = copy && new TextDecoder().decode(copy.subarray(0, shownOctets)).replaceAll("\r\n", "\n");
  const isCut = copy !== undefined && copy.length > shownOctets;
  parts.pages.show(ctx, "deliveries/copy", { ...onPage(parts, ctx), text: shown, isCut });
}

async function sendReport({ store }: WebParts, ctx: PanelContext<OnDelivery>, index: number): Promise<void> {
  const { delivery } = ctx.state;
  const messageId = (await store.bounces.ofDelivery(delivery.id))[index]?.messageId;
  const size = messageId === undefined ? undefined : await store.messages.size(messageId);
  if (messageId === undefined || size === undefined) return ctx.throw(404);
  const content = store.messages.chunks(messageId);
  sendDownload(ctx, { name: `bounce-${delivery.id}.eml`, type: "message/rfc822", size, content });
}

function onPage({ clock }: WebParts, { state }: PanelContext<OnDelivery>): object {
  const { list, post, delivery } = state;
  return {
    list,
    post: presentPost(post, state, clock.now()),
    delivery: presentDelivery(delivery, state),
    hasMember: delivery.address !== "",
  };
}
