/** Polls: their questions and choices. What was answered stands in answers.ts. */
import type { FollowUpPlan } from "../../lists/follow-up.ts";
import type { Poll, PollPlan } from "../../lists/poll.ts";
import type { Database, Write } from "../database/database.ts";

/** Within the transaction of the post that asks it. The poll's id. */
export async function insertPoll(write: Write, plan: PollPlan, now: number): Promise<number> {
  const poll = { anonymous: Number(plan.anonymous), closes_at: plan.closesAt ?? null, created_at: now };
  const { id } = await write.insertInto("poll").values(poll).returning("id").executeTakeFirstOrThrow();
  for (const [seq, { kind, text, choices }] of plan.questions.entries()) {
    const question = { poll_id: id, seq, kind, text };
    const made = await write.insertInto("question").values(question).returning("id").executeTakeFirstOrThrow();
    const rows = choices.map((choice, place) => ({ question_id: made.id, seq: place, text: choice }));
    if (rows.length > 0) await write.insertInto("choice").values(rows).execute();
  }
  return id;
}

export async function findPoll(database: Database, id: number): Promise<Poll | undefined> {
  const { reader } = database;
  const poll = await reader.selectFrom("poll").selectAll().where("id", "=", id).executeTakeFirst();
  if (poll === undefined) return undefined;
  const questions = await reader.selectFrom("question").selectAll().where("poll_id", "=", id).orderBy("seq").execute();
  const choices = await reader
    .selectFrom("choice")
    .innerJoin("question", "question.id", "choice.question_id")
    .select(["choice.id", "choice.question_id", "choice.text"])
    .where("question.poll_id", "=", id)
    .orderBy("choice.seq")
    .execute();
  return {
    id,
    anonymous: poll.anonymous === 1,
    closesAt: poll.closes_at ?? undefined,
    questions: questions.map((question) => ({
      id: question.id,
      kind: question.kind,
      text: question.text,
      choices: choices
        .filter((choice) => choice.question_id === question.id)
        .map((choice) => ({ id: choice.id, text: choice.text })),
    })),
  };
}

export type DeadlineMove = {
  readonly pollId: number;
  /** As it was when somebody looked; undefined: none. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly now: number;
};

/**
 * Undone when somebody else has moved it meanwhile: false. Reminders that were to end with the old deadline end with the new one, and
 * all of the poll are looked at anew.
 */
export async function moveDeadline(database: Database, { pollId, from, to, now }: DeadlineMove): Promise<boolean> {
  return database.write(async (write) => {
    const moved = await write
      .updateTable("poll")
      .set({ closes_at: to ?? null })
      .where("id", "=", pollId)
      .where("closes_at", from === undefined ? "is" : "=", from ?? null)
      .executeTakeFirst();
    if (moved.numUpdatedRows === 0n) return false;
    const running = await write
      .selectFrom("follow_up")
      .innerJoin("post", "post.id", "follow_up.post_id")
      .select(["follow_up.post_id", "follow_up.plan"])
      .where("post.poll_id", "=", pollId)
      .where("follow_up.next_at", "is not", null)
      .execute();
    for (const { post_id: postId, plan } of running) {
      const { until, ...rest } = JSON.parse(plan) as FollowUpPlan;
      const end = from !== undefined && until === from ? to : until;
      await write
        .updateTable("follow_up")
        .set({ plan: JSON.stringify({ ...rest, until: end }), next_at: now })
        .where("post_id", "=", postId)
        .execute();
    }
    return true;
  });
}

/** Ids of the lists on which it is asked. */
export async function listsAsked({ reader }: Pick<Database, "reader">, pollId: number): Promise<readonly number[]> {
  const rows = await reader.selectFrom("post").select("list_id").distinct().where("poll_id", "=", pollId).execute();
  return rows.map((row) => row.list_id);
}

/** One poll may be asked by posts on several lists: it goes with the last of them. */
export async function forgetUnasked(write: Write, id: number): Promise<void> {
  const isAsked = await write.selectFrom("post").select("id").where("poll_id", "=", id).limit(1).executeTakeFirst();
  if (isAsked === undefined) await write.deleteFrom("poll").where("id", "=", id).execute();
}
