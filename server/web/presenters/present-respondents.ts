/** Those whom a poll's page names: what they answered, or that they are silent. */
import type { DeliveryState } from "../../lists/delivery.ts";
import type { Poll } from "../../lists/poll.ts";
import type { PollAnswer } from "../../lists/poll-answer.ts";
import type { Respondent } from "../../store/answers/poll-respondents.ts";
import type { PanelState } from "../panel-context.ts";
import { presentContact } from "./present-contact.ts";
import type { Contact } from "./present-contact.ts";
import { ownAnswer } from "./present-poll-page.ts";

export type RespondentView = Contact & {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  /** Undefined where the copy left as it should. */
  readonly state: { readonly state: DeliveryState; readonly text: string } | undefined;
  readonly at: { readonly iso: string; readonly text: string } | undefined;
  readonly answers: readonly { readonly question: string; readonly answers: readonly string[] }[];
};

export function presentRespondents(
  respondents: readonly Respondent[],
  {
    poll,
    answers,
    telling,
  }: {
    readonly poll: Poll;
    readonly answers: ReadonlyMap<number, PollAnswer>;
    readonly telling: Pick<PanelState, "words" | "dates">;
  },
): readonly RespondentView[] {
  const { words: w, dates } = telling;
  return respondents.map(({ deliveryId, name, address, attributes, state, answeredAt }) => {
    const answer = answers.get(deliveryId);
    return {
      id: deliveryId,
      name,
      ...presentContact(attributes),
      address: address === "" ? w.deliveries.erased : address,
      state: state === "sent" ? undefined : { state, text: w.deliveryState[state] },
      at:
        answeredAt === undefined
          ? undefined
          : { iso: new Date(answeredAt).toISOString(), text: dates.dateTime(answeredAt) },
      answers: answer === undefined ? [] : poll.questions.map((question) => ownAnswer(question, answer)),
    };
  });
}
