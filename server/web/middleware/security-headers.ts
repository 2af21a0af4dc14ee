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

const headers = new Map([
  ["Content-Security-Policy", policy],
  ["X-Content-Type-Options", "nosniff"],
  // no-referrer would make browsers say "Origin: null" on our own forms.
  ["Referrer-Policy", "same-origin"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
  // Of what is not said otherwise nothing is kept: after signing out, Back has nothing to show.
  ["Cache-Control", "no-store"],
]);

/** No HSTS and no upgrade-insecure-requests: a server on a plain-http network must stay reachable, and TLS is the proxy's to promise. */
export function securityHeaders(): PanelMiddleware {
  return (ctx, next) => {
    ctx.res.setHeaders(headers);
    return next();
  };
}
