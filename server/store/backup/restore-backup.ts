/**
 * Restoring: a backup is made ready aside and then takes the place of the database in one step, so that whatever fails on the way
 * leaves everything as it was.
 */
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { kindOf } from "../database/database.ts";
import type { Database } from "../database/database.ts";
import { takeServerLock } from "../database/server-lock.ts";
import type { Advance } from "./advance.ts";
import { holdBack } from "./hold-back.ts";
import type { HeldBack } from "./hold-back.ts";
import { backupFault, openBackup } from "./open-backup.ts";
import type { BackupFault } from "./open-backup.ts";
import type { Placed } from "./place.ts";
import { restoreIntoPostgres } from "./restore-postgres.ts";
import { restoreIntoSqlite } from "./restore-sqlite.ts";
import { discardDatabase } from "./safe-file.ts";
import { timeInName } from "./time-in-name.ts";

export type RestoreOptions = {
  readonly file: string;
  /** Where `config.database` says. */
  readonly location: string;
  /** Where what was in PostgreSQL is kept, and the work is done. */
  readonly folder: string;
  /** Whether a database with something in it may be replaced. */
  readonly replace: boolean;
  /** Whether posts that were on their way at the backup go on. */
  readonly resume: boolean;
  readonly now: number;
  readonly advance?: Advance;
};

export type Restored =
  | (Extract<Placed, { kind: "done" }> & { readonly heldBack: HeldBack })
  | Exclude<Placed, { kind: "done" }>
  | { readonly kind: "server runs" | BackupFault };

export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { file, location, folder } = options;
  const fault = backupFault(file);
  if (fault !== undefined) return { kind: fault };
  const kind = kindOf(location);
  const home = kind === "sqlite" ? dirname(location) : folder;
  await mkdir(home, { recursive: true, mode: 0o700 });
  const lock = await takeServerLock({ kind, location }, () => undefined);
  if (lock === undefined) return { kind: "server runs" };
  const work = kind === "sqlite" ? `${location}.restoring` : join(folder, "restoring.db");
  try {
    return await restoreBy(options, work);
  } finally {
    await discardDatabase(work);
    await lock.release();
  }
}

async function restoreBy(options: RestoreOptions, work: string): Promise<Restored> {
  const { file, location, now, advance = () => undefined } = options;
  const database = await openBackup(file, work, advance);
  if (database === undefined) return { kind: "newer" };
  const heldBack = await prepared(database, options);
  const place = { ...options, advance, keptName: `before-restore.${timeInName(now)}` };
  const placed = await (kindOf(location) === "sqlite"
    ? restoreIntoSqlite(work, place)
    : restoreIntoPostgres(work, place));
  return placed.kind === "done" ? { ...placed, heldBack } : placed;
}

async function prepared(database: Database, { resume, now }: RestoreOptions): Promise<HeldBack> {
  try {
    return resume ? { posts: 0, copies: 0 } : await holdBack(database, now);
  } finally {
    await database.close();
  }
}
