/**
 * /u/TOKEN, the way out at the end of every copy. Outside of the panel: no cookie, no script, no proof of origin, since the token is
 * the proof, and since mail services send the RFC 8058 form by themselves.
 */
import { Router } from "@koa/router";
import type { Context } from "koa";
import { listAddress } from "../../lists/mailing-list.ts";
import { words } from "../../words/words.ts";
import type { Leaving } from "../../requests/leave.ts";
import { readBody } from "../middleware/read-form.ts";
import type { PanelContext, PanelState } from "../panel-context.ts";
import type { WebParts } from "../web-parts.ts";

/** Octets of a form whose content nobody reads. */
const mostForm = 10_000;

export function leaveRoutes({ pages, lookUpLeaving, leave, wake, config }: WebParts): Router<PanelState> {
  const router = new Router<PanelState>();

  const show = (ctx: PanelContext, leaving: Leaving, justNow: boolean): void => {
    ctx.set("Referrer-Policy", "no-referrer");
    ctx.set("X-Robots-Tag", "noindex");
    if (!leaving.found) {
      ctx.status = 404;
      return pages.show(ctx, "leave/unknown", {});
    }
    const { list, address, status } = leaving;
    // In the language of the mail that the link stood in.
    ctx.state.language = list.language ?? config.language;
    ctx.state.words = words(ctx.state.language);
    const owner = listAddress({ name: `${list.name}-owner`, domain: list.domain });
    pages.show(ctx, "leave/leave", {
      title: list.title,
      address,
      owner,
      step: status === "member" ? "ask" : justNow ? "done" : "already",
    });
  };

  router.get("/u/:token", async (ctx) => show(ctx, await lookUpLeaving(tokenOf(ctx)), false));

  router.post("/u/:token", async (ctx) => {
    await readBody(ctx.req, mostForm);
    const before = await lookUpLeaving(tokenOf(ctx));
    const leaving = before.found ? await leave(tokenOf(ctx)) : before;
    if (leaving.found) wake();
    show(ctx, leaving, before.found && before.status === "member");
  });

  return router;
}

function tokenOf(ctx: Context): string {
  return String((ctx["params"] as Readonly<Record<string, string>>)["token"]);
}
