/** Everything of the panel is behind the sign-in, but the few pages that lead to it. What has no page here asks for it too. */
import { localPath } from "../local-path.ts";
import type { PanelContext, PanelMiddleware } from "../panel-context.ts";
import { seeOther } from "../base-path.ts";
import { isSafe } from "./read-form.ts";

const openPaths = /^\/(?:sign-in(?:\/link\/[^/]+)?|language)$/;

export function requireSignIn(): PanelMiddleware {
  return async (ctx, next) => {
    if (ctx.state.account !== undefined || openPaths.test(ctx.path)) {
      await next();
      return;
    }
    // A page script must see that it is over, rather than follow to a page for people.
    if (ctx.get("Accept").includes("text/event-stream")) ctx.throw(401);
    const place = isSafe(ctx.method) ? `${ctx.path}${ctx.search}` : pageOfForm(ctx);
    seeOther(ctx, place === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(place)}`);
  };
}

/** The page that held the form, when the browser says so and it is ours. */
function pageOfForm(ctx: PanelContext): string {
  const referer = URL.parse(ctx.get("Referer"));
  if (referer?.host !== ctx.host) return "/";
  const path = localPath(`${referer.pathname}${referer.search}`);
  const { base } = ctx.state;
  return base !== "" && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}
