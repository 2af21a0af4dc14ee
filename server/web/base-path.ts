/** The path of `web.url`: where the panel lives when a reverse proxy gives it a part of a site. */
import type { PanelContext } from "./panel-context.ts";

/** Without a slash at the end; empty for the root. */
export function basePath(url: string): string {
  return new URL(url).pathname.replace(/\/+$/, "");
}

/** Answers a form: the browser goes on with GET. `path` is one of ours, without the base. */
export function seeOther(ctx: Pick<PanelContext, "state" | "redirect" | "status" | "body">, path: string): void {
  ctx.redirect(`${ctx.state.base}${path}`);
  ctx.status = 303;
  ctx.body = "";
}
