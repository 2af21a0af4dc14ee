/** A draft is reserved for later; and a draft that was made from what is reserved takes its place. */
import type { Database, Write } from "../database/database.ts";
import { isToCome, timingColumns } from "./schedules.ts";
import type { Schedule, Timing } from "./schedules.ts";

export type Reservation = {
  readonly draft: { readonly id: number; readonly edition: number };
  readonly listIds: readonly number[];
  readonly timing: Timing;
};

/** The schedule's id; undefined when somebody has changed, sent or reserved the draft since. */
export async function reserve(
  database: Database,
  { accountId, ...reservation }: Reservation & { readonly accountId: number },
  now: number,
): Promise<number | undefined> {
  const { draft, listIds, timing } = reservation;
  return database.write(async (write) => {
    if (!(await takeForSchedule(write, draft, now))) return undefined;
    const { id } = await write
      .insertInto("schedule")
      .values({
        ...timingColumns(timing),
        composition_id: draft.id,
        account_id: accountId,
        first_at: timing.nextAt,
        created_at: now,
        changed_at: now,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await setLists(write, id, listIds);
    return id;
  });
}

/** From now on the copy may take the place of the schedule's content, unless somebody changes that first. */
export async function noteDraftOf(database: Database, schedule: Schedule, draftId: number): Promise<void> {
  const row = { composition_id: draftId, schedule_id: schedule.id, edition: schedule.edition };
  await database.write((write) => write.insertInto("schedule_draft").values(row).execute());
}

/** The account's draft that was made from the schedule as it is now. */
export async function ownDraftOf(
  database: Database,
  { id, edition }: Schedule,
  accountId: number,
): Promise<number | undefined> {
  const row = await database.reader
    .selectFrom("schedule_draft")
    .innerJoin("composition", "composition.id", "schedule_draft.composition_id")
    .select("composition.id")
    .where("schedule_id", "=", id)
    .where("schedule_draft.edition", "=", edition)
    .where("account_id", "=", accountId)
    .where("kind", "=", "draft")
    .executeTakeFirst();
  return row?.id;
}

/** The schedule that the draft was made from, and its edition then. */
export async function draftOf(database: Database, draftId: number): Promise<MadeFrom | undefined> {
  return (await draftsOf(database, [draftId])).get(draftId);
}

type MadeFrom = { readonly scheduleId: number; readonly edition: number };

/** The same of several; those that were written anew are missing. */
export async function draftsOf(
  database: Database,
  draftIds: readonly number[],
): Promise<ReadonlyMap<number, MadeFrom>> {
  if (draftIds.length === 0) return new Map();
  const rows = await database.reader
    .selectFrom("schedule_draft")
    .select(["composition_id", "schedule_id", "edition"])
    .where("composition_id", "in", draftIds)
    .execute();
  return new Map(rows.map((row) => [row.composition_id, { scheduleId: row.schedule_id, edition: row.edition }]));
}

/** `edition`: of the schedule, as the writer knows it. False when that, or the draft, was changed since. What is paused stays so. */
export async function replaceContent(
  database: Database,
  { scheduleId, edition, ...reservation }: Reservation & { readonly scheduleId: number; readonly edition: number },
  now: number,
): Promise<boolean> {
  const { draft, listIds, timing } = reservation;
  return database.write(async (write) => {
    const before = await write
      .selectFrom("schedule")
      .select(["composition_id", "state"])
      .where("id", "=", scheduleId)
      .where("edition", "=", edition)
      .where(isToCome(timing.nextAt))
      .executeTakeFirst();
    if (before === undefined || !(await takeForSchedule(write, draft, now))) return false;
    await write
      .updateTable("schedule")
      .set({
        ...timingColumns(timing),
        ...(before.state === "paused" && { state: before.state, next_at: null }),
        composition_id: draft.id,
        first_at: timing.nextAt,
        edition: edition + 1,
        changed_at: now,
      })
      .where("id", "=", scheduleId)
      .execute();
    await setLists(write, scheduleId, listIds);
    await write.deleteFrom("schedule_draft").where("composition_id", "=", draft.id).execute();
    await leaveBehind(write, before.composition_id, now);
    return true;
  });
}

async function takeForSchedule(write: Write, draft: Reservation["draft"], now: number): Promise<boolean> {
  const taken = await write
    .updateTable("composition")
    .set({ kind: "schedule", edition: draft.edition + 1, changed_at: now })
    .where("id", "=", draft.id)
    .where("edition", "=", draft.edition)
    .where("kind", "=", "draft")
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

async function setLists(write: Write, scheduleId: number, listIds: readonly number[]): Promise<void> {
  await write.deleteFrom("schedule_list").where("schedule_id", "=", scheduleId).execute();
  const rows = listIds.map((list_id) => ({ schedule_id: scheduleId, list_id }));
  await write.insertInto("schedule_list").values(rows).execute();
}

/** What was sent from it still leads there; what never was is no use to anybody. */
async function leaveBehind(write: Write, compositionId: number, now: number): Promise<void> {
  const post = write.selectFrom("post").select("id").where("composition_id", "=", compositionId).limit(1);
  if ((await post.executeTakeFirst()) === undefined)
    await write.deleteFrom("composition").where("id", "=", compositionId).execute();
  else
    await write
      .updateTable("composition")
      .set({ kind: "sent", changed_at: now })
      .where("id", "=", compositionId)
      .execute();
}
