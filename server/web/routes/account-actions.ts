/** What an owner does with an account by one button each: links, sign-ins, lists, removal. */
import type { Router } from "@koa/router";
import { linkUrl, mailCappedLink } from "../../notices/sign-in-mail.ts";
import { guardedRouter } from "../access.ts";
import { showAccountPage } from "../account-page.ts";
import { seeOther } from "../base-path.ts";
import { leaveNotice, leaveRefusal } from "../notice.ts";
import type { OnAccount, PanelContext } from "../panel-context.ts";
import { rowId } from "../row-id.ts";
import type { WebParts } from "../web-parts.ts";

/** 24 hours, as `kairan admin link`. */
const linkMs = 86_400_000;

export function accountActionRoutes(parts: WebParts): Router<OnAccount> {
  const { store, clock, streams } = parts;
  const router = guardedRouter<OnAccount>(parts);
  router.post("/accounts/:account/invite", (ctx) => inviteAgain(parts, ctx));

  router.post("/accounts/:account/link", async (ctx) => {
    const until = clock.now() + linkMs;
    const secret = await store.accounts.makeLink(ctx.state.target.id, until);
    await showAccountPage(parts, ctx, { link: { url: linkUrl(parts.config, secret), until, isKept: false } });
  });

  router.post("/accounts/:account/end-sessions", async (ctx) => {
    const { target, words: w } = ctx.state;
    await store.accounts.endSessions(target.id);
    streams.endOthers(target.id, "");
    leaveNotice(ctx, { text: w.accounts.ended });
    seeOther(ctx, `/accounts/${target.id}`);
  });

  router.post("/accounts/:account/lists", (ctx) => setList(parts, ctx, true));
  router.post("/accounts/:account/lists/remove", (ctx) => setList(parts, ctx, false));

  router.post("/accounts/:account/remove", async (ctx) => {
    const { target, account, words: w } = ctx.state;
    const isSelf = target.id === account.id;
    if (isSelf || !(await store.accounts.removeButLastOwner(target.id))) {
      leaveRefusal(ctx, isSelf ? w.accounts.notYourself : w.accounts.lastOwner);
      return seeOther(ctx, `/accounts/${target.id}`);
    }
    streams.endOthers(target.id, "");
    leaveNotice(ctx, { text: w.accounts.removed(target.username) });
    seeOther(ctx, "/accounts");
  });

  return router;
}

async function inviteAgain(parts: WebParts, ctx: PanelContext<OnAccount>): Promise<void> {
  const { store, clock, config } = parts;
  const { target, words: w } = ctx.state;
  const link = await mailCappedLink(parts, { account: target, list: undefined, kind: "invitation" });
  parts.wake();
  const text = link === undefined ? w.accounts.tooSoon : w.accounts.invitedNow(target.address);
  if (link !== undefined && config.outbound.via === "outbox") {
    ctx.state.notice = { text };
    ctx.state.target = (await store.accounts.find(target.id)) ?? target;
    return showAccountPage(parts, ctx, { link: { url: link, until: clock.now() + linkMs * 7, isKept: true } });
  }
  if (link === undefined) leaveRefusal(ctx, text);
  else leaveNotice(ctx, { text });
  seeOther(ctx, `/accounts/${target.id}`);
}

async function setList({ store }: WebParts, ctx: PanelContext<OnAccount>, isTheirs: boolean): Promise<void> {
  const { target, form, words: w } = ctx.state;
  const list = await store.lists.find(rowId(form.get("list")) ?? 0);
  if (list === undefined) return ctx.throw(404);
  if (isTheirs) await store.accounts.addAdministrator(list.id, target.id);
  else await store.administrators.remove(list.id, target.id);
  leaveNotice(ctx, { text: isTheirs ? w.accounts.addedToList(list.title) : w.accounts.takenFromList(list.title) });
  seeOther(ctx, `/accounts/${target.id}`);
}
