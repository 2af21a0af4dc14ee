/** A post's deliveries as a file for spreadsheets. */
import type { CancelReason } from "../lists/delivery.ts";
import type { Delivery } from "../store/delivery-rows.ts";
import type { Dates } from "../words/dates.ts";
import type { Words } from "../words/en.ts";
import { csvBegin, csvLines } from "./csv-lines.ts";

type Telling = { readonly words: Words; readonly dates: Dates };

export async function* deliveriesCsv(
  pages: AsyncIterable<readonly Delivery[]>,
  telling: Telling,
): AsyncGenerator<string> {
  yield `${csvBegin}${csvLines([Object.values(telling.words.deliveries.columns)])}`;
  for await (const page of pages) yield csvLines(page.map((delivery) => row(delivery, telling)));
}

function row(delivery: Delivery, { words: w, dates }: Telling): readonly string[] {
  const time = (at: number | undefined): string => (at === undefined ? "" : dates.sortable(at));
  return [
    delivery.name,
    delivery.address === "" ? w.deliveries.erased : delivery.address,
    w.deliveryState[delivery.state],
    delivery.reason === undefined ? "" : w.cancelReason[delivery.reason as CancelReason],
    String(delivery.attempts),
    delivery.reply,
    delivery.host,
    time(delivery.firstAttemptAt),
    time(delivery.lastAttemptAt),
    time(delivery.dueAt),
    time(delivery.sentAt),
    time(delivery.bouncedAt),
  ];
}
