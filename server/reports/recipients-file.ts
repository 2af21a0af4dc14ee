/** The file of a report: every recipient of a post, what became of the copy, and what its reader did. */
import { stringify } from "csv-stringify/sync";
import type { CancelReason } from "../lists/delivery.ts";
import type { Post } from "../lists/post.ts";
import { reportedDeliveries } from "../store/reported-deliveries.ts";
import type { ReportedDelivery } from "../store/reported-deliveries.ts";
import type { Store } from "../store/store.ts";
import type { Dates } from "../words/dates.ts";
import type { Words } from "../words/en.ts";

export type RecipientsFile = { readonly content: Buffer; readonly isWhole: boolean };

/** A file that most mailboxes take. */
const mostLines = 20_000;
const mostAttributes = 50;

export async function recipientsFile(
  store: Store,
  post: Post,
  { words: w, dates }: { readonly words: Words; readonly dates: Dates },
): Promise<RecipientsFile> {
  const attributes = (await store.members.attributeNames(post.listId)).slice(0, mostAttributes);
  const asks = post.asksConfirmation || post.pollId !== undefined;
  const { columns } = w.deliveries;
  const head = [...Object.values(columns), ...(asks ? [w.report.confirmed, w.report.answered] : []), ...attributes];
  const lines: string[][] = [];
  let isWhole = true;
  for await (const piece of reportedDeliveries(store.database, post)) {
    isWhole = lines.length + piece.length <= mostLines;
    if (!isWhole) break;
    lines.push(...piece.map((delivery) => line(delivery, { w, dates, asks, attributes })));
  }
  // Cells that begin like a formula get an apostrophe before them: names and servers' replies are strangers' text.
  const text = stringify([head, ...lines], { record_delimiter: "\r\n", escape_formulas: true });
  return { content: Buffer.from(`\ufeff${text}`), isWhole };
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
