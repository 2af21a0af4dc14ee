/**
 * The part of the composer's form that asks a poll: `poll` (whether there is one), `question-1`, `kind-1`, `choices-1` (one a line)
 * and so on, `closes-at` in the list's zone, `anonymous`. views/parts/poll-form.eta shows it.
 */
import { longestChoice, longestQuestion, mostChoices, mostQuestions, questionKinds } from "../lists/poll.ts";
import type { PollPlan, QuestionPlan } from "../lists/poll.ts";
import type { Words } from "../words/en.ts";
import { localTime, nextDay, readTime } from "../words/zone-time.ts";
import type { FormFields } from "./form-fields.ts";

export type PollTimes = { readonly timezone: string; readonly now: number };

/**
 * Undefined where no poll is asked. What is wrong stands at the fields, and the plan then is as far as it could be read, which is
 * what a draft keeps; a form whose fields are not good must not be sent.
 */
export function readPollForm(fields: FormFields, words: Words, times: PollTimes): PollPlan | undefined {
  if (!fields.isChecked("poll")) return undefined;
  const numbers = Array.from({ length: mostQuestions }, (_, index) => index + 1);
  const questions = numbers.map((number) => readQuestion(fields, words, number)).filter((each) => each !== undefined);
  if (questions.length === 0) fields.fault("question-1", words.pollForm.noQuestion);
  const isOver = fields.line(`question-${mostQuestions + 1}`) !== "";
  if (isOver) fields.fault("poll", words.pollForm.manyQuestions(mostQuestions));
  return { anonymous: fields.isChecked("anonymous"), closesAt: readDeadline(fields, words, times), questions };
}

/** Undefined for a row that was left empty. */
function readQuestion(fields: FormFields, { pollForm: w }: Words, number: number): QuestionPlan | undefined {
  const name = `question-${number}`;
  const text = fields.line(name);
  const typed = fields.line(`kind-${number}`);
  const kind = questionKinds.find((each) => each === typed) ?? "one";
  const choices = kind === "text" ? [] : readChoices(fields, `choices-${number}`);
  if (text === "" && choices.length === 0) return undefined;
  if (text === "") fields.fault(name, w.questionMissing);
  if ([...text].length > longestQuestion) fields.fault(name, w.questionLong(longestQuestion));
  const fault = kind === "text" ? undefined : choicesFault(choices, w);
  if (fault !== undefined) fields.fault(`choices-${number}`, fault);
  return { kind, text, choices };
}

function readChoices(fields: FormFields, name: string): readonly string[] {
  // A tab or another sign that cannot be seen, as it comes with a table that is pasted.
  return fields.lines(name).map((line) => line.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]+/g, " ").trim());
}

function choicesFault(choices: readonly string[], w: Words["pollForm"]): string | undefined {
  if (choices.length === 0) return w.noChoices;
  if (choices.length > mostChoices) return w.manyChoices(mostChoices);
  if (choices.some((choice) => [...choice].length > longestChoice)) return w.choiceLong(longestChoice);
  const twice = choices.find((choice, place) => choices.indexOf(choice) !== place);
  return twice === undefined ? undefined : w.choiceTwice(twice);
}

/** A day alone lasts to its end. Empty: as long as the post is there. */
export function readDeadline(
  fields: FormFields,
  { pollForm: w }: Words,
  { timezone, now }: PollTimes,
): number | undefined {
  const typed = fields.line("closes-at").normalize("NFKC").replaceAll("/", "-");
  if (typed === "") return undefined;
  const read = readTime(typed, timezone);
  const at = read?.isWholeDay === true ? nextDay(read.at, timezone) - 60_000 : read?.at;
  // An hour that the clocks leave out would be another than was typed.
  const isThere = at !== undefined && (read?.isWholeDay === true || isLocal(at, { typed, timezone }));
  if (!isThere) fields.fault("closes-at", w.noSuchTime);
  else if (at <= now) fields.fault("closes-at", w.past);
  return isThere ? at : undefined;
}

function isLocal(at: number, { typed, timezone }: { readonly typed: string; readonly timezone: string }): boolean {
  if (/Z$|[+-]\d{2}:?\d{2}$/i.test(typed.slice(11))) return true;
  return localTime(at, timezone).startsWith(typed.replace(/t/i, " ").slice(0, 16));
}

export function asTypedDeadline(closesAt: number | undefined, timezone: string): string {
  return localTime(closesAt, timezone).slice(0, 16).replace(" ", "T");
}

/** The plan as its form would have sent it. */
export function asTypedPoll(plan: PollPlan | undefined, timezone: string): Readonly<Record<string, string>> {
  if (plan === undefined) return {};
  const questions = plan.questions.flatMap(({ kind, text, choices }, index) => [
    [`question-${index + 1}`, text],
    [`kind-${index + 1}`, kind],
    [`choices-${index + 1}`, choices.join("\n")],
  ]);
  return {
    poll: "on",
    ...(Object.fromEntries(questions) as Record<string, string>),
    "closes-at": asTypedDeadline(plan.closesAt, timezone),
    ...(plan.anonymous && { anonymous: "on" }),
  };
}
