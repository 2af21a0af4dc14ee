/** Takes the path of `web.url` off the request, whether or not the proxy has done so already. */
import type { PanelMiddleware } from "../panel-context.ts";

export function mount(base: string): PanelMiddleware {
  return (ctx, next) => {
    if (base !== "" && (ctx.path === base || ctx.path.startsWith(`${base}/`)))
      ctx.path = ctx.path.slice(base.length) || "/";
    return next();
  };
}
