/** /u/TOKEN, the way out at the end of every copy; mail services send its RFC 8058 form by themselves. */
import { Router } from "@koa/router";
import { listAddress } from "../../lists/mailing-list.ts";
import type { Leaving } from "../../requests/leave.ts";
import type { PanelContext, PanelState } from "../panel-context.ts";
import { readTokenForm, showTokenPage, showUnknownToken, tokenOf } from "../token-page.ts";
import type { WebParts } from "../web-parts.ts";

export function leaveRoutes({ pages, lookUpLeaving, leave, wake, config }: WebParts): Router<PanelState> {
  const router = new Router<PanelState>();

  const show = (ctx: PanelContext, leaving: Leaving, justNow: boolean): void => {
    if (!leaving.found) return showUnknownToken(ctx, pages);
    const { list, language, address, status, back } = leaving;
    const owner = listAddress({ name: `${list.name}-owner`, domain: list.domain });
    const step = status === "member" ? "ask" : justNow ? "done" : "already";
    showTokenPage(ctx, pages, {
      name: "leave/leave",
      view: { title: list.title, address, owner, step, back },
      language,
      timezone: list.timezone ?? config.timezone,
    });
  };

  router.get("/u/:token", async (ctx) => show(ctx, await lookUpLeaving(tokenOf(ctx)), false));

  router.post("/u/:token", async (ctx) => {
    await readTokenForm(ctx);
    const before = await lookUpLeaving(tokenOf(ctx));
    const leaving = before.found ? await leave(tokenOf(ctx)) : before;
    if (leaving.found) wake();
    show(ctx, leaving, before.found && before.status === "member");
  });

  return router;
}
