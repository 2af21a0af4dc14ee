/** The pages behind links of address mails: one question, one button. */
import { Router } from "@koa/router";
import { listAddress } from "../../lists/mailing-list.ts";
import type { Link, LinkKind } from "../../requests/own-links.ts";
import type { PanelContext, PanelState } from "../panel-context.ts";
import { readTokenForm, showTokenPage, showUnknownToken, tokenOf } from "../token-page.ts";
import type { WebParts } from "../web-parts.ts";

const paths: readonly (readonly [string, LinkKind])[] = [
  ["/m/address/:token", "address"],
  ["/m/back/:token", "address-back"],
  ["/m/second/:token", "second"],
];

export function ownLinkRoutes({ pages, selfService, wake, config }: WebParts): Router<PanelState> {
  const router = new Router<PanelState>();

  const show = (ctx: PanelContext, kind: LinkKind, link: Link): void => {
    if (!link.found) return showUnknownToken(ctx, pages);
    const { list, language, step, address } = link;
    const owner = listAddress({ name: `${list.name}-owner`, domain: list.domain });
    showTokenPage(ctx, pages, {
      name: "own/link",
      view: { kind, title: list.title, step, address, owner },
      language,
      timezone: list.timezone ?? config.timezone,
    });
  };

  for (const [path, kind] of paths) {
    router.get(path, async (ctx) => show(ctx, kind, await selfService.lookUpLink(kind, tokenOf(ctx))));
    router.post(path, async (ctx) => {
      await readTokenForm(ctx);
      const link = await selfService.confirmLink(kind, tokenOf(ctx));
      if (link.found) wake();
      show(ctx, kind, link);
    });
  }
  return router;
}
