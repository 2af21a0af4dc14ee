/** The configuration a command works under, and the store that it names: the one a server on this machine uses, running or not. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { readConfig, trialConfig } from "../config.ts";
import type { Config } from "../config.ts";
import { openStore } from "../store/store.ts";
import type { Store } from "../store/store.ts";
import { failure } from "./command-error.ts";

export type ServerStore = { readonly config: Config; readonly store: Store };

/** `kept` hears of the backup before an upgrade, if there is one. */
export async function openServerStore(config: Config, kept: (file: string) => void): Promise<ServerStore> {
  if (!config.database.includes("://")) mkdirSync(dirname(config.database), { recursive: true, mode: 0o700 });
  return { config, store: await openStore(config.database, { folder: config.dataFolder, kept }) };
}

/** Throws ConfigError, or CommandError when there is neither a configuration nor a trial to work on. */
export function findConfig(configFile: string | undefined, cwd: string): Config {
  const usual = resolve(cwd, "config.json");
  if (configFile !== undefined) return readConfig(resolve(cwd, configFile));
  if (existsSync(usual)) return readConfig(usual);
  const trial = trialConfig(cwd);
  if (!existsSync(trial.database))
    throw failure(
      "there is no config.json here and no trial yet; run npm start first, or name a configuration with --config FILE",
    );
  return trial;
}
