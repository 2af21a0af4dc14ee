/** Listens for the panel, over http or https, and closes without leaving pages hanging. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import type { RequestListener, Server, ServerOptions } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { join } from "node:path";
import { basePath } from "./base-path.ts";
import type { WebDependencies } from "./dependencies.ts";
import { EventStreams } from "./event-streams.ts";
import { MailThreads } from "./mail-threads.ts";
import { Pages } from "./pages.ts";
import { readStaticFiles } from "./static-files.ts";
import { createWebApp } from "./web-app.ts";
import type { WebParts } from "./web-parts.ts";

export interface WebServer {
  /** The listener's own URL. Rejects when the address is taken or a file of `web.tls` cannot be read. */
  listen(): Promise<{ readonly url: string }>;
  close(): Promise<void>;
}

/** Clients that drip their requests are cut off, a form within 30 s, a file when it takes longer than this; answers may take as long as they need. */
const limits: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 900_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 5000,
};
/** For answers under way when the server closes. */
const graceMs = 2000;
const idleCheckMs = 20;

export function createWebServer(deps: WebDependencies): WebServer {
  const streams = new EventStreams(deps.changes, (error) => deps.log.error("live page failed", error));
  const mails = new MailThreads();
  let server: Server | undefined;
  return {
    listen: async () => {
      server = await startServer({ ...deps, streams, mails });
      return { url: urlOf(server, deps.config.web) };
    },
    close: async () => {
      streams.close();
      mails.close();
      if (server !== undefined) await closeServer(server);
    },
  };
}

async function startServer(parts: Omit<WebParts, "pages">): Promise<Server> {
  const { config } = parts;
  const files = await readStaticFiles(join(import.meta.dirname, "../../static"));
  const pages = new Pages({
    base: basePath(config.web.url),
    staticVersion: files.version,
    trial: config.trial,
    isKept: config.outbound.via === "outbox",
  });
  const answer = createWebApp({ ...parts, pages }, files).callback();
  const server = await makeServer(config.web.tls, (request, response) => void answer(request, response));
  server.listen(config.web.listen.port, config.web.listen.host);
  // Rejects by the server's error event.
  await once(server, "listening");
  return server;
}

async function makeServer(tls: WebDependencies["config"]["web"]["tls"], answer: RequestListener): Promise<Server> {
  if (tls === undefined) return createHttpServer(limits, answer);
  return createHttpsServer({ ...limits, cert: await readFile(tls.cert), key: await readFile(tls.key) }, answer);
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  // Browsers keep connections open after their last answer.
  const idle = setInterval(() => server.closeIdleConnections(), idleCheckMs);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}

function urlOf(server: Server, { listen, tls }: WebDependencies["config"]["web"]): string {
  const address = server.address();
  const port = address === null || typeof address === "string" ? listen.port : address.port;
  const host = listen.host.includes(":") ? `[${listen.host}]` : listen.host;
  return `${tls === undefined ? "http" : "https"}://${host}:${port}`;
}
