/** One's own account: the password, the language and the time zone. */
import { Router } from "@koa/router";
import { languages } from "../../lists/mailing-list.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { endFreshness } from "../middleware/session.ts";
import { leaveNotice } from "../notice.ts";
import type { PanelContext, SignedIn } from "../panel-context.ts";
import { hashPassword, leastPassword, passwordFault, verifyPassword } from "../../password.ts";
import { readTimezone } from "../timezone.ts";
import type { WebParts } from "../web-parts.ts";

export function accountRoutes(parts: WebParts): Router<SignedIn> {
  const { store } = parts;
  const router = new Router<SignedIn>();

  router.get("/account", async (ctx) => {
    showAccount(parts, ctx, { faults: {}, typed: asTyped(ctx) });
  });
  router.post("/account/password", (ctx) => choosePassword(parts, ctx));

  router.post("/account/settings", async (ctx) => {
    const { account, form, words: w } = ctx.state;
    const fields = new FormFields(form, w);
    const language = fields.choice("language", languages);
    const timezone = readTimezone(fields, w);
    if (!fields.isGood || language === undefined) {
      ctx.status = 422;
      return showAccount(parts, ctx, fields.forPage);
    }
    await store.accounts.setLanguage(account.id, language);
    await store.accounts.setTimezone(account.id, timezone);
    leaveNotice(ctx, { text: w.accountPage.saved });
    seeOther(ctx, "/account");
  });

  return router;
}

async function choosePassword(parts: WebParts, ctx: PanelContext<SignedIn>): Promise<void> {
  const { store, streams } = parts;
  const { account, sessionId, form, words: w, isFreshByLink } = ctx.state;
  const fields = new FormFields(form, w);
  const password = form.get("next") ?? "";
  const fault = passwordFault(password);
  if (fault === "short") fields.fault("next", w.account.short(leastPassword));
  if (fault === "long") fields.fault("next", w.account.long);
  if (password !== form.get("repeat")) fields.fault("repeat", w.account.differs);
  if (fields.isGood && asksPresent(ctx) && !(await verifyPassword(account.passwordHash, form.get("current") ?? "")))
    fields.fault("current", w.account.wrongCurrent);
  if (!fields.isGood) {
    ctx.status = 422;
    return showAccount(parts, ctx, { faults: fields.forPage.faults, typed: asTyped(ctx) });
  }
  await store.accounts.setPassword(account.id, await hashPassword(password), sessionId);
  streams.endOthers(account.id, sessionId);
  endFreshness(ctx);
  leaveNotice(ctx, { text: w.account.done });
  // Who has just come by a link goes on to the lists.
  seeOther(ctx, isFreshByLink ? "/" : "/account");
}

function showAccount(
  { pages, config }: WebParts,
  ctx: PanelContext<SignedIn>,
  view: { readonly faults: object; readonly typed: object },
): void {
  const { account } = ctx.state;
  pages.show(ctx, "account/account", {
    leastPassword,
    hasPassword: account.passwordHash !== undefined,
    asksPresent: asksPresent(ctx),
    serverTimezone: config.timezone,
    timezones: Intl.supportedValuesOf("timeZone"),
    ...view,
  });
}

/** A link that came by mail is as good a proof as the present password, which its reader may have forgotten. */
function asksPresent({ state: { account, isFreshByLink } }: PanelContext<SignedIn>): boolean {
  return account.passwordHash !== undefined && !isFreshByLink;
}

function asTyped({ state: { account, language } }: PanelContext<SignedIn>): Readonly<Record<string, string>> {
  return { language: account.language ?? language, timezone: account.timezone ?? "" };
}
