/** A delivery as the table and its own page show it. */
import { keptReply } from "../../delivery/outbox-courier.ts";
import type { CancelReason, DeliveryState } from "../../lists/delivery.ts";
import { troubleKind } from "../../mail/trouble-kind.ts";
import type { Delivery } from "../../store/deliveries/delivery-rows.ts";
import type { Dates } from "../../words/dates.ts";
import type { Words } from "../../words/en.ts";

export type Moment = { readonly iso: string; readonly text: string };

export type DeliveryView = {
  readonly id: number;
  readonly address: string;
  readonly name: string;
  readonly state: DeliveryState;
  readonly stateText: string;
  readonly meaning: string;
  readonly reason: string | undefined;
  readonly attempts: number;
  readonly attemptsText: string;
  /** Of a copy that was not taken: what the answer means, and what to do. */
  readonly trouble: string | undefined;
  readonly reply: string;
  readonly host: string;
  readonly created: Moment;
  readonly first: Moment | undefined;
  readonly last: Moment | undefined;
  readonly next: Moment | undefined;
  readonly sent: Moment | undefined;
  readonly bounced: Moment | undefined;
  readonly confirmed: Moment | undefined;
  readonly hasAnswered: boolean;
  readonly answered: Moment | undefined;
};

export function presentDelivery(
  delivery: Delivery,
  { words: w, dates }: { readonly words: Words; readonly dates: Dates },
): DeliveryView {
  const moment = (at: number): Moment => ({ iso: new Date(at).toISOString(), text: dates.exact(at) });
  const maybe = (at: number | undefined): Moment | undefined => (at === undefined ? undefined : moment(at));
  return {
    id: delivery.id,
    address: delivery.address === "" ? w.deliveries.erased : delivery.address,
    name: delivery.name,
    state: delivery.state,
    stateText: w.deliveryState[delivery.state],
    meaning: w.deliveryMeaning[delivery.state],
    reason: delivery.reason === undefined ? undefined : w.cancelReason[delivery.reason as CancelReason],
    attempts: delivery.attempts,
    attemptsText: w.deliveries.attemptsCount(delivery.attempts),
    trouble: isTrouble(delivery.state) ? w.trouble[troubleKind(delivery.reply)] : undefined,
    reply: delivery.reply === keptReply ? w.app.kept : delivery.reply,
    host: delivery.reply === keptReply ? "" : delivery.host,
    created: moment(delivery.createdAt),
    first: maybe(delivery.firstAttemptAt),
    last: maybe(delivery.lastAttemptAt),
    next: maybe(delivery.dueAt),
    sent: maybe(delivery.sentAt),
    bounced: maybe(delivery.bouncedAt),
    confirmed: maybe(delivery.confirmedAt),
    hasAnswered: delivery.hasAnswered,
    answered: maybe(delivery.answeredAt),
  };
}

function isTrouble(state: DeliveryState): boolean {
  return state === "failed" || state === "deferred";
}
