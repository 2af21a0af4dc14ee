/** One member is paused, resumed, removed, or brought back. */
import type { Router } from "@koa/router";
import type { MemberStatus } from "../../lists/member.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { leaveNotice } from "../notice.ts";
import type { Notice } from "../notice.ts";
import type { OnMember, PanelContext } from "../panel-context.ts";
import { placeOfMembers } from "../members-place.ts";
import type { WebParts } from "../web-parts.ts";

export function memberActionRoutes(parts: WebParts): Router<OnMember> {
  const { store, clock, wake } = parts;
  const router = guardedRouter<OnMember>(parts);

  const to = async (ctx: PanelContext<OnMember>, status: MemberStatus, notice: Notice): Promise<void> => {
    await store.members.setStatus(ctx.state.member.id, status, clock.now());
    wake();
    leaveNotice(ctx, notice);
    seeOther(ctx, placeOfMembers(ctx));
  };
  const said = ({ state: { words: w, member } }: PanelContext<OnMember>) => ({ w: w.members, address: member.address });

  router.post("/lists/:list/members/:member/pause", (ctx) => {
    const { w, address } = said(ctx);
    return to(ctx, "paused", { text: w.paused(address) });
  });
  router.post("/lists/:list/members/:member/resume", (ctx) => {
    const { w, address } = said(ctx);
    return to(ctx, "active", { text: w.resumed(address) });
  });
  router.post("/lists/:list/members/:member/remove", (ctx) => {
    const { w, address } = said(ctx);
    const { list, member } = ctx.state;
    return to(ctx, "left", { text: w.removed(address), undo: `/lists/${list.id}/members/${member.id}/restore` });
  });
  router.post("/lists/:list/members/:member/restore", async (ctx) => {
    const { w, address } = said(ctx);
    await store.members.restore(ctx.state.member.id, clock.now());
    wake();
    leaveNotice(ctx, { text: w.restored(address) });
    seeOther(ctx, placeOfMembers(ctx));
  });

  return router;
}
