/** What became of each time of a schedule: sent, with its posts, or not, and why. */
import { sql } from "kysely";
import type { OccurrenceOutcome, ScheduleFault, ScheduleState } from "../../lists/schedule.ts";
import type { Database, Write } from "../database/database.ts";
import { rowsOf } from "../database/rows.ts";
import type { KeptOctets, Schedule } from "./schedules.ts";

export type Occurrence = {
  readonly id: number;
  readonly dueAt: number;
  /** When it was sent, or found that it was not. */
  readonly at: number;
  readonly outcome: OccurrenceOutcome;
  /** Ids, one a list. */
  readonly posts: readonly number[];
};

/** From where a post comes: its schedule, and the time for which it was. */
export type OccurrenceOfPost = { readonly scheduleId: number; readonly dueAt: number; readonly at: number };

/** How a schedule goes on from its time that has come. */
export type Step = {
  readonly at: number;
  readonly state: ScheduleState;
  readonly nextAt: number | undefined;
  readonly remaining: number | undefined;
  readonly outcomes: readonly { readonly dueAt: number; readonly outcome: OccurrenceOutcome }[];
  readonly fault?: { readonly kind: ScheduleFault; readonly lists: string };
};

/**
 * Within the transaction that makes the posts, so that neither is without the other. False when somebody has changed the schedule, or
 * another server has taken this time, since it was looked at.
 */
export async function takeStep(
  write: Write,
  database: Database,
  { schedule, step }: { readonly schedule: Schedule; readonly step: Step },
): Promise<boolean> {
  const taken = await write
    .updateTable("schedule")
    .set({
      state: step.state,
      next_at: step.nextAt ?? null,
      remaining: step.remaining ?? null,
      fault: step.fault?.kind ?? null,
      fault_lists: step.fault?.lists ?? "",
      ...(step.state !== schedule.state && { changed_at: step.at }),
    })
    .where("id", "=", schedule.id)
    .where("state", "=", "active")
    .where("next_at", "=", schedule.nextAt ?? -1)
    .where("edition", "=", schedule.edition)
    .executeTakeFirst();
  if (taken.numUpdatedRows === 0n) return false;
  await insertOutcomes(write, database, { scheduleId: schedule.id, step });
  return true;
}

async function insertOutcomes(
  write: Write,
  { kind }: Database,
  { scheduleId, step }: { readonly scheduleId: number; readonly step: Pick<Step, "at" | "outcomes"> },
): Promise<void> {
  const from = rowsOf(kind, { alias: "n", columns: { dueAt: "int", outcome: "text" } }, step.outcomes);
  await sql`INSERT INTO occurrence (schedule_id, due_at, at, outcome)
    SELECT ${sql.lit(scheduleId)}, n."dueAt", ${sql.lit(step.at)}, n.outcome FROM ${from} WHERE 1 = 1`.execute(write);
}

/** Within the same transaction: the posts as which it was sent, and whose octets may be sent again. */
export async function keepPosts(
  write: Write,
  {
    scheduleId,
    dueAt,
    posts,
    octetsKey,
  }: {
    readonly scheduleId: number;
    readonly dueAt: number;
    readonly posts: readonly number[];
    readonly octetsKey: string;
  },
): Promise<void> {
  const { id } = await write
    .selectFrom("occurrence")
    .select("id")
    .where("schedule_id", "=", scheduleId)
    .where("due_at", "=", dueAt)
    .executeTakeFirstOrThrow();
  await write
    .insertInto("occurrence_post")
    .values(posts.map((post_id) => ({ post_id, occurrence_id: id })))
    .execute();
  const { message_id } = await write
    .selectFrom("post")
    .select("message_id")
    .where("id", "=", posts[0] ?? 0)
    .executeTakeFirstOrThrow();
  const kept: KeptOctets = { messageId: message_id, key: octetsKey };
  await write
    .updateTable("schedule")
    .set({ message_id: kept.messageId, octets_key: kept.key })
    .where("id", "=", scheduleId)
    .where("octets_key", "!=", kept.key)
    .execute();
}

export class Occurrences {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The latest first, of those before `before`. */
  async page(scheduleId: number, { before, limit }: { readonly before?: number | undefined; readonly limit: number }) {
    let query = this.#database.reader
      .selectFrom("occurrence")
      .select(["id", "due_at", "at", "outcome"])
      .where("schedule_id", "=", scheduleId)
      .orderBy("due_at", "desc")
      .limit(limit);
    if (before !== undefined) query = query.where("due_at", "<", before);
    const rows = await query.execute();
    const posts = await this.#postsOf(rows.map(({ id }) => id));
    return rows.map((row): Occurrence => ({
      id: row.id,
      dueAt: row.due_at,
      at: row.at,
      outcome: row.outcome,
      posts: posts.get(row.id)?.map(({ post_id }) => post_id) ?? [],
    }));
  }

  /** The last of its times of which something became; before that nothing may be sent again. */
  async lastDue(scheduleId: number): Promise<number | undefined> {
    const [last] = await this.page(scheduleId, { limit: 1 });
    return last?.dueAt;
  }

  async ofPost(postId: number): Promise<OccurrenceOfPost | undefined> {
    const row = await this.#database.reader
      .selectFrom("occurrence_post")
      .innerJoin("occurrence", "occurrence.id", "occurrence_post.occurrence_id")
      .select(["schedule_id", "due_at", "at"])
      .where("post_id", "=", postId)
      .executeTakeFirst();
    return row && { scheduleId: row.schedule_id, dueAt: row.due_at, at: row.at };
  }

  /** Leaves the next time out. False when it is not the next any more. */
  async skip(schedule: Schedule, to: Pick<Step, "nextAt" | "remaining">, now: number): Promise<boolean> {
    const dueAt = schedule.nextAt ?? -1;
    const step: Step = {
      at: now,
      ...to,
      state: to.nextAt === undefined ? "done" : "active",
      outcomes: [{ dueAt, outcome: "skipped" }],
    };
    return this.#database.write((write) => takeStep(write, this.#database, { schedule, step }));
  }

  /** Takes the last leaving out back. False when its time is over, or somebody has changed the schedule since. */
  async unskip(
    schedule: Schedule,
    timing: { readonly dueAt: number; readonly remaining: number | undefined },
    now: number,
  ) {
    return this.#database.write(async (write) => {
      const restored = await write
        .deleteFrom("occurrence")
        .where("schedule_id", "=", schedule.id)
        .where("due_at", "=", timing.dueAt)
        .where("due_at", ">", now)
        .where("outcome", "=", "skipped")
        .executeTakeFirst();
      if (restored.numDeletedRows === 0n) return false;
      await write
        .updateTable("schedule")
        .set({ state: "active", next_at: timing.dueAt, remaining: timing.remaining ?? null })
        .where("id", "=", schedule.id)
        .where("state", "in", ["active", "done"])
        .execute();
      return true;
    });
  }

  async #postsOf(occurrences: readonly number[]) {
    if (occurrences.length === 0) return new Map<number, { post_id: number }[]>();
    const rows = await this.#database.reader
      .selectFrom("occurrence_post")
      .select(["occurrence_id", "post_id"])
      .where("occurrence_id", "in", occurrences)
      .orderBy("post_id")
      .execute();
    return Map.groupBy(rows, (row) => row.occurrence_id);
  }
}
