/** The headers that keep a page to itself. Routes that show mail or offer downloads replace the policy by a stricter one. */
import type { PanelMiddleware } from "../panel-context.ts";

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

/** No HSTS and no upgrade-insecure-requests: a server on a plain-http network must stay reachable, and TLS is the proxy's to promise. */
export function securityHeaders(): PanelMiddleware {
  return async (ctx, next) => {
    ctx.set("Content-Security-Policy", policy);
    ctx.set("X-Content-Type-Options", "nosniff");
    // no-referrer would make browsers say "Origin: null" on our own forms.
    ctx.set("Referrer-Policy", "same-origin");
    ctx.set("Cross-Origin-Opener-Policy", "same-origin");
    // Of what is not said otherwise nothing is kept: after signing out, Back has nothing to show.
    ctx.set("Cache-Control", "no-store");
    await next();
  };
}
