/** `kairan serve`: reads the config, starts the app, says that it is ready, and stops it on SIGTERM or SIGINT. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startApp } from "./app.ts";
import type { App } from "./app.ts";
import { systemClock } from "./clock.ts";
import { ConfigError, readConfig, trialConfig } from "./config.ts";
import type { Config } from "./config.ts";
import { tlsFaults } from "./config/tls-files.ts";
import { createLog } from "./log.ts";
import { seedTrial, trialPost, trialWelcome } from "./trial.ts";

/** How long the one-time link of the trial's terminal text signs in. */
const linkMs = 86_400_000;

/** A stop may take ten seconds in all; what hangs then, such as a database that does not answer, is left to the next start. */
const stopMs = 9000;

/** Resolves with the exit status once the server has stopped. */
export async function serve(args: readonly string[], folder: string): Promise<number> {
  let config: Config;
  try {
    config = serveConfig(args, folder);
  } catch (error) {
    return complain(error);
  }
  // Whatever is made from here on, the database first, is for this account's eyes alone.
  process.umask(0o077);
  const log = createLog(config.trial ? "warn" : "info");
  const end = Promise.withResolvers<number>();
  // A second signal changes nothing: the first one's stop goes on.
  for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, () => end.resolve(0));
  process.on("unhandledRejection", (error) => {
    log.error("something failed that nobody looked after; the server stops", error);
    end.resolve(1);
  });
  try {
    const app = await startApp({ config, clock: systemClock, log, fatal: () => end.resolve(1) });
    if (config.trial) await beginTrial(app, config);
    process.stdout.write(`ready smtp=${hostPort(app.smtp)} web=${app.webUrl}\n`);
    const status = await end.promise;
    if (!(await within(stopMs, app.stop()))) log.warn("the stop was cut short");
    return status;
  } catch (error) {
    process.stderr.write(`kairan: ${startTrouble(error)}\n`);
    return 1;
  }
}

/** False when the time ran out before. */
async function within(ms: number, work: Promise<void>): Promise<boolean> {
  return Promise.race([work.then(() => true), pause(ms, false, { ref: true })]);
}

function serveConfig(args: readonly string[], folder: string): Config {
  const { values } = parseArgs({ args: [...args], options: { config: { type: "string" } }, strict: true });
  const usual = resolve(folder, "config.json");
  const file = values.config === undefined ? usual : resolve(folder, values.config);
  if (values.config === undefined && !existsSync(usual)) return trialConfig(folder);
  const config = readConfig(file);
  const faults = tlsFaults(config);
  if (faults.length > 0) throw new ConfigError(file, faults);
  return config;
}

/** Wrong use: every fault of the config on a line of its own. */
function complain(error: unknown): number {
  const lines =
    error instanceof ConfigError
      ? [error.message.split(":")[0] ?? "config", ...error.faults.map((fault) => `  ${fault}`)]
      : [String(error instanceof Error ? error.message : error)];
  process.stderr.write(`kairan serve: ${lines.join("\n")}\n`);
  return 2;
}

async function beginTrial(app: App, config: Config): Promise<void> {
  const first = await seedTrial(app.store, systemClock, config);
  if (first) await trialPost(app.smtp, config.language);
  const account = await app.store.accounts.findByUsername("admin");
  const link =
    account && `${app.webUrl}/sign-in/link/${await app.store.accounts.makeLink(account.id, Date.now() + linkMs)}`;
  process.stdout.write(
    trialWelcome({ smtp: app.smtp, webUrl: app.webUrl, link: link ?? app.webUrl, language: config.language }),
  );
}

function hostPort({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function startTrouble(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  if (code === "EADDRINUSE") return `${error.message}: another program listens there; change "listen" in the config`;
  if (code === "EACCES")
    return `${error.message}: this address needs more rights than Kairan has; ports below 1024 need CAP_NET_BIND_SERVICE`;
  return error.message;
}
