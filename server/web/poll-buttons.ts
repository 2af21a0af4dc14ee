/**
 * The buttons inside the form of a poll, for browsers without scripts: another question, one less, and ready-made questions. Each
 * sends the whole form, and the same page comes back with the form changed; static/js/poll-form.js does the same at once.
 */
import { mostQuestions } from "../lists/poll.ts";
import type { QuestionPlan } from "../lists/poll.ts";
import type { Words } from "../words/en.ts";

type Typed = { readonly question: string; readonly kind: string; readonly choices: string };

export type PollChange = { readonly form: URLSearchParams; readonly faults: Readonly<Record<string, string>> };

/** Undefined: another button was pressed. Otherwise nothing else is to be done than to show the page again, with this form. */
export function changePollForm(form: URLSearchParams, { pollForm: w }: Words): PollChange | undefined {
  const pressed = form.get("poll-do");
  if (pressed === null) return undefined;
  const dates = linesOf(form.get("poll-dates"));
  if (pressed === "dates" && dates.length === 0)
    return { form: written(form, typedQuestions(form)), faults: { "poll-dates": w.datesMissing } };
  const questions = changed(typedQuestions(form), { pressed, dates, w });
  const next = written(form, questions.slice(0, mostQuestions));
  if (pressed === "dates") next.delete("poll-dates");
  const faults = questions.length > mostQuestions ? { poll: w.manyQuestions(mostQuestions) } : {};
  return { form: next, faults };
}

type Press = { readonly pressed: string; readonly dates: readonly string[]; readonly w: Words["pollForm"] };

function changed(questions: readonly Typed[], { pressed, dates, w }: Press): readonly Typed[] {
  if (pressed === "add") return [...questions, { question: "", kind: "one", choices: "" }];
  const removed = /^remove-(\d{1,2})$/.exec(pressed)?.[1];
  if (removed !== undefined) return questions.filter((_, index) => index + 1 !== Number(removed));
  const preset = presets.find((each) => each === pressed);
  const made = preset === undefined ? [] : presetQuestions(w, dates)[preset];
  const kept = questions.filter(({ question, choices }) => question.trim() !== "" || choices.trim() !== "");
  return [...kept, ...made.map(({ kind, text, choices }) => ({ question: text, kind, choices: choices.join("\n") }))];
}

const presets = ["attendance", "yesno", "dates"] as const;

/** Ready-made questions: who comes, on which of these dates, yes or no. */
function presetQuestions(
  w: Words["pollForm"],
  dates: readonly string[],
): Readonly<Record<(typeof presets)[number], readonly QuestionPlan[]>> {
  return {
    attendance: [{ kind: "one", text: w.attendanceQuestion, choices: w.attendanceChoices }],
    yesno: [{ kind: "one", text: "", choices: w.yesNoChoices }],
    dates: dates.map((text) => ({ kind: "one", text, choices: w.dateChoices })),
  };
}

function typedQuestions(form: URLSearchParams): readonly Typed[] {
  const last = Math.max(0, ...[...form.keys()].map((name) => Number(/^question-(\d{1,2})$/.exec(name)?.[1] ?? 0)));
  return Array.from({ length: last }, (_, index) => ({
    question: form.get(`question-${index + 1}`) ?? "",
    kind: form.get(`kind-${index + 1}`) ?? "one",
    choices: form.get(`choices-${index + 1}`) ?? "",
  }));
}

function written(form: URLSearchParams, questions: readonly Typed[]): URLSearchParams {
  const others = [...form].filter(([name]) => !/^(poll-do|(question|kind|choices)-\d+)$/.test(name));
  const next = new URLSearchParams(others);
  next.set("poll", "on");
  for (const [index, typed] of questions.entries())
    for (const [name, value] of Object.entries(typed)) next.set(`${name}-${index + 1}`, value);
  return next;
}

function linesOf(text: string | null): readonly string[] {
  return (text ?? "")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
