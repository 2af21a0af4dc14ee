/** Posts that ask a poll, for tests of the store. */
import type { MailingList } from "../../server/lists/mailing-list.ts";
import type { Poll, PollPlan } from "../../server/lists/poll.ts";
import type { GivenAnswer } from "../../server/lists/poll-answer.ts";
import { recordAnswers } from "../../server/store/answers/answers.ts";
import { findPoll, insertPoll } from "../../server/store/answers/polls.ts";
import type { Store } from "../../server/store/store.ts";
import { expand, givenPost, later } from "./given.ts";

/** Coming or not, with whom, and why. */
export const threeQuestions: PollPlan = {
  anonymous: false,
  closesAt: undefined,
  questions: [
    { kind: "one", text: "Coming?", choices: ["Yes", "No", "Perhaps"] },
    { kind: "many", text: "With?", choices: ["Children", "Dog"] },
    { kind: "text", text: "Why?", choices: [] },
  ],
};

export type PolledPost = {
  readonly id: number;
  readonly poll: Poll;
  /** By the order of the members. */
  readonly deliveries: readonly number[];
  /** Choices by question and place, texts by question. */
  readonly answer: (place: number, said: Said) => GivenAnswer;
  readonly records: (...answers: readonly GivenAnswer[]) => Promise<void>;
};

export type Said = {
  readonly choices?: readonly (readonly [question: number, choice: number])[];
  readonly text?: string;
  readonly at?: number;
};

export async function givenPolledPost(
  store: Store,
  list: MailingList,
  plan: Partial<PollPlan> & { readonly fingerprint?: string } = {},
): Promise<PolledPost> {
  const { fingerprint = "asks", ...changes } = plan;
  const pollId = await store.database.write((write) => insertPoll(write, { ...threeQuestions, ...changes }, later));
  const post = await givenPost(store, list, { fingerprint, post: { pollId } });
  await expand(store, post);
  const poll = await findPoll(store.database, pollId);
  if (poll === undefined) throw new Error("no poll was made");
  const rows = await store.database.reader
    .selectFrom("delivery")
    .select("id")
    .where("post_id", "=", post.id)
    .orderBy("person_id")
    .execute();
  return {
    id: post.id,
    poll,
    deliveries: rows.map(({ id }) => id),
    answer: (place, said) => answerOf(poll, rows[place]?.id ?? 0, said),
    records: (...answers) => recordAnswers(store.database, answers),
  };
}

function answerOf(poll: Poll, deliveryId: number, { choices = [], text, at = later }: Said): GivenAnswer {
  const texts = poll.questions.filter(({ kind }) => kind === "text").map(({ id }) => id);
  return {
    deliveryId,
    anonymous: poll.anonymous,
    at,
    choices: new Set(choices.map(([question, choice]) => poll.questions[question]?.choices[choice]?.id ?? 0)),
    texts: new Map(text === undefined ? [] : texts.map((id) => [id, text])),
  };
}
