/** `kairan backup`: everything durable in one file, while the server goes on working. */
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { announceChange } from "../store/database/change-feed.ts";
import { kindOf, openDatabase } from "../store/database/database.ts";
import type { Database } from "../store/database/database.ts";
import { writeBackup } from "../store/backup/write-backup.ts";
import type { Backup } from "../store/backup/write-backup.ts";
import { lastBackupKey, writeServerState } from "../store/database/server-state.ts";
import { said } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Command } from "./command.ts";
import { failure } from "./command-error.ts";
import { createShare } from "./progress.ts";
import { sizeText } from "./size-text.ts";

export const backupCommand: Command = {
  words: "backup",
  operands: ["FILE"],
  options: { force: { type: "boolean", says: "replace FILE if it is there" } },
  summary:
    "Writes everything durable into one file, while the server runs: lists, people, posts, every copy's fate, accounts and secrets. Keep it as safe as the database. Whoever is signed in is not in it; neither are config.json and key files.",
  changes: false,
  run: backup,
};

const hints = {
  empty: "there is nothing to back up yet: the database is empty",
  newer: "the database was made by a newer Kairan; back it up with that version",
} as const;

async function backup(call: Call): Promise<Answer> {
  const { database: location } = call.config();
  const file = call.path(call.operand(0));
  if (kindOf(location) === "sqlite" && !existsSync(location)) throw failure(`there is no database ${location} yet`);
  if (!existsSync(dirname(file))) throw failure(`there is no folder ${dirname(file)}`);
  if (file === location) throw failure("that is the database itself; name another file");
  // As it stands: a backup before an upgrade is of the layout before it.
  const database = openDatabase(location);
  try {
    return await backUpInto(call, database, file);
  } finally {
    await database.close();
  }
}

async function backUpInto(call: Call, database: Database, file: string): Promise<Answer> {
  const typed = call.operand(0);
  const replace = call.flag("force");
  if (existsSync(file) && !replace) throw failure(`${typed} is there already; --force replaces it`);
  const share = createShare(call.io, "backing up");
  const begun = performance.now();
  let made: Backup;
  try {
    made = await writeBackup(database, { file, replace, now: call.now, advance: share.advance });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw failure(`no backup was made: ${why} (is there room on the disk of ${typed}?)`);
  } finally {
    share.end();
  }
  if (made.kind === "there already") throw failure(`${typed} is there already; --force replaces it`);
  if (made.kind !== "made") throw failure(hints[made.kind]);
  await noteBackup(database, call.now);
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  const { octets, rows, layout } = made;
  return said(`${typed}: ${rows.toLocaleString("en")} rows, ${sizeText(octets)}, in ${seconds} s`, {
    file,
    bytes: octets,
    rows,
    layout,
    seconds,
  });
}

/** What the panel warns by. The first layout had no place for it. */
async function noteBackup(database: Database, now: number): Promise<void> {
  const write = database.write((transaction) => writeServerState(transaction, lastBackupKey, String(now)));
  await write.then(
    () => announceChange(database),
    () => undefined,
  );
}
