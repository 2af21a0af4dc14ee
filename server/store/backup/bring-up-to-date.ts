/** Migrations at start: an older database is backed up before anything in it changes, and not changed where that fails. */
import { mkdir, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "../database/database.ts";
import { layoutOf, migrate } from "../migrations/migrate.ts";
import type { Layout } from "../migrations/migrate.ts";
import { takeServerLock } from "../database/server-lock.ts";
import type { ServerLock } from "../database/server-lock.ts";
import { timeInName } from "./time-in-name.ts";
import { writeBackup } from "./write-backup.ts";

export type UpgradeCare = {
  /** Where the backup of a PostgreSQL database goes; that of a SQLite file stands beside it. */
  readonly folder: string;
  /** Hears where the backup is. */
  readonly kept: (file: string) => void;
};

const keptBackups = 3;
const patienceMs = 30_000;
const againMs = 250;

/** Throws when the database is of a newer version, a server still works on the older one, or the backup or a migration fails. */
export async function bringUpToDate(database: Database, care: UpgradeCare | undefined): Promise<void> {
  // Two programs of the new version may be started at once: one does it, the other waits.
  for (const deadline = Date.now() + patienceMs; ; await pause(againMs)) {
    const layout = await layoutOf(database);
    // Every command of the operator's opens the database: looking through all migrations again would be most of its time.
    if (layout.kind === "current") return;
    if (layout.kind !== "older") return migrate(database);
    const lock = await takeServerLock(database, () => undefined);
    if (lock !== undefined) return upgrade(database, { layout, lock, care });
    if (Date.now() > deadline)
      throw new Error(
        "the database has the layout of an older Kairan, and a server is running on it: stop that server first, then start this version",
      );
  }
}

type Upgrade = {
  readonly layout: Exclude<Layout, { kind: "empty" }>;
  readonly lock: ServerLock;
  readonly care: UpgradeCare | undefined;
};

async function upgrade(database: Database, { layout, lock, care }: Upgrade): Promise<void> {
  try {
    const file = await keepBefore(database, layout.name, care?.folder);
    care?.kept(file);
    await migrate(database);
  } finally {
    await lock.release();
  }
}

async function keepBefore(database: Database, layout: string, folder: string | undefined): Promise<string> {
  const place = placeOf(database, folder);
  const file = join(place.folder, `${place.name}.${layout}.${timeInName(Date.now())}.backup`);
  try {
    await mkdir(place.folder, { recursive: true, mode: 0o700 });
    const backup = await writeBackup(database, { file, replace: false, now: Date.now() });
    if (backup.kind !== "made") throw new Error(backup.kind);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `the database must be brought to this version's layout, but the backup before that could not be written to ${file} (${why}). ` +
        "Nothing was changed: make room or give the right to write there, then start again",
      { cause: error },
    );
  }
  await removeOld(place);
  return file;
}

type Place = { readonly folder: string; readonly name: string };

function placeOf(database: Database, folder: string | undefined): Place {
  if (database.kind === "sqlite") return { folder: dirname(database.location), name: basename(database.location) };
  if (folder === undefined) throw new Error("there is no folder for a backup of the database before its upgrade");
  return { folder, name: new URL(database.location).pathname.slice(1) };
}

/** Their names end in their times, whatever layout they are of. */
async function removeOld({ folder, name }: Place): Promise<void> {
  const time = (file: string): string => file.split(".").at(-2) ?? "";
  const ours = (await readdir(folder)).filter(
    (file) => file.startsWith(`${name}.`) && /\.\d{4}-[a-z0-9-]+\.[\dTZ-]+\.backup$/.test(file),
  );
  const old = ours.toSorted((a, b) => (time(a) < time(b) ? 1 : -1)).slice(keptBackups);
  for (const file of old) await rm(join(folder, file), { force: true });
}
