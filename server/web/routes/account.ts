/** One's own account: the password. */
import { Router } from "@koa/router";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { SignedIn } from "../panel-context.ts";
import { hashPassword, leastPassword, passwordFault, verifyPassword } from "../../password.ts";
import type { WebParts } from "../web-parts.ts";

export function accountRoutes({ store, pages, streams }: WebParts): Router<SignedIn> {
  const router = new Router<SignedIn>();

  router.get("/account", async (ctx) => {
    pages.show(ctx, "account/account", {
      leastPassword,
      hasPassword: ctx.state.account.passwordHash !== undefined,
      faults: {},
    });
  });

  router.post("/account/password", async (ctx) => {
    const { account, sessionId, form, words: w } = ctx.state;
    const hasPassword = account.passwordHash !== undefined;
    const fields = new FormFields(form, w);
    const password = form.get("next") ?? "";
    const fault = passwordFault(password);
    if (fault === "short") fields.fault("next", w.account.short(leastPassword));
    if (fault === "long") fields.fault("next", w.account.long);
    if (password !== form.get("repeat")) fields.fault("repeat", w.account.differs);
    if (fields.isGood && hasPassword && !(await verifyPassword(account.passwordHash, form.get("current") ?? "")))
      fields.fault("current", w.account.wrongCurrent);
    if (!fields.isGood) {
      ctx.status = 422;
      return pages.show(ctx, "account/account", { leastPassword, hasPassword, faults: fields.forPage.faults });
    }
    await store.accounts.setPassword(account.id, await hashPassword(password), sessionId);
    streams.endOthers(account.id, sessionId);
    leaveNotice(ctx, { text: w.account.done });
    seeOther(ctx, "/account");
  });

  return router;
}
