/** What the server remembers of itself between its runs: when it was last backed up, whom it has told what. */
import type { Database, Write } from "./database.ts";

/** UTC milliseconds: when the database was last backed up. */
export const lastBackupKey = "last_backup_at";

export async function readServerState(database: Database, key: string): Promise<string | undefined> {
  const state = database.reader.selectFrom("server_state").select("value").where("key", "=", key);
  return (await state.executeTakeFirst())?.value;
}

export async function writeServerState(write: Write, key: string, value: string): Promise<void> {
  await write
    .insertInto("server_state")
    .values({ key, value })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
    .execute();
}
