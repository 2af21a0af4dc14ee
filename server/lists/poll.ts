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

/**
 * Answers that a page shows, which is made in memory: of a poll with thousands of boxes to tick, or with fifty long texts, each answer is
 * a page by itself.
 */
export function answersOnPage({ questions }: Pick<Poll, "questions">, most: number): number {
  const weights = questions.map(({ kind, choices }) => ({ one: 1, many: choices.length, text: 20 })[kind]);
  const weight = weights.reduce((sum, each) => sum + each, 1);
  return Math.max(10, Math.min(most, Math.floor(200_000 / weight)));
}

/** Questions that a page shows together: those in a row that have the same few choices are a table. */
export type PollBlock =
  | { readonly kind: "question"; readonly question: Question }
  | { readonly kind: "grid"; readonly questions: readonly Question[]; readonly choices: readonly string[] };

/** So many fit beside each other on a phone. */
const mostColumns = 4;

export function blocksOf({ questions }: Pick<Poll, "questions">): readonly PollBlock[] {
  const blocks: PollBlock[] = [];
  for (let from = 0; from < questions.length;) {
    const alike = runOfAlike(questions.slice(from));
    const [question] = alike;
    if (question === undefined) break;
    blocks.push(
      alike.length === 1
        ? { kind: "question", question }
        : { kind: "grid", questions: alike, choices: question.choices.map(({ text }) => text) },
    );
    from += alike.length;
  }
  return blocks;
}

function runOfAlike(questions: readonly Question[]): readonly Question[] {
  const [first] = questions;
  if (first?.kind !== "one" || first.choices.length > mostColumns) return questions.slice(0, 1);
  const end = questions.findIndex((each) => each.kind !== "one" || !haveSameChoices(each, first));
  return end === -1 ? questions : questions.slice(0, end);
}

function haveSameChoices(one: Question, other: Question): boolean {
  return (
    one.choices.length === other.choices.length &&
    one.choices.every(({ text }, place) => text === other.choices[place]?.text)
  );
}

/**
 * Which of a table's rows suits most, when its choices are those of finding a date, ○ △ ×: the most ○, and of these the fewest ×.
 * `counts`: by row and choice. Several where they are equal; none where nobody has answered.
 */
export function bestRows(choices: readonly string[], counts: readonly (readonly number[])[]): readonly number[] {
  const isDates = ["○", "△", "×"].every((mark, place) => choices[place]?.startsWith(mark)) && choices.length === 3;
  const worth = counts.map(([best = 0, , no = 0]) => best * 1e9 - no);
  const most = Math.max(...worth);
  if (!isDates || counts.every(([best = 0]) => best === 0)) return [];
  return worth.flatMap((each, row) => (each === most ? [row] : []));
}
