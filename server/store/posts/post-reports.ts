/** Which posts are still to be reported by mail, and when they are looked at next. */
import type { Database, Write } from "../database/database.ts";

export type PostReport = {
  readonly postId: number;
  /** 0: being sent; then one more than the looks since the first report. */
  readonly stage: number;
  /** Failed and bounced copies of the last report. */
  readonly astray: number;
};

/** Within the transaction that accepts the post. */
export async function expectReport(write: Write, postId: number, at: number): Promise<void> {
  await write.insertInto("post_report").values({ post_id: postId, next_at: at }).execute();
}

/** Of a post that was held, if its list wants any. */
export async function expectReportOf(
  write: Write,
  { postId, listId, now }: { readonly postId: number; readonly listId: number; readonly now: number },
): Promise<void> {
  const list = await write.selectFrom("list").select("report_to").where("id", "=", listId).executeTakeFirst();
  if (list !== undefined && list.report_to !== "nobody") await expectReport(write, postId, now);
}

export async function dueReports(database: Database, now: number): Promise<readonly PostReport[]> {
  const rows = await database.reader
    .selectFrom("post_report")
    .select(["post_id as postId", "stage", "astray"])
    .where("next_at", "is not", null)
    .where("next_at", "<=", now)
    .orderBy("next_at")
    .limit(50)
    .execute();
  return rows;
}

/** When the next post is looked at; undefined when none is expected. */
export async function nextReportAt(database: Database): Promise<number | undefined> {
  const row = await database.reader
    .selectFrom("post_report")
    .select("next_at")
    .where("next_at", "is not", null)
    .orderBy("next_at")
    .limit(1)
    .executeTakeFirst();
  return row?.next_at ?? undefined;
}

/** `nextAt`: undefined when the post's watch is over. False when another process has looked meanwhile. */
export async function noteLook(
  write: Write,
  before: PostReport,
  after: { readonly stage: number; readonly astray: number; readonly nextAt: number | undefined },
): Promise<boolean> {
  const result = await write
    .updateTable("post_report")
    .set({ stage: after.stage, astray: after.astray, next_at: after.nextAt ?? null })
    .where("post_id", "=", before.postId)
    .where("stage", "=", before.stage)
    .where("next_at", "is not", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
