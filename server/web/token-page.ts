/**
 * What the pages behind links in mail share. Outside of the panel: no cookie, no script, no proof of origin, since the token is the
 * proof; in the language of the mail that the link stood in. A forged token of any kind is the same 404.
 */
import type { Context } from "koa";
import type { Language } from "../lists/mailing-list.ts";
import { isSampleToken } from "../mail/token.ts";
import { words } from "../words/words.ts";
import { readBody } from "./middleware/read-form.ts";
import type { AlikePage, Pages } from "./pages.ts";
import type { PanelContext } from "./panel-context.ts";

const hiding = new Map([
  ["Referrer-Policy", "no-referrer"],
  ["X-Robots-Tag", "noindex"],
]);
const copiedAlong = /[\p{P}\p{S}\p{Z}]{1,20}$/u;
/** Octets of a form. */
const mostForm = 100_000;

export function tokenOf(ctx: Context): string {
  return lastOfLink(ctx, "token") ?? "";
}

/** Part of the path, without the full stop or bracket that was copied along with the link: none of ours ends in one. */
export function lastOfLink(ctx: Context, name: string): string | undefined {
  return (ctx["params"] as Readonly<Record<string, string>>)[name]?.replace(copiedAlong, "");
}

/** The token stays out of other sites' logs and of search engines. */
export function showTokenPage(
  ctx: PanelContext,
  pages: Pages,
  page: {
    readonly name: string;
    readonly view: object;
    readonly language: Language;
    readonly timezone: string;
  },
): void {
  hide(ctx);
  ctx.state.language = page.language;
  ctx.state.words = words(page.language);
  ctx.state.dates = pages.dates(page.language, page.timezone);
  pages.show(ctx, page.name, page.view);
}

/** One that shows all readers the same who see the same `view`, by thousands in a minute. */
export function showAlikePage(ctx: PanelContext, pages: Pages, page: AlikePage): void {
  hide(ctx);
  pages.showAlike(ctx, page);
}

export function showUnknownToken(ctx: PanelContext, pages: Pages): void {
  ctx.status = 404;
  ctx.state.isUnknownToken = true;
  // Whoever tries the links of a test mail hears that they are samples, and not that there is a newer mail.
  const view = { isSample: isSampleToken(tokenOf(ctx)) };
  showAlikePage(ctx, pages, { name: "token/unknown", view, language: ctx.state.language });
}

/** The form as it came: more than these pages ask for is read and dropped. */
export async function readTokenForm(ctx: Context, most = mostForm): Promise<URLSearchParams> {
  const body = await readBody(ctx.req, most);
  return new URLSearchParams(body?.toString("utf8") ?? "");
}

function hide(ctx: PanelContext): void {
  ctx.res.setHeaders(hiding);
}
