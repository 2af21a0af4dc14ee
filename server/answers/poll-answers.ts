/** Answers to polls: a reader fills in the form behind the link of their copy. */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Poll } from "../lists/poll.ts";
import { answerFaults } from "../lists/poll-answer.ts";
import type { AnswerFault, GivenAnswer, PollAnswer } from "../lists/poll-answer.ts";
import { findAnswer, recordAnswers } from "../store/answers/answers.ts";
import { findPoll } from "../store/answers/polls.ts";
import type { Store } from "../store/store.ts";
import { AskedPages } from "./asked-page.ts";
import type { AskedPage } from "./asked-page.ts";
import { Together } from "./together.ts";

export type PollAnswerNeeds = {
  readonly store: Store;
  readonly config: Config;
  readonly clock: Clock;
  /** Answers are on disk. */
  readonly answered: () => void;
};

export type PollPage = AskedPage & {
  readonly poll: Poll;
  readonly isClosed: boolean;
  /** The reader's own; undefined too where the poll is anonymous. */
  readonly answer: PollAnswer | undefined;
};

export type Answered =
  | { readonly kind: "answered" | "closed" | "final"; readonly page: PollPage }
  | { readonly kind: "unfinished"; readonly page: PollPage; readonly faults: ReadonlyMap<number, AnswerFault> };

/** Weight of a group: an answer, or so many characters. Keeps a commit below 20 ms. */
const groupWeight = 100;
const charactersAsOne = 1000;

export class PollAnswers {
  readonly #needs: PollAnswerNeeds;
  readonly #pages: AskedPages;
  readonly #answers: Together<GivenAnswer>;

  constructor(needs: PollAnswerNeeds) {
    this.#needs = needs;
    this.#pages = new AskedPages(needs, "poll");
    this.#answers = new Together<GivenAnswer>({
      run: async (given) => {
        await recordAnswers(needs.store.database, given);
        needs.answered();
        return [];
      },
      most: groupWeight,
      weight: weightOf,
    });
  }

  /** What the token stands for; undefined where it is none of ours. Changes nothing. */
  async lookUp(token: string): Promise<PollPage | undefined> {
    const { store, clock } = this.#needs;
    const page = await this.#pages.find(token);
    const pollId = page?.asked.pollId;
    const poll = pollId === undefined ? undefined : await findPoll(store.database, pollId);
    if (page === undefined || poll === undefined) return undefined;
    const answer =
      page.asked.hasAnswered && !poll.anonymous ? await findAnswer(store.database, page.asked.deliveryId) : undefined;
    return { ...page, poll, answer, isClosed: poll.closesAt !== undefined && poll.closesAt <= clock.now() };
  }

  /** Resolves when it is on disk. `answer` is what the form of this page's poll held. */
  async answer(page: PollPage, answer: PollAnswer): Promise<Answered> {
    const { poll, asked } = page;
    if (page.isClosed) return { kind: "closed", page };
    if (poll.anonymous && asked.hasAnswered) return { kind: "final", page };
    const faults = answerFaults(poll, answer);
    if (faults.size > 0) return { kind: "unfinished", page, faults };
    const at = this.#needs.clock.now();
    await this.#answers.ask({ ...answer, deliveryId: asked.deliveryId, anonymous: poll.anonymous, at });
    const after = { ...asked, hasAnswered: true, answeredAt: poll.anonymous ? undefined : at };
    return { kind: "answered", page: { ...page, asked: after, answer: poll.anonymous ? undefined : answer } };
  }
}

function weightOf({ texts }: GivenAnswer): number {
  return 1 + [...texts.values()].reduce((sum, text) => sum + text.length, 0) / charactersAsOne;
}
