/** /m/TOKEN, the member's own page: one form whose buttons say what is to happen. */
import { Router } from "@koa/router";
import { languages, listAddress } from "../../lists/mailing-list.ts";
import type { OwnPage, OwnResult, OwnWish } from "../../requests/own-page.ts";
import type { PanelContext, PanelState } from "../panel-context.ts";
import { readTokenForm, showTokenPage, showUnknownToken, tokenOf } from "../token-page.ts";
import type { WebParts } from "../web-parts.ts";

const verbs = ["pause", "resume", "leave", "return", "edit"] as const;

export function ownPageRoutes({ pages, selfService, wake, config }: WebParts): Router<PanelState> {
  const router = new Router<PanelState>();

  const show = (ctx: PanelContext, page: OwnPage, result?: OwnResult): void => {
    if (!page.found) return showUnknownToken(ctx, pages);
    const { list, language, address, status, canReturn } = page;
    showTokenPage(ctx, pages, {
      name: "own/page",
      view: {
        title: list.title,
        address,
        status,
        canReturn,
        result,
        join: listAddress({ name: `${list.name}-subscribe`, domain: list.domain }),
      },
      language,
      timezone: list.timezone ?? config.timezone,
    });
  };

  router.get("/m/:token", async (ctx) => show(ctx, await selfService.lookUpOwnPage(tokenOf(ctx))));

  router.post("/m/:token", async (ctx) => {
    const wish = readWish(await readTokenForm(ctx));
    if (wish === undefined) return show(ctx, await selfService.lookUpOwnPage(tokenOf(ctx)));
    const { page, result } = await selfService.actOnOwnPage(tokenOf(ctx), wish);
    if (page.found) wake();
    show(ctx, page, result);
  });

  return router;
}

/** Undefined: no button of ours, such as a scanner's empty form. */
function readWish(form: URLSearchParams): OwnWish | undefined {
  const pressed = form.get("do");
  if (pressed === "language") {
    const language = languages.find((each) => each === form.get("language"));
    return language && { do: "language", language };
  }
  const verb = verbs.find((each) => each === pressed);
  return verb && { do: verb };
}
