/** What the reader of one copy did: confirmed, or somebody of their family did, and what they answered. Of an anonymous poll only whether. */
import type { Poll } from "../../lists/poll.ts";
import type { PollAnswer } from "../../lists/poll-answer.ts";
import type { Post } from "../../lists/post.ts";
import type { ReportedDelivery } from "../../store/reported-deliveries.ts";
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
  const { confirmedAt, familyConfirmedAt, hasAnswered, answeredAt } = delivery;
  const wasAsked = delivery.state !== "cancelled" || confirmedAt !== undefined || hasAnswered;
  if (post.reminds !== undefined || !wasAsked || !(post.asksConfirmation || poll !== undefined)) return undefined;
  const { response: r } = w;
  const done = (text: (time: string) => string, at: number) => ({ isDone: true, text: text(dates.dateTime(at)) });
  const confirmed =
    confirmedAt !== undefined
      ? done(r.confirmed, confirmedAt)
      : familyConfirmedAt !== undefined
        ? done((time) => r.familyConfirmed(post.countBy, time), familyConfirmedAt)
        : { isDone: false, text: r.notConfirmed };
  const answered =
    answeredAt !== undefined
      ? done(r.answered, answeredAt)
      : { isDone: hasAnswered, text: hasAnswered ? w.responses.kinds.answered : r.notAnswered };
  return {
    lines: [...(post.asksConfirmation ? [confirmed] : []), ...(poll === undefined ? [] : [answered])],
    answers:
      poll === undefined || poll.anonymous || answer === undefined
        ? []
        : poll.questions.map((question) => ownAnswer(question, answer)),
    isAnonymous: poll?.anonymous === true,
  };
}
