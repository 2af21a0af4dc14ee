/** What a reader answers to a poll, and whether it is whole. */
import { longestAnswer } from "./poll.ts";
import type { Poll, Question } from "./poll.ts";

/** Ids of choices, and what was written by id of its question. */
export type PollAnswer = { readonly choices: ReadonlySet<number>; readonly texts: ReadonlyMap<number, string> };

/** Only what the poll asks: its questions' choices and texts. `at`: UTC milliseconds. */
export type GivenAnswer = PollAnswer & {
  readonly deliveryId: number;
  readonly anonymous: boolean;
  readonly at: number;
};

export const blankAnswer: PollAnswer = { choices: new Set(), texts: new Map() };

/** `missing`: a choice has to be taken; `long`: the text is; `nothing`: every question was left out. */
export type AnswerFault = "missing" | "long" | "nothing";

/** By id of the question. Empty where the answer is whole: of each question with one choice one is taken, of the others anything. */
export function answerFaults({ questions }: Poll, answer: PollAnswer): ReadonlyMap<number, AnswerFault> {
  const faults = new Map<number, AnswerFault>();
  for (const question of questions) {
    if (question.kind === "one" && chosenOf(question, answer).length !== 1) faults.set(question.id, "missing");
    if ((answer.texts.get(question.id) ?? "").length > longestAnswer) faults.set(question.id, "long");
  }
  const [first] = questions;
  if (first !== undefined && faults.size === 0 && isBlank(answer)) faults.set(first.id, "nothing");
  return faults;
}

/** Places of the question's choices that were taken. */
export function chosenOf({ choices }: Question, answer: PollAnswer): readonly number[] {
  return choices.flatMap(({ id }, place) => (answer.choices.has(id) ? [place] : []));
}

function isBlank({ choices, texts }: PollAnswer): boolean {
  return choices.size === 0 && texts.size === 0;
}
