/** The store as a server has it: its folder made, its layout brought up to date, and nobody else serving from it. */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { releaseClaims } from "./deliveries/claims.ts";
import { takeServerLock } from "./database/server-lock.ts";
import { openStore } from "./store.ts";
import type { Store } from "./store.ts";

export type ServingOptions = {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** Another server has taken the database. */
  readonly fatal?: () => void;
};

/** Opened, migrated, and ours alone. */
export async function openForServing(
  { config, clock, log, fatal }: ServingOptions,
  onStop: (close: () => Promise<unknown>) => void,
): Promise<Store> {
  if (!config.database.includes("://")) await mkdir(dirname(config.database), { recursive: true, mode: 0o700 });
  const store = await openStore(config.database, {
    folder: config.dataFolder,
    kept: (file) =>
      log.info("the database is brought to this version's layout; a backup of it before is kept", { file }),
  });
  onStop(() => store.close());
  const lock = await takeServerLock(store.database, () => {
    log.error("another server has taken the database while our connection was down", new Error("lock lost"));
    fatal?.();
  });
  if (lock === undefined) throw new Error("another Kairan already serves this database");
  onStop(() => lock.release());
  await store.messages.sweep(clock.now());
  await releaseClaims(store.database);
  return store;
}
