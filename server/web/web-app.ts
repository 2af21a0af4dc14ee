/** The panel's middleware, in order: what a request passes on its way to a route. */
import Koa from "koa";
import { errors } from "./middleware/errors.ts";
import { csrf } from "./middleware/csrf.ts";
import { mount } from "./middleware/mount.ts";
import { readForm } from "./middleware/read-form.ts";
import { requireSignIn } from "./middleware/require-sign-in.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { serveStatic } from "./middleware/serve-static.ts";
import { session } from "./middleware/session.ts";
import { unknownTokens } from "./middleware/unknown-tokens.ts";
import { visitor } from "./middleware/visitor.ts";
import { basePath } from "./base-path.ts";
import { isGoneClient } from "./gone-client.ts";
import type { PanelState } from "./panel-context.ts";
import { panelRoutes } from "./panel-routes.ts";
import { comeBackRoutes } from "./routes/come-back.ts";
import { confirmRoutes } from "./routes/confirm.ts";
import { joinHelpRoutes } from "./routes/join-help.ts";
import { joinRoutes } from "./routes/join.ts";
import { leaveRoutes } from "./routes/leave.ts";
import { ownDataRoutes } from "./routes/own-data.ts";
import { ownLinkRoutes } from "./routes/own-links.ts";
import { ownPageRoutes } from "./routes/own-page.ts";
import { pollRoutes } from "./routes/poll.ts";
import type { StaticFiles } from "./static-files.ts";
import type { WebParts } from "./web-parts.ts";

export function createWebApp(parts: WebParts, files: StaticFiles): Koa<PanelState> {
  const { config, store, clock, log, pages } = parts;
  // Of X-Forwarded-For only the last address is the proxy's word; the others are whatever the client sent.
  const app = new Koa<PanelState>({ proxy: config.web.trustProxy, maxIpsCount: 1 });
  app.on("error", (error: unknown) => {
    if (!isGoneClient(error)) log.error("answer broke off", error);
  });

  app.use(securityHeaders());
  app.use(errors({ config, log, pages }));
  app.use(mount(basePath(config.web.url)));
  app.use(serveStatic(files));
  app.use(unknownTokens(clock));
  // Token pages know neither sessions nor proofs of origin.
  app.use(confirmRoutes(parts).routes());
  app.use(comeBackRoutes(parts).routes());
  app.use(pollRoutes(parts).routes());
  app.use(leaveRoutes(parts).routes());
  app.use(ownPageRoutes(parts).routes());
  app.use(joinRoutes(parts).routes());
  app.use(joinHelpRoutes(parts).routes());
  app.use(ownDataRoutes(parts).routes());
  app.use(ownLinkRoutes(parts).routes());

  for (const middleware of session(app, { sessions: store.sessions, config, clock })) app.use(middleware);
  app.use(visitor({ store, config, clock }));
  app.use(readForm());
  app.use(requireSignIn({ store, config, clock }));
  app.use(csrf(config));
  for (const router of panelRoutes(parts)) app.use(router.routes());
  return app;
}
