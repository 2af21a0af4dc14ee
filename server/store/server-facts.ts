/** What the server knows of itself: how old it is, when it was last backed up, and whether copies wait that are due. */
import type { Database } from "./database/database.ts";
import { lastBackupKey, readServerState } from "./database/server-state.ts";

export async function serverFacts(
  database: Database,
): Promise<{ readonly lastAt: number | undefined; readonly bornAt: number | undefined }> {
  const backup = await readServerState(database, lastBackupKey);
  const first = await database.reader
    .selectFrom("person")
    .select("created_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  const lastAt = Number(backup);
  return { lastAt: Number.isFinite(lastAt) ? lastAt : undefined, bornAt: first?.created_at };
}

/** Since when the next copy to go has been due; undefined when none is. */
export async function oldestDue(database: Database, now: number): Promise<number | undefined> {
  const pending = await database.reader
    .selectFrom("delivery")
    .select("created_at")
    .where("state", "=", "pending")
    .orderBy("rank")
    .limit(1)
    .executeTakeFirst();
  const deferred = await database.reader
    .selectFrom("delivery")
    .select("due_at")
    .where("state", "=", "deferred")
    .where("due_at", "<=", now)
    .orderBy("due_at")
    .limit(1)
    .executeTakeFirst();
  const times = [pending?.created_at, deferred?.due_at].filter((at) => at !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}
