/** Who left a list, newest first, and bringing somebody back. */
import type { Router } from "@koa/router";
import type { DepartureKey } from "../../store/members/departures.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { leaveNotice, leaveRefusal } from "../notice.ts";
import type { OnList, OnMember, PanelContext } from "../panel-context.ts";
import { presentDepartures } from "../presenters/present-departures.ts";
import type { WebParts } from "../web-parts.ts";

const leftPage = 50;

export function leftRoutes(parts: WebParts): Router<OnMember> {
  const router = guardedRouter<OnMember>(parts);
  router.get("/lists/:list/left", (ctx) => showLeft(parts, ctx));
  router.post("/lists/:list/left/:member/restore", (ctx) => bringBack(parts, ctx));
  return router;
}

async function showLeft({ store, pages, clock }: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { list, dates, words } = ctx.state;
  const before = placeOf(ctx);
  const byThemselves = ctx.query["by"] === "member";
  const found = await store.departures.page(list.id, { limit: leftPage + 1, byThemselves, ...(before && { before }) });
  const shown = found.slice(0, leftPage);
  const last = shown.at(-1);
  pages.show(ctx, "members/left", {
    list,
    byThemselves,
    isEmpty: shown.length === 0,
    isNewest: before === undefined,
    days: presentDepartures(shown, { dates, words, now: clock.now() }),
    older: found.length > leftPage && last !== undefined ? `${last.leftAt}-${last.membershipId}` : undefined,
  });
}

async function bringBack({ store, clock, wake }: WebParts, ctx: PanelContext<OnMember>): Promise<void> {
  const { list, member, words: w } = ctx.state;
  // Somebody who has joined again, or was brought back elsewhere, is left as they are.
  const isBack = await store.members.restore(member.id, clock.now());
  wake();
  if (isBack) leaveNotice(ctx, { text: w.leaving.broughtBack(member.address) });
  else leaveRefusal(ctx, w.leaving.changedMeanwhile);
  seeOther(ctx, `/lists/${list.id}/left${ctx.query["by"] === "member" ? "?by=member" : ""}`);
}

/** From `before=1775602800000-17`; anything else is the beginning. */
function placeOf(ctx: PanelContext): DepartureKey | undefined {
  const [, leftAt, id] = /^(\d{1,15})-(\d{1,15})$/.exec(String(ctx.query["before"] ?? "")) ?? [];
  return leftAt === undefined || id === undefined ? undefined : { leftAt: Number(leftAt), id: Number(id) };
}
