/**
 * The brake on stopping members: a relay that says "user unknown" to everybody, or a provider that has taken against us, would
 * stop a whole list in three days. So failures are counted by list and day, and where they are too many nobody is the less for them.
 */
import { sql } from "kysely";
import type { RawBuilder, SqlBool } from "kysely";
import type { Database, Write } from "../database/database.ts";

/** Failures closer together are of one day: a calendar's midnight would make two days of one morning in half of the world. */
export const failureDayMs = 20 * 3_600_000;

/** More members than this, and more than this part of all who receive. */
const implausible = { members: 20, part: 0.2 } as const;

/** No member's count of days goes back further. */
const keptMs = 40 * 86_400_000;

export type FailureDay = {
  readonly listId: number;
  readonly startedAt: number;
  readonly failed: number;
  readonly members: number;
  /** The other server's. */
  readonly words: string;
};

/** Whether the list's day on which a failure of that moment was counted had too many of them. */
export function isImplausible(listId: RawBuilder<unknown>, at: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql<SqlBool>`EXISTS (SELECT 1 FROM failure_day AS f WHERE f.list_id = ${listId}
    AND f.started_at <= ${at} AND f.started_at > ${at} - ${sql.lit(failureDayMs)} AND ${tooMany})`;
}

const tooMany = sql<SqlBool>`f.failed > ${sql.lit(implausible.members)} AND f.failed > ${sql.lit(implausible.part)} * f.members`;

/** Members of the list have failed, who are counted once a day each. True when the day has too many by now. */
export async function noteFailures(
  write: Write,
  failures: { readonly listId: number; readonly count: number; readonly words: string; readonly at: number },
): Promise<boolean> {
  const { listId, count, words, at } = failures;
  const last = await write
    .selectFrom("failure_day")
    .select(["started_at", "failed", "members"])
    .where("list_id", "=", listId)
    .where("started_at", "<=", at)
    .orderBy("started_at", "desc")
    .limit(1)
    .executeTakeFirst();
  const isNew = last === undefined || at - last.started_at >= failureDayMs;
  if (isNew) await begin(write, failures);
  else
    await write
      .updateTable("failure_day")
      .set((day) => ({ failed: day("failed", "+", count), words }))
      .where("list_id", "=", listId)
      .where("started_at", "=", last.started_at)
      .execute();
  const day = write.selectFrom("failure_day as f").select("f.list_id").where("f.list_id", "=", listId);
  const startedAt = isNew ? at : last.started_at;
  return (await day.where("f.started_at", "=", startedAt).where(tooMany).executeTakeFirst()) !== undefined;
}

async function begin(write: Write, failures: Parameters<typeof noteFailures>[1]): Promise<void> {
  const { listId, count, words, at } = failures;
  const active = await write
    .selectFrom("member_tally")
    .select("count")
    .where("list_id", "=", listId)
    .where("status", "=", "active")
    .executeTakeFirst();
  const day = { list_id: listId, started_at: at, failed: count, members: active?.count ?? 0, words, told_at: null };
  await write.insertInto("failure_day").values(day).execute();
  await write
    .deleteFrom("failure_day")
    .where("list_id", "=", listId)
    .where("started_at", "<", at - keptMs)
    .execute();
}

/** Days with too many failures that began after that moment; `untold`: only those of which administrators have not heard. */
export async function implausibleDays(
  database: Database,
  { since, untold = false }: { readonly since: number; readonly untold?: boolean },
): Promise<readonly FailureDay[]> {
  let query = database.reader
    .selectFrom("failure_day as f")
    .innerJoin("list", "list.id", "f.list_id")
    .select(["f.list_id as listId", "f.started_at as startedAt", "f.failed", "f.members", "f.words"])
    .where("list.deleted_at", "is", null)
    .where("f.started_at", ">", since)
    .where(tooMany);
  if (untold) query = query.where("f.told_at", "is", null);
  return query.orderBy("f.started_at").orderBy("f.list_id").limit(100).execute();
}

/** Within the transaction that puts the mails on their way. */
export async function noteDayTold(write: Write, { listId, startedAt }: FailureDay, now: number): Promise<void> {
  await write
    .updateTable("failure_day")
    .set({ told_at: now })
    .where("list_id", "=", listId)
    .where("started_at", "=", startedAt)
    .execute();
}
