/** The one place that decides what is shown when something goes wrong, and what is logged. A page never repeats what the request said. */
import type { Config } from "../../config.ts";
import type { Log } from "../../log.ts";
import { isNoRoom } from "../../store/database/no-room.ts";
import { isPassingTrouble } from "../../store/database/passing-trouble.ts";
import type { Words } from "../../words/en.ts";
import { basePath } from "../base-path.ts";
import { FormRefused } from "../form-refused.ts";
import { isGoneClient } from "../gone-client.ts";
import type { Pages } from "../pages.ts";
import type { PanelMiddleware } from "../panel-context.ts";
import { preparePanelState } from "./visitor.ts";

type Said = { readonly title: string; readonly text: string };

export function errors({
  config,
  log,
  pages,
}: {
  readonly config: Config;
  readonly log: Log;
  readonly pages: Pages;
}): PanelMiddleware {
  const base = basePath(config.web.url);
  return async (ctx, next) => {
    preparePanelState(ctx, config, base);
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) ctx.throw(404);
    } catch (error) {
      const status = statusOf(error);
      if (status >= 500 && !isGoneClient(error))
        log.error("page failed", error, { method: ctx.method, path: pathForLog(ctx.path), status });
      if (ctx.headerSent) throw error;
      ctx.status = status;
      ctx.remove("Content-Disposition");
      ctx.set("Cache-Control", "no-store");
      pages.show(ctx, "errors/error", { status, ...sayingOf(error, status, ctx.state.words) });
      // Showing a page sets 200 where no status was set on purpose.
      ctx.status = status;
    }
  };
}

function statusOf(error: unknown): number {
  if (isNoRoom(error)) return 507;
  // Whoever presses a button while the database is away is told that it will pass.
  if (isPassingTrouble(error)) return 503;
  const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
  return status >= 400 && status < 600 ? status : 500;
}

/** Tokens are secrets and stay out of the log. */
function pathForLog(path: string): string {
  return path.replace(/^\/(s|u|m|c|p|sign-in\/link)\/.*/, "/$1/...").slice(0, 200);
}

function sayingOf(error: unknown, status: number, { errors: said }: Words): Said {
  if (error instanceof FormRefused) return { title: said.formTitle, text: said.form };
  const known: Readonly<Record<number, Said>> = {
    403: { title: said.forbiddenTitle, text: said.forbidden },
    404: { title: said.notFoundTitle, text: said.notFound },
    405: { title: said.methodTitle, text: said.method },
    413: { title: said.largeTitle, text: said.large },
    507: { title: said.fullTitle, text: said.full },
    503: { title: said.busyTitle, text: said.busy },
  };
  return (
    known[status] ??
    (status < 500 ? { title: said.badTitle, text: said.bad } : { title: said.brokenTitle, text: said.broken })
  );
}
