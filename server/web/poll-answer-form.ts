/**
 * The form of a poll's page: `q1`, `q2` and so on, a choice by its place from 1. What a browser never sends is left out, as is what
 * the poll does not ask.
 */
import { blankAnswer } from "../lists/poll-answer.ts";
import type { PollAnswer } from "../lists/poll-answer.ts";
import { choicesInMail } from "../lists/poll.ts";
import type { Poll, Question } from "../lists/poll.ts";

/** Octets: fifty long answers in Japanese, each character of which a form sends as nine. */
export const mostAnswerForm = 1_200_000;

export function fieldOf(index: number): string {
  return `q${index + 1}`;
}

export function readPollAnswer(form: URLSearchParams, { questions }: Poll): PollAnswer {
  const choices = questions.flatMap((question, index) => chosen(form.getAll(fieldOf(index)), question));
  const texts = questions.flatMap(({ kind, id }, index) => {
    const text = kind === "text" ? cleanText(form.get(fieldOf(index)) ?? "") : "";
    return text === "" ? [] : [[id, text] as const];
  });
  return { choices: new Set(choices), texts: new Map(texts) };
}

/** What the last part of a link in a mail names: one of the choices of the only question. */
export function preselected(poll: Poll, place: string | undefined): PollAnswer {
  const choice = choicesInMail(poll)[Number(/^\d{1,2}$/.exec(place ?? "")?.[0] ?? 0) - 1];
  return choice === undefined ? blankAnswer : { ...blankAnswer, choices: new Set([choice.id]) };
}

export function isSameChoice(one: PollAnswer, other: PollAnswer): boolean {
  return one.choices.size === other.choices.size && [...one.choices].every((id) => other.choices.has(id));
}

function chosen(values: readonly string[], { kind, choices }: Question): readonly number[] {
  if (kind === "text") return [];
  const ids = choices.flatMap(({ id }, place) => (values.includes(String(place + 1)) ? [id] : []));
  return kind === "one" ? ids.slice(0, 1) : ids;
}

/** Lines end in LF; what cannot be seen is left out. */
function cleanText(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]+/g, " ")
    .trim();
}
