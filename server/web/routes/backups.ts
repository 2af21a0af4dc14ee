/** When the server was last backed up, and how it is done: a file with every secret is fetched on the server, not by a browser. */
import { Router } from "@koa/router";
import { kindOf } from "../../store/database/database.ts";
import { serverFacts } from "../../store/server-facts.ts";
import { backupWarning } from "../../upkeep/health-rules.ts";
import { ownersOnly } from "../access.ts";
import type { PanelContext, SignedIn } from "../panel-context.ts";
import type { WebParts } from "../web-parts.ts";

export function backupRoutes(parts: WebParts): Router<SignedIn> {
  const router = new Router<SignedIn>();
  router.get("/backups", ownersOnly, (ctx) => showBackups(parts, ctx));
  return router;
}

async function showBackups({ store, pages, clock, config }: WebParts, ctx: PanelContext<SignedIn>): Promise<void> {
  const now = clock.now();
  const facts = await serverFacts(store.database);
  const day = new Date(now).toISOString().slice(0, 10);
  pages.show(ctx, "backups/backups", {
    last: facts.lastAt && ctx.state.dates.dateTime(facts.lastAt),
    isOld: facts.lastAt === undefined || backupWarning(facts, now) !== undefined,
    isPostgres: kindOf(config.database) === "postgres",
    commands: {
      otherwise: "pg_dump … && npx kairan backup noted",
      make: `npx kairan backup kairan-${day}.backup`,
      nightly: crontab(config.dataFolder),
      restore: `npx kairan restore kairan-${day}.backup --replace`,
    },
  });
}

/** cron takes a bare % for the end of the command. */
function crontab(dataFolder: string): string {
  const folder = dataFolder.replace(/\/data$/, "") || "/";
  const [make, tidy] = [
    "npx kairan backup backups/kairan-$(date +\\%F).backup --force",
    "find backups -name 'kairan-*.backup' -mtime +14 -delete",
  ];
  return `15 3 * * *  cd ${folder} && mkdir -p backups && ${make} && ${tidy}`;
}
