/** A post's recipients as lines of a table: what became of each copy, what its reader did, who they were. For pages and reports alike. */
import type { CancelReason } from "../lists/delivery.ts";
import type { Post } from "../lists/post.ts";
import { reportedDeliveries } from "../store/reported-deliveries.ts";
import type { ReportedDelivery } from "../store/reported-deliveries.ts";
import type { Store } from "../store/store.ts";
import type { Dates } from "../words/dates.ts";
import type { Words } from "../words/en.ts";

const mostAttributes = 50;

export type RecipientsTable = {
  readonly head: readonly string[];
  readonly pieces: AsyncGenerator<readonly (readonly string[])[]>;
};

/** `wanted`: which of the recipients; all unless given. */
export async function recipientsTable(
  store: Store,
  post: Post,
  {
    words: w,
    dates,
    wanted = () => true,
  }: {
    readonly words: Words;
    readonly dates: Dates;
    readonly wanted?: ((delivery: ReportedDelivery) => boolean) | undefined;
  },
): Promise<RecipientsTable> {
  const attributes = (await store.members.attributeNames(post.listId)).slice(0, mostAttributes);
  const asks = post.asksConfirmation || post.pollId !== undefined;
  const telling = { w, dates, asks, attributes };
  const told = asks ? [w.report.confirmed, w.report.answered] : [];
  async function* pieces(): AsyncGenerator<readonly (readonly string[])[]> {
    for await (const piece of reportedDeliveries(store.database, post))
      yield piece.filter(wanted).map((delivery) => line(delivery, telling));
  }
  return { head: [...Object.values(w.deliveries.columns), ...told, ...attributes], pieces: pieces() };
}

type Telling = {
  readonly w: Words;
  readonly dates: Dates;
  readonly asks: boolean;
  readonly attributes: readonly string[];
};

function line(delivery: ReportedDelivery, { w, dates, asks, attributes }: Telling): string[] {
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
    ...attributes.map((name) => delivery.attributes[name] ?? ""),
  ];
}
