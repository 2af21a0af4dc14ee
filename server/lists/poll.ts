/** A poll that copies ask: its questions, and what a member answered. */

export const questionKinds = ["one", "many", "text"] as const;
/** One choice, any number of choices, or free text. */
export type QuestionKind = (typeof questionKinds)[number];

/** Of one poll, and of one question. */
export const mostQuestions = 50;
export const mostChoices = 50;
/** Characters of what is asked, of a choice, and of a free answer. */
export const longestQuestion = 300;
export const longestChoice = 200;
export const longestAnswer = 2000;

/** As it is written, before there are rows. */
export type PollPlan = {
  /** Who answered is kept apart from what was answered; an answer is then final. */
  readonly anonymous: boolean;
  /** UTC milliseconds; undefined: open as long as the post is. */
  readonly closesAt: number | undefined;
  readonly questions: readonly QuestionPlan[];
};

export type QuestionPlan = { readonly kind: QuestionKind; readonly text: string; readonly choices: readonly string[] };

export type Choice = { readonly id: number; readonly text: string };
export type Question = {
  readonly id: number;
  readonly kind: QuestionKind;
  readonly text: string;
  readonly choices: readonly Choice[];
};
export type Poll = {
  readonly id: number;
  readonly anonymous: boolean;
  readonly closesAt: number | undefined;
  readonly questions: readonly Question[];
};

/** A copy asks one question by a URL a choice, anything else by one URL to one form. */
export function choicesInMail({ questions }: Pick<Poll, "questions">): readonly Choice[] {
  const [only, ...others] = questions;
  return only?.kind === "one" && others.length === 0 ? only.choices : [];
}
