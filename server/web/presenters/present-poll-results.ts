/** What members answered to a post's poll, as its page, its paper and its files show it: all from the one tally. */
import { bestRows, blocksOf } from "../../lists/poll.ts";
import type { Poll, Question } from "../../lists/poll.ts";
import { answeredShare } from "../../lists/post.ts";
import type { Post } from "../../lists/post.ts";
import type { PollTally } from "../../store/answers/poll-tallies.ts";
import { percentOf } from "../../words/describe-responses.ts";
import type { PanelState } from "../panel-context.ts";

export type ChoiceCount = {
  readonly id: number;
  readonly text: string;
  readonly count: number;
  /** Of those who have answered, in whole percent. */
  readonly percent: number;
};

export type QuestionCounts = {
  readonly id: number;
  readonly number: number;
  readonly text: string;
  readonly kind: Question["kind"];
  readonly choices: readonly ChoiceCount[];
  /** How many have written. */
  readonly written: number;
};

export type ResultBlock =
  | { readonly kind: "question"; readonly question: QuestionCounts }
  | {
      readonly kind: "grid";
      readonly choices: readonly string[];
      readonly rows: readonly (QuestionCounts & { readonly isBest: boolean; readonly segments: readonly Segment[] })[];
    };

/** A piece of a row's bar, in percent of its width. */
type Segment = { readonly place: number; readonly x: number; readonly width: number };

export type PollResults = {
  readonly anonymous: boolean;
  readonly isClosed: boolean;
  readonly closesAt: string | undefined;
  /** Copies that were or will be sent. */
  readonly asked: number;
  readonly answered: number;
  readonly percent: number;
  readonly blocks: readonly ResultBlock[];
};

export function presentPollResults(
  { post, poll, tally }: { readonly post: Post; readonly poll: Poll; readonly tally: PollTally },
  { dates }: Pick<PanelState, "dates">,
  now: number,
): PollResults {
  const share = answeredShare(post);
  const { done: answered, all: asked } = share;
  const count = (question: Question): QuestionCounts => {
    const number = poll.questions.indexOf(question) + 1;
    return countsOf(question, { tally, answered, number });
  };
  return {
    anonymous: poll.anonymous,
    isClosed: poll.closesAt !== undefined && poll.closesAt <= now,
    closesAt: poll.closesAt === undefined ? undefined : dates.dateTime(poll.closesAt),
    asked,
    answered,
    percent: percentOf(share),
    blocks: blocksOf(poll).map((block) =>
      block.kind === "question"
        ? { kind: "question", question: count(block.question) }
        : { kind: "grid", choices: block.choices, rows: gridRows(block.choices, block.questions.map(count)) },
    ),
  };
}

function countsOf(
  { id, text, kind, choices }: Question,
  { tally, answered, number }: { readonly tally: PollTally; readonly answered: number; readonly number: number },
): QuestionCounts {
  const counts = choices.map((choice) => {
    const count = tally.choices.get(choice.id) ?? 0;
    return { id: choice.id, text: choice.text, count, percent: percentOf({ done: count, all: answered }) };
  });
  return { id, number, text, kind, choices: counts, written: tally.texts.get(id) ?? 0 };
}

function gridRows(
  choices: readonly string[],
  rows: readonly QuestionCounts[],
): Extract<ResultBlock, { readonly kind: "grid" }>["rows"] {
  const best = bestRows(
    choices,
    rows.map((row) => row.choices.map(({ count }) => count)),
  );
  return rows.map((row, place) => ({ ...row, isBest: best.includes(place), segments: segmentsOf(row.choices) }));
}

function segmentsOf(choices: readonly ChoiceCount[]): readonly Segment[] {
  let x = 0;
  return choices.map(({ percent }, place) => {
    const segment = { place, x, width: percent };
    x += percent;
    return segment;
  });
}
