/** `kairan backup noted`: for whoever backs PostgreSQL up by its own tools, of which Kairan would otherwise know nothing and warn. */
import { lastBackupKey, writeServerState } from "../store/database/server-state.ts";
import { said } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Command } from "./command.ts";

export const backupNotedCommand: Command = {
  words: "backup noted",
  operands: [],
  options: {},
  summary: "Writes no backup: notes that pg_dump or the like has just made one, so that the panel does not warn.",
  changes: true,
  run: noteBackup,
};

async function noteBackup(call: Call): Promise<Answer> {
  const { store } = await call.open();
  await store.database.write((transaction) => writeServerState(transaction, lastBackupKey, String(call.now)));
  return said("noted: there is a backup of now", { at: new Date(call.now).toISOString() });
}
