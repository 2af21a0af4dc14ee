/** /c/TOKEN: the reader of a copy says that they have read it. Only the button does anything: scanners open links, too. */
import { Router } from "@koa/router";
import type { AskedPage } from "../../answers/asked-page.ts";
import { readBody } from "../middleware/read-form.ts";
import type { PanelContext, PanelState } from "../panel-context.ts";
import { presentAsked } from "../presenters/present-asked.ts";
import { showAlikePage, showUnknownToken, tokenOf } from "../token-page.ts";
import type { WebParts } from "../web-parts.ts";

export function confirmRoutes({ pages, confirmations }: WebParts): Router<PanelState> {
  const router = new Router<PanelState>();

  const show = (ctx: PanelContext, page: AskedPage | undefined, justNow: boolean): void => {
    if (page === undefined) return showUnknownToken(ctx, pages);
    const { language, timezone } = page;
    const view = { ...presentAsked(page, pages.dates(language, timezone)), justNow };
    showAlikePage(ctx, pages, { name: "answers/confirm", view, language });
  };

  router.get("/c/:token", async (ctx) => show(ctx, await confirmations.lookUp(tokenOf(ctx)), false));

  router.post("/c/:token", async (ctx) => {
    // A button and nothing else: what came with it is read and dropped.
    await readBody(ctx.req, 0);
    const pressed = await confirmations.press(tokenOf(ctx));
    show(ctx, pressed?.page, pressed?.isFirst === true);
  });

  return router;
}
