/**
 * Everything of the panel is behind the sign-in, but the few pages that lead to it. What has no page here asks for it too. Who was
 * signed out over a form finds it again after signing in, as it was typed.
 */
import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import type { Store } from "../../store/store.ts";
import { seeOther } from "../base-path.ts";
import { keepForm } from "../kept-form.ts";
import { localPath } from "../local-path.ts";
import type { PanelContext, PanelMiddleware } from "../panel-context.ts";
import { originOf } from "./csrf.ts";
import { isSafe } from "./read-form.ts";

const openPaths = /^\/(?:sign-in(?:\/forgotten|\/link\/[^/]+)?|language)$/;
/** Collections whose form stands on a page of its own; the form comes from the collection's address once a fault was shown there. */
const collections = /^\/(?:lists|accounts|lists\/\d+\/members)$/;

export function requireSignIn({
  store,
  config,
  clock,
}: {
  readonly store: Store;
  readonly config: Config;
  readonly clock: Clock;
}): PanelMiddleware {
  return async (ctx, next) => {
    if (ctx.state.account !== undefined || openPaths.test(ctx.path)) {
      await next();
      return;
    }
    // A page script must see that it is over, rather than follow to a page for people.
    if (/^(?:text\/event-stream|application\/json)/.test(ctx.get("Accept"))) ctx.throw(401);
    const place = isSafe(ctx.method) ? `${ctx.path}${ctx.search}` : pageOfForm(ctx);
    if (!isSafe(ctx.method) && ctx.path !== "/sign-out" && originOf(ctx, config) === "ours")
      await keepForm(ctx, place, { keptForms: store.keptForms, now: clock.now() });
    seeOther(ctx, place === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(place)}`);
  };
}

/** The page that held the form, when the browser says so and it is ours. */
function pageOfForm(ctx: PanelContext): string {
  const referer = URL.parse(ctx.get("Referer"));
  if (referer?.host !== ctx.host) return "/";
  const path = localPath(`${referer.pathname}${referer.search}`);
  const { base } = ctx.state;
  const place = base !== "" && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
  return place === ctx.path && collections.test(place) ? `${place}/new` : place;
}
