/** The language switch, kept with the account and, for the pages before signing in, in a cookie. */
import { Router } from "@koa/router";
import { seeOther } from "../base-path.ts";
import { localPath } from "../local-path.ts";
import { isLanguage, languageCookie } from "../middleware/visitor.ts";
import type { PanelState } from "../panel-context.ts";
import type { WebParts } from "../web-parts.ts";

const yearMs = 365 * 86_400_000;

export function languageRoutes({ store }: WebParts): Router<PanelState> {
  const router = new Router<PanelState>();

  router.post("/language", async (ctx) => {
    const language = ctx.state.form.get("language") ?? "";
    if (!isLanguage(language)) return ctx.throw(400);
    ctx.cookies.set(languageCookie, language, { maxAge: yearMs, httpOnly: true, sameSite: "lax", overwrite: true });
    if (ctx.state.account !== undefined) await store.accounts.setLanguage(ctx.state.account.id, language);
    seeOther(ctx, localPath(ctx.state.form.get("to") ?? "/"));
  });

  return router;
}
