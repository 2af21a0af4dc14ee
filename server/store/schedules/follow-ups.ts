/** Follow-ups of posts: planned, advanced a step at a time, ended. */
import type { Selectable } from "kysely";
import type { FollowUpEnd, FollowUpPlan } from "../../lists/follow-up.ts";
import type { Database, Write } from "../database/database.ts";
import type { Schema } from "../schema/schema.ts";

export type FollowUp = {
  readonly postId: number;
  readonly plan: FollowUpPlan;
  /** The deadline of the post's poll, if it asks one that has any. */
  readonly closesAt: number | undefined;
  /** Steps done. */
  readonly taken: number;
  /** Of the last step; before any, when the post began to leave. */
  readonly lastAt: number;
  /** Undefined when it is over. */
  readonly nextAt: number | undefined;
  readonly ended: FollowUpEnd | undefined;
  readonly endedAt: number | undefined;
};

export type FollowUpStart = {
  readonly postId: number;
  readonly plan: FollowUpPlan;
  readonly from: number;
  readonly nextAt: number;
  readonly now: number;
};

/** Within the transaction that makes the post, or a page's own; what was planned before is replaced. */
export async function startFollowUp(write: Write, { postId, plan, from, nextAt, now }: FollowUpStart): Promise<void> {
  const row = {
    plan: JSON.stringify(plan),
    taken: 0,
    last_at: from,
    next_at: nextAt,
    ended: null,
    ended_at: null,
    created_at: now,
  };
  await write
    .insertInto("follow_up")
    .values({ post_id: postId, ...row })
    .onConflict((conflict) => conflict.column("post_id").doUpdateSet(row))
    .execute();
}

/** The step after `taken`; false when somebody else has taken it, or ended the follow-up. */
export async function takeStep(
  write: Write,
  { postId, taken, to }: { readonly postId: number; readonly taken: number; readonly to: StepTaken },
): Promise<boolean> {
  const isOver = to.nextAt === undefined;
  const result = await write
    .updateTable("follow_up")
    .set({
      taken: to.taken,
      last_at: to.at,
      next_at: to.nextAt ?? null,
      ...(isOver && { ended: "done" as const, ended_at: to.at }),
    })
    .where("post_id", "=", postId)
    .where("taken", "=", taken)
    .where("next_at", "is not", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export type StepTaken = { readonly taken: number; readonly at: number; readonly nextAt: number | undefined };

/** Whether the post's silent were reminded since then, by whatever. */
export async function remindedSince(read: Database["reader"] | Write, postId: number, since: number): Promise<boolean> {
  const last = read.selectFrom("post").select("id").where("reminds", "=", postId).where("accepted_at", ">", since);
  return (await last.limit(1).executeTakeFirst()) !== undefined;
}

export class FollowUps {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(postId: number): Promise<FollowUp | undefined> {
    const row = await this.#select().where("follow_up.post_id", "=", postId).executeTakeFirst();
    return row && toFollowUp(row);
  }

  /** Those whose next step is due, the longest waiting first. */
  async due(now: number): Promise<readonly FollowUp[]> {
    const due = this.#waiting().where("next_at", "<=", now);
    return (await due.orderBy("next_at").limit(50).execute()).map(toFollowUp);
  }

  /** When the next step of any comes; undefined when none is planned. */
  async nextAt(): Promise<number | undefined> {
    const row = await this.#waiting().orderBy("next_at").limit(1).executeTakeFirst();
    return row?.next_at ?? undefined;
  }

  start(start: FollowUpStart): Promise<void> {
    return this.#database.write((write) => startFollowUp(write, start));
  }

  /** The next step is tried at another time. */
  async putOff(postId: number, nextAt: number): Promise<void> {
    await this.#database.write(async (write) =>
      write
        .updateTable("follow_up")
        .set({ next_at: nextAt })
        .where("post_id", "=", postId)
        .where("next_at", "is not", null)
        .execute(),
    );
  }

  /** False when it is over already. */
  async end(postId: number, why: FollowUpEnd, now: number): Promise<boolean> {
    return this.#database.write(async (write) => {
      const result = await write
        .updateTable("follow_up")
        .set({ next_at: null, ended: why, ended_at: now })
        .where("post_id", "=", postId)
        .where("next_at", "is not", null)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    });
  }

  /** While a list is deleted its follow-ups wait, and go on when it is brought back. */
  #waiting() {
    return this.#select()
      .innerJoin("list", "list.id", "post.list_id")
      .where("list.deleted_at", "is", null)
      .where("next_at", "is not", null);
  }

  #select() {
    return this.#database.reader
      .selectFrom("follow_up")
      .innerJoin("post", "post.id", "follow_up.post_id")
      .leftJoin("poll", "poll.id", "post.poll_id")
      .selectAll("follow_up")
      .select("poll.closes_at");
  }
}

function toFollowUp(row: Selectable<Schema["follow_up"]> & { readonly closes_at: number | null }): FollowUp {
  return {
    postId: row.post_id,
    plan: JSON.parse(row.plan) as FollowUpPlan,
    closesAt: row.closes_at ?? undefined,
    taken: row.taken,
    lastAt: row.last_at,
    nextAt: row.next_at ?? undefined,
    ended: row.ended ?? undefined,
    endedAt: row.ended_at ?? undefined,
  };
}
