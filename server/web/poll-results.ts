/** A post's poll with its tally; and its texts, all of them, a page at a time. */
import type { Poll } from "../lists/poll.ts";
import type { Database } from "../store/database/database.ts";
import { pageOfTexts } from "../store/answers/poll-texts.ts";
import type { TextsQuery, WrittenText } from "../store/answers/poll-texts.ts";
import { pollTally } from "../store/answers/poll-tallies.ts";
import { findPoll } from "../store/answers/polls.ts";
import type { OnPost } from "./panel-context.ts";
import { presentPollResults } from "./presenters/present-poll-results.ts";
import type { PollResults } from "./presenters/present-poll-results.ts";
import type { WebParts } from "./web-parts.ts";

export type PostedPoll = { readonly poll: Poll; readonly results: PollResults };

/** Undefined where the post asks none. */
export async function resultsOf(
  { store, clock }: Pick<WebParts, "store" | "clock">,
  state: OnPost,
): Promise<PostedPoll | undefined> {
  const { post } = state;
  const poll = post.pollId === undefined ? undefined : await findPoll(store.database, post.pollId);
  if (poll === undefined) return undefined;
  const tally = await pollTally(store.database, post.id);
  return { poll, results: presentPollResults({ post, poll, tally }, state, clock.now()) };
}

/** Texts under their question on the page of results. */
const firstTexts = 5;

/** The first of each question that asks for some, by its id. */
export async function firstTextsOf(
  database: Database,
  { postId, poll, most = firstTexts }: { readonly postId: number; readonly poll: Poll; readonly most?: number },
): Promise<Readonly<Record<number, readonly string[]>>> {
  const { questions, anonymous } = poll;
  const asked = questions.filter(({ kind }) => kind === "text");
  const texts = asked.map(async ({ id }) => {
    const found: string[] = [];
    for await (const page of textsOf(database, { postId, questionId: id, anonymous }, most)) {
      found.push(...page.map(({ text }) => text));
      if (found.length >= most) break;
    }
    return [id, found.slice(0, most)] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

export async function* textsOf(
  database: Database,
  of: Omit<TextsQuery, "after" | "limit">,
  limit = 1000,
): AsyncGenerator<readonly WrittenText[]> {
  for (let after: number | undefined; ;) {
    const { texts, next } = await pageOfTexts(database, { ...of, after, limit });
    yield texts;
    if (next === undefined) return;
    after = next;
  }
}
