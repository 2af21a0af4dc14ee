/** A post's poll as files for spreadsheets: what each member answered, a column a question; and how often each choice was taken. */
import { chosenOf } from "../lists/poll-answer.ts";
import type { PollAnswer } from "../lists/poll-answer.ts";
import { answersOnPage } from "../lists/poll.ts";
import type { Poll, Question } from "../lists/poll.ts";
import type { ReportedDelivery } from "../store/deliveries/reported-deliveries.ts";
import type { WrittenText } from "../store/answers/poll-texts.ts";
import type { Dates } from "../words/dates.ts";
import type { Words } from "../words/en.ts";
import { csvBegin, csvLines } from "../words/csv-lines.ts";
import type { PollResults, QuestionCounts } from "./presenters/present-poll-results.ts";

type Telling = { readonly words: Words; readonly dates: Dates };
/** In one piece. */
const mostLines = 1000;

type Answers = ReadonlyMap<number, PollAnswer>;

export type AnswersCsv = {
  readonly poll: Poll;
  readonly pages: AsyncIterable<readonly ReportedDelivery[]>;
  /** Of the list's members. */
  readonly attributes: readonly string[];
  /** What these copies' readers answered; nothing where the poll is anonymous. */
  readonly answersOf: (deliveryIds: readonly number[]) => Promise<Answers>;
};

export async function* answersCsv(
  { poll, pages, attributes, answersOf }: AnswersCsv,
  telling: Telling,
): AsyncGenerator<string> {
  const c = telling.words.pollResults.columns;
  const questions = poll.anonymous ? [] : poll.questions;
  const times = poll.anonymous ? [] : [c.answeredAt];
  yield `${csvBegin}${csvLines([[c.name, c.address, c.answered, ...times, ...questions.map(({ text }) => text), ...attributes]])}`;
  const lines = answersOnPage(poll, mostLines);
  for await (const some of inPieces(pages, lines)) {
    const answers = await answersOf(some.map(({ id }) => id));
    yield csvLines(
      some.map((delivery) => [
        ...person(delivery, poll, telling),
        ...questions.map((question) => cell(question, answers.get(delivery.id), telling.words)),
        ...attributes.map((name) => delivery.attributes[name] ?? ""),
      ]),
    );
  }
}

/** What is written at once holds up everything else. */
async function* inPieces<Row>(pages: AsyncIterable<readonly Row[]>, size: number): AsyncGenerator<readonly Row[]> {
  for await (const page of pages)
    for (let from = 0; from < page.length; from += size) yield page.slice(from, from + size);
}

function person(delivery: ReportedDelivery, { anonymous }: Poll, { words: w, dates }: Telling): readonly string[] {
  const at = delivery.answeredAt === undefined ? "" : dates.sortable(delivery.answeredAt);
  return [
    delivery.name,
    delivery.address === "" ? w.deliveries.erased : delivery.address,
    delivery.hasAnswered ? w.pollResults.yes : w.pollResults.no,
    ...(anonymous ? [] : [at]),
  ];
}

function cell(question: Question, answer: PollAnswer | undefined, w: Words): string {
  if (answer === undefined) return "";
  const chosen = chosenOf(question, answer).map((place) => question.choices[place]?.text ?? "");
  return answer.texts.get(question.id) ?? chosen.join(w.compose.listed);
}

export type TallyCsv = {
  readonly results: PollResults;
  readonly textsOf: (questionId: number) => AsyncIterable<readonly WrittenText[]>;
};

/** A line a choice, and below them a line a text. */
export async function* tallyCsv({ results, textsOf }: TallyCsv, { words: w }: Telling): AsyncGenerator<string> {
  const c = w.pollResults.columns;
  yield `${csvBegin}${csvLines([[c.question, c.choice, c.count, c.percent]])}`;
  const questions = results.blocks.flatMap((block): readonly QuestionCounts[] =>
    block.kind === "grid" ? block.rows : [block.question],
  );
  for (const question of questions) {
    if (question.kind !== "text") yield csvLines(choiceLines(question));
    else
      for await (const texts of textsOf(question.id))
        yield csvLines(texts.map(({ text }) => [question.text, text, "", ""]));
  }
}

function choiceLines({ text, choices }: QuestionCounts): readonly (readonly string[])[] {
  return choices.map((choice) => [text, choice.text, String(choice.count), `${choice.percent}%`]);
}
