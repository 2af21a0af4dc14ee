/** /u/back/TOKEN, the way back that a goodbye holds. */
import { Router } from "@koa/router";
import { listAddress } from "../../lists/mailing-list.ts";
import { returnMs } from "../../lists/returning.ts";
import type { Returning } from "../../requests/come-back.ts";
import type { PanelContext, PanelState } from "../panel-context.ts";
import { readTokenForm, showTokenPage, showUnknownToken, tokenOf } from "../token-page.ts";
import type { WebParts } from "../web-parts.ts";

const days = returnMs / 86_400_000;

export function comeBackRoutes({ pages, selfService, wake, config }: WebParts): Router<PanelState> {
  const router = new Router<PanelState>();

  const show = (ctx: PanelContext, returning: Returning): void => {
    if (!returning.found) return showUnknownToken(ctx, pages);
    const { list, address, step, isPaused, language } = returning;
    const join = listAddress({ name: `${list.name}-subscribe`, domain: list.domain });
    showTokenPage(ctx, pages, {
      name: "leave/back",
      view: { title: list.title, address, step, isPaused, join, days },
      language,
      timezone: list.timezone ?? config.timezone,
    });
  };

  router.get("/u/back/:token", async (ctx) => show(ctx, await selfService.lookUpReturn(tokenOf(ctx))));

  router.post("/u/back/:token", async (ctx) => {
    await readTokenForm(ctx);
    const returning = await selfService.comeBack(tokenOf(ctx));
    if (returning.found) wake();
    show(ctx, returning);
  });

  return router;
}
