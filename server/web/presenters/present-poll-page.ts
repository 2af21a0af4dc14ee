/** A poll as its reader sees it: to be answered, or with what they answered. */
import type { PollPage } from "../../answers/poll-answers.ts";
import { chosenOf } from "../../lists/poll-answer.ts";
import type { AnswerFault, PollAnswer } from "../../lists/poll-answer.ts";
import { blocksOf, longestAnswer } from "../../lists/poll.ts";
import type { PollBlock, Question } from "../../lists/poll.ts";
import type { Dates } from "../../words/dates.ts";
import { words } from "../../words/words.ts";
import { fieldOf } from "../poll-answer-form.ts";
import { presentAsked } from "./present-asked.ts";
import type { AskedView } from "./present-asked.ts";

export type QuestionView = {
  readonly name: string;
  readonly number: number;
  readonly kind: Question["kind"];
  readonly text: string;
  readonly choices: readonly { readonly value: string; readonly text: string; readonly isChosen: boolean }[];
  readonly typed: string;
};

export type BlockView =
  | { readonly kind: "question"; readonly question: QuestionView }
  | { readonly kind: "grid"; readonly choices: readonly string[]; readonly questions: readonly QuestionView[] };

export type PollPageView = AskedView & {
  readonly anonymous: boolean;
  readonly isClosed: boolean;
  readonly closesAt: string | undefined;
  readonly hasAnswered: boolean;
  readonly answeredAt: string | undefined;
  readonly blocks: readonly BlockView[];
  readonly count: number;
  /** By name of the field. */
  readonly faults: Readonly<Record<string, string>>;
  /** What the reader has answered, question by question; none where nobody knows. */
  readonly own: readonly { readonly question: string; readonly answers: readonly string[] }[];
  readonly longest: number;
};

export type Filled = { readonly answer: PollAnswer; readonly faults: ReadonlyMap<number, AnswerFault> };

/** `filled`: what stands in the form. */
export function presentPollPage(page: PollPage, dates: Dates, filled: Filled): PollPageView {
  const { poll, asked, language, answer } = page;
  const w = words(language).polling;
  const views = new Map(poll.questions.map((each, index) => [each.id, presentQuestion(each, index, filled.answer)]));
  const view = ({ id }: Question): readonly QuestionView[] => [views.get(id)].filter((each) => each !== undefined);
  return {
    ...presentAsked(page, dates),
    anonymous: poll.anonymous,
    isClosed: page.isClosed,
    closesAt: poll.closesAt === undefined ? undefined : dates.dateTime(poll.closesAt),
    hasAnswered: asked.hasAnswered,
    answeredAt: asked.answeredAt === undefined ? undefined : dates.dateTime(asked.answeredAt),
    blocks: blocksOf(poll).flatMap((block) => presentBlock(block, view)),
    count: poll.questions.length,
    faults: Object.fromEntries(
      poll.questions.flatMap(({ id }, index) => {
        const fault = filled.faults.get(id);
        return fault === undefined
          ? []
          : [[fieldOf(index), fault === "long" ? w.faults.long(longestAnswer) : w.faults[fault]]];
      }),
    ),
    own: answer === undefined ? [] : poll.questions.map((question) => ownAnswer(question, answer)),
    longest: longestAnswer,
  };
}

function presentBlock(block: PollBlock, view: (question: Question) => readonly QuestionView[]): readonly BlockView[] {
  if (block.kind === "question") return view(block.question).map((question) => ({ kind: "question", question }));
  return [{ kind: "grid", choices: block.choices, questions: block.questions.flatMap(view) }];
}

function presentQuestion({ id, kind, text, choices }: Question, index: number, answer: PollAnswer): QuestionView {
  const presented = choices.map((choice, place) => ({
    value: String(place + 1),
    text: choice.text,
    isChosen: answer.choices.has(choice.id),
  }));
  const typed = answer.texts.get(id) ?? "";
  return { name: fieldOf(index), number: index + 1, kind, text, choices: presented, typed };
}

/** Nothing where the question was left out. */
export function ownAnswer(
  question: Question,
  answer: PollAnswer,
): { readonly question: string; readonly answers: readonly string[] } {
  const written = answer.texts.get(question.id);
  const chosen = chosenOf(question, answer).map((place) => question.choices[place]?.text ?? "");
  return { question: question.text, answers: written === undefined ? chosen : [written] };
}
