/** A post's recipients as lines of a table: what became of each copy, what its reader did, who they were. For pages and reports alike. */
import type { CancelReason, DeliveryState } from "../lists/delivery.ts";
import type { Post } from "../lists/post.ts";
import { reportedDeliveries, silentDeliveries } from "../store/deliveries/reported-deliveries.ts";
import type { ReportedDelivery } from "../store/deliveries/reported-deliveries.ts";
import type { Store } from "../store/store.ts";
import type { Dates } from "../words/dates.ts";
import type { Words } from "../words/en.ts";

const mostAttributes = 50;

export type RecipientsTable = {
  readonly head: readonly string[];
  readonly pieces: AsyncGenerator<readonly (readonly string[])[]>;
};

/** `only`: those in one state, or who have not confirmed; all unless given. */
export async function recipientsTable(
  store: Store,
  post: Post,
  {
    words: w,
    dates,
    only,
  }: {
    readonly words: Words;
    readonly dates: Dates;
    readonly only?: DeliveryState | "silent" | undefined;
  },
): Promise<RecipientsTable> {
  const attributes = (await store.members.attributeNames(post.listId)).slice(0, mostAttributes);
  const asks = post.asksConfirmation || post.pollId !== undefined;
  const countsFamilies = post.asksConfirmation && post.countBy !== "";
  const telling = { w, dates, asks, countsFamilies, attributes };
  const told = [
    ...(asks ? [w.report.confirmed, w.report.answered] : []),
    ...(countsFamilies ? [w.report.familyConfirmed] : []),
  ];
  async function* pieces(): AsyncGenerator<readonly (readonly string[])[]> {
    const { database } = store;
    const isWanted = ({ state }: ReportedDelivery): boolean =>
      only === undefined || only === "silent" || state === only;
    for await (const piece of only === "silent" ? silentDeliveries(database, post) : reportedDeliveries(database, post))
      yield piece.filter(isWanted).map((delivery) => line(delivery, telling));
  }
  return { head: [...Object.values(w.deliveries.columns), ...told, ...attributes], pieces: pieces() };
}

type Telling = {
  readonly w: Words;
  readonly dates: Dates;
  readonly asks: boolean;
  readonly countsFamilies: boolean;
  readonly attributes: readonly string[];
};

function line(delivery: ReportedDelivery, { w, dates, asks, countsFamilies, attributes }: Telling): string[] {
  const time = (at: number | undefined): string => (at === undefined ? "" : dates.sortable(at));
  const answered = delivery.answeredAt === undefined ? w.report.yes : time(delivery.answeredAt);
  return [
    delivery.name,
    delivery.address === "" ? w.deliveries.erased : delivery.address,
    w.deliveryState[delivery.state],
    delivery.reason === undefined ? "" : w.cancelReason[delivery.reason as CancelReason],
    String(delivery.attempts),
    delivery.reply,
    delivery.host,
    ...[delivery.firstAttemptAt, delivery.lastAttemptAt, delivery.dueAt, delivery.sentAt, delivery.bouncedAt].map(time),
    ...(asks ? [time(delivery.confirmedAt), delivery.hasAnswered ? answered : ""] : []),
    ...(countsFamilies ? [time(delivery.familyConfirmedAt)] : []),
    ...attributes.map((name) => delivery.attributes[name] ?? ""),
  ];
}
