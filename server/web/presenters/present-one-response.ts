/** What the reader of one copy did: confirmed, or somebody of their family did, and what they answered. Of an anonymous poll only whether. */
import type { Poll } from "../../lists/poll.ts";
import type { PollAnswer } from "../../lists/poll-answer.ts";
import type { Post } from "../../lists/post.ts";
import type { ReportedDelivery } from "../../store/deliveries/reported-deliveries.ts";
import type { Words } from "../../words/en.ts";
import type { PanelState } from "../panel-context.ts";
import { ownAnswer } from "./present-poll-page.ts";

export type OneResponse = {
  readonly lines: readonly { readonly isDone: boolean; readonly text: string }[];
  readonly answers: readonly { readonly question: string; readonly answers: readonly string[] }[];
  readonly isAnonymous: boolean;
};

export type Responded = {
  readonly post: Post;
  readonly delivery: ReportedDelivery;
  /** Undefined where the post asks none. */
  readonly poll: Poll | undefined;
  readonly answer: PollAnswer | undefined;
};

/** Undefined where the reader was asked nothing: a reminder's answers are those of the first copy. */
export function presentOneResponse(
  { post, delivery, poll, answer }: Responded,
  { words: w, dates }: Pick<PanelState, "words" | "dates">,
): OneResponse | undefined {
  if (!wasAsked({ post, delivery, poll, answer })) return undefined;
  const place = {
    w,
    done: (text: (time: string) => string, at: number) => ({ isDone: true, text: text(dates.dateTime(at)) }),
  };
  const isAnonymous = poll?.anonymous === true;
  const isOpen = poll !== undefined && !isAnonymous && answer !== undefined;
  return {
    lines: [
      ...(post.asksConfirmation ? [confirmedLine(post, delivery, place)] : []),
      ...(poll === undefined ? [] : [answeredLine(delivery, place)]),
    ],
    answers: isOpen ? poll.questions.map((question) => ownAnswer(question, answer)) : [],
    isAnonymous,
  };
}

function wasAsked({ post, poll, delivery: { state, confirmedAt, hasAnswered } }: Responded): boolean {
  if (post.reminds !== undefined || !(post.asksConfirmation || poll !== undefined)) return false;
  return state !== "cancelled" || confirmedAt !== undefined || hasAnswered;
}

type Line = OneResponse["lines"][number];
type Place = { readonly w: Words; readonly done: (text: (time: string) => string, at: number) => Line };

function confirmedLine(post: Post, { confirmedAt, familyConfirmedAt }: ReportedDelivery, { w, done }: Place): Line {
  const { response: r } = w;
  if (confirmedAt !== undefined) return done(r.confirmed, confirmedAt);
  if (familyConfirmedAt !== undefined) return done((time) => r.familyConfirmed(post.countBy, time), familyConfirmedAt);
  return { isDone: false, text: r.notConfirmed };
}

function answeredLine({ hasAnswered, answeredAt }: ReportedDelivery, { w, done }: Place): Line {
  if (answeredAt !== undefined) return done(w.response.answered, answeredAt);
  return { isDone: hasAnswered, text: hasAnswered ? w.responses.kinds.answered : w.response.notAnswered };
}
