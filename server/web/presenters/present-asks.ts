/** What a mail asks of its readers, a line each, for the last look before it is sent. */
import type { CompositionContent } from "../../lists/composition.ts";
import type { PollPlan } from "../../lists/poll.ts";
import type { Dates } from "../../words/dates.ts";
import type { Words } from "../../words/en.ts";
import { planInWords } from "./present-follow-up.ts";

type Telling = { readonly words: Words; readonly dates: Dates };

export function presentAsks(
  { asksConfirmation, poll, followUp }: CompositionContent,
  telling: Telling,
): readonly string[] {
  const { sending: w, compose } = telling.words;
  return [
    ...(asksConfirmation ? [w.asksConfirmation] : []),
    ...(poll === undefined ? [] : [pollInWords(poll, telling)]),
    ...(followUp === undefined ? [] : [w.reminds(planInWords(followUp, telling).join(compose.listed))]),
  ];
}

/** What cannot be changed any more once it is sent, or is forgotten: who sees what, and until when. */
function pollInWords({ questions, anonymous, closesAt }: PollPlan, { words, dates }: Telling): string {
  const w = words.sending;
  return [
    w.asksPoll(questions.length),
    ...(anonymous ? [w.anonymously] : []),
    ...(closesAt === undefined ? [] : [w.answeredUntil(dates.dateTime(closesAt))]),
  ].join(words.compose.listed);
}
