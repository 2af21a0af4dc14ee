/** Signing in, by password or by a one-time link, and out. */
import { Router } from "@koa/router";
import { seeOther } from "../base-path.ts";
import { findKeptForm, forgetKeptForm } from "../kept-form.ts";
import { localPath } from "../local-path.ts";
import { beginSession, endSession } from "../middleware/session.ts";
import { leaveNotice } from "../notice.ts";
import type { PanelContext, PanelState } from "../panel-context.ts";
import { verifyPassword } from "../../password.ts";
import type { Account } from "../../store/accounts/account-rows.ts";
import type { KeptForm } from "../../store/accounts/kept-forms.ts";
import { SignInBrake } from "../sign-in-brake.ts";
import type { WebParts } from "../web-parts.ts";

export function signInRoutes(parts: WebParts): Router<PanelState> {
  const { store, clock, config, pages, streams } = parts;
  const router = new Router<PanelState>();
  const brake = new SignInBrake();

  router.get("/sign-in", async (ctx) => {
    const to = localPath(String(ctx.query["to"] ?? "/"));
    if (ctx.state.account !== undefined) return seeOther(ctx, to);
    const hasKept = (await keptForm(parts, ctx)) !== undefined;
    pages.show(ctx, "sign-in/sign-in", { to, username: "", fault: undefined, hasKept });
  });
  router.post("/sign-in", (ctx) => signInByPassword(parts, brake, ctx));

  // Mail programs and scanners follow links by themselves: only the button uses the link up.
  router.get("/sign-in/link/:secret", async (ctx) => {
    const isGood = await store.accounts.linkIsGood(ctx.params["secret"] ?? "", clock.now());
    showLink(parts, ctx, isGood);
  });
  router.post("/sign-in/link/:secret", async (ctx) => {
    const account = await store.accounts.useLink(ctx.params["secret"] ?? "", clock.now());
    if (account === undefined) return showLink(parts, ctx, false);
    await admit(parts, ctx, { account, byLink: true });
    const kept = await keptForm(parts, ctx);
    // Trial mode's link opens the lists: its password would last as long as the trial.
    if (kept !== undefined || config.trial) return seeOther(ctx, kept?.place ?? "/");
    const { accountPage } = ctx.state.words;
    leaveNotice(ctx, { text: account.passwordHash === undefined ? accountPage.choose : accountPage.chooseNew });
    seeOther(ctx, "/account");
  });

  router.post("/sign-out", (ctx) => {
    streams.endSession(ctx.state.sessionId ?? "");
    endSession(ctx);
    forgetKeptForm(ctx);
    // Browsers that know it drop what they kept of our pages.
    ctx.set("Clear-Site-Data", '"cache"');
    leaveNotice(ctx, { text: ctx.state.words.signIn.outDone });
    seeOther(ctx, "/sign-in");
  });

  return router;
}

async function signInByPassword(parts: WebParts, brake: SignInBrake, ctx: PanelContext): Promise<void> {
  const { store, clock, pages, log } = parts;
  const { form, words: w } = ctx.state;
  const to = localPath(form.get("to") ?? "/");
  const username = (form.get("username") ?? "").trim();
  const refuse = (status: number, fault: string): void => {
    ctx.status = status;
    pages.show(ctx, "sign-in/sign-in", { to, username, fault, hasKept: false });
  };
  const seconds = Math.ceil(brake.enter(username, ctx.ip, clock.now()) / 1000);
  if (seconds > 0) {
    ctx.set("Retry-After", String(seconds));
    return refuse(429, w.signIn.wait(seconds));
  }
  const account = await store.accounts.findForSignIn(username);
  const isRight = await verifyPassword(account?.passwordHash, form.get("password") ?? "");
  if (account === undefined || !isRight) {
    log.warn("sign-in refused", { client: ctx.ip });
    return refuse(401, w.signIn.wrong);
  }
  brake.succeeded(username, ctx.ip);
  await admit(parts, ctx, { account, byLink: false });
  seeOther(ctx, to);
}

function showLink({ pages }: WebParts, ctx: PanelContext, isGood: boolean): void {
  if (!isGood) ctx.status = 404;
  pages.show(ctx, "sign-in/link", { isGood });
}

function keptForm({ store, clock }: WebParts, ctx: PanelContext): Promise<KeptForm | undefined> {
  return findKeptForm(ctx, { keptForms: store.keptForms, now: clock.now() });
}

/** A session that was open in this browser ends, and the pages that follow it. */
async function admit(
  { store, streams, clock }: WebParts,
  ctx: PanelContext,
  { account, byLink }: { readonly account: Account; readonly byLink: boolean },
): Promise<void> {
  const now = clock.now();
  streams.endSession(ctx.state.sessionId ?? "");
  await beginSession(ctx, { accountId: account.id, byLink, now });
  await store.accounts.noteSignIn(account.id, now);
}
