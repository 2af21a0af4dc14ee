/** Answers /static/VERSION/NAME; an outdated version gets the present file, which then must not be kept. */
import type { PanelMiddleware } from "../panel-context.ts";
import type { StaticFiles } from "../static-files.ts";

export function serveStatic({ files, version }: StaticFiles): PanelMiddleware {
  return (ctx, next) => {
    const match = /^\/static\/([0-9a-f]{16})\/(.+)$/.exec(ctx.path);
    const file = files.get(ctx.path === "/favicon.ico" ? "icons/seal.svg" : (match?.[2] ?? ""));
    if (file === undefined || (ctx.method !== "GET" && ctx.method !== "HEAD")) {
      return next();
    }
    ctx.set("Cache-Control", match?.[1] === version ? "public, max-age=31536000, immutable" : "no-cache");
    ctx.type = file.type;
    ctx.body = file.bytes;
  };
}
