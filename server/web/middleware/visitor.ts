/** Who is asking, and in which language and time zone the answer is given. */
import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { languages } from "../../lists/mailing-list.ts";
import type { Language } from "../../lists/mailing-list.ts";
import type { Store } from "../../store/store.ts";
import { datesIn } from "../../words/dates.ts";
import { words } from "../../words/words.ts";
import { findKeptForm, forgetKeptForm } from "../kept-form.ts";
import type { Keeping } from "../kept-form.ts";
import { takeNotice } from "../notice.ts";
import type { PanelContext, PanelMiddleware } from "../panel-context.ts";
import { signedInSession } from "./session.ts";

export const languageCookie = "kairan.language";

/** What even an error page needs; the account's own language replaces the browser's later. */
export function preparePanelState(ctx: PanelContext, config: Config, base: string): void {
  ctx.state.base = base;
  ctx.state.account = undefined;
  ctx.state.sessionId = undefined;
  ctx.state.isFreshByLink = false;
  ctx.state.notice = undefined;
  ctx.state.kept = undefined;
  ctx.state.isUnknownToken = false;
  ctx.state.csrf = "";
  ctx.state.form = new URLSearchParams();
  ctx.state.upload = undefined;
  // Behind a proxy that ends TLS the connection itself is not secure, and cookies marked so would be refused here.
  if (config.web.url.startsWith("https:")) ctx.cookies.secure = true;
  setLanguage(ctx, config.timezone, browserLanguage(ctx) ?? config.language);
}

export function visitor({
  store,
  config,
  clock,
}: {
  readonly store: Store;
  readonly config: Config;
  readonly clock: Clock;
}): PanelMiddleware {
  return async (ctx, next) => {
    const session = signedInSession(ctx, clock.now());
    const account = session && (await store.accounts.find(session.accountId));
    if (session !== undefined && account !== undefined) {
      ctx.state.account = account;
      ctx.state.sessionId = session.id;
      ctx.state.csrf = session.csrf;
      ctx.state.isFreshByLink = session.isFreshByLink;
      setLanguage(ctx, account.timezone ?? config.timezone, account.language ?? ctx.state.language);
    }
    const isPage = ctx.method === "GET" && ctx.get("Accept").includes("text/html");
    if (isPage) ctx.state.notice = takeNotice(ctx);
    if (isPage && account !== undefined) await takeKeptForm(ctx, { keptForms: store.keptForms, now: clock.now() });
    await next();
  };
}

async function takeKeptForm(ctx: PanelContext, keeping: Keeping): Promise<void> {
  const kept = await findKeptForm(ctx, keeping);
  if (kept?.place !== `${ctx.path}${ctx.search}`) return;
  ctx.state.kept = kept.fields;
  forgetKeptForm(ctx);
}

export function isLanguage(text: string | undefined): text is Language {
  return languages.some((language) => language === text);
}

function setLanguage(ctx: PanelContext, timezone: string, language: Language): void {
  ctx.state.language = language;
  ctx.state.words = words(language);
  ctx.state.dates = datesIn(language, timezone);
}

/** The one chosen here before, else the first of ours that the browser asks for. */
function browserLanguage(ctx: PanelContext): Language | undefined {
  const chosen = ctx.cookies.get(languageCookie);
  if (isLanguage(chosen)) return chosen;
  // "*", or no header at all, would be read as a wish for whatever we name first.
  if (!/[a-z]/i.test(ctx.get("Accept-Language"))) return undefined;
  const accepted = ctx.acceptsLanguages([...languages]);
  return typeof accepted === "string" && isLanguage(accepted) ? accepted : undefined;
}
