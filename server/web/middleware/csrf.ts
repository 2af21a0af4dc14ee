/**
 * Only our own pages may change something. Three proofs: Origin names us; Sec-Fetch-Site, which browsers send over https and to
 * localhost only, says so too; and the form carries the session's token, or before signing in the one of a cookie.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Config } from "../../config.ts";
import { FormRefused } from "../form-refused.ts";
import type { PanelContext, PanelMiddleware } from "../panel-context.ts";
import { isSafe } from "./read-form.ts";

const formCookie = "kairan.form";
const tokenShape = /^[\w-]{32}$/;

export function csrf(config: Config): PanelMiddleware {
  return async (ctx, next) => {
    if (ctx.state.csrf === "") ctx.state.csrf = visitorToken(ctx);
    if (!isSafe(ctx.method)) {
      if (originOf(ctx, config) === "other") throw new FormRefused("the form came from another site");
      if (!sameText(ctx.state.form.get("csrf") ?? "", ctx.state.csrf))
        throw new FormRefused("the form's token is not this session's");
    }
    await next();
  };
}

/** Where a form came from, by what browsers say of it; other clients say nothing. */
export function originOf(ctx: PanelContext, config: Config): "ours" | "other" | "unsaid" {
  const origin = ctx.get("Origin");
  const isOurs = [ctx.host, new URL(config.web.url).host].includes(URL.parse(origin)?.host ?? "");
  if (!["", "same-origin", "none"].includes(ctx.get("Sec-Fetch-Site"))) return "other";
  return origin === "" ? "unsaid" : isOurs ? "ours" : "other";
}

/** Before signing in there is no session to keep a token: it is in a cookie, which other sites can neither read nor choose. */
function visitorToken(ctx: PanelContext): string {
  const known = ctx.cookies.get(formCookie) ?? "";
  if (tokenShape.test(known)) return known;
  const token = randomBytes(24).toString("base64url");
  ctx.cookies.set(formCookie, token, { httpOnly: true, sameSite: "lax", overwrite: true });
  return token;
}

function sameText(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
