/** A post's deliveries as a file for spreadsheets: UTF-8 with a BOM, which Excel needs, and nothing that it would run. */
import { stringify } from "csv-stringify/sync";
import type { CancelReason } from "../lists/delivery.ts";
import type { Delivery } from "../store/delivery-rows.ts";
import type { Dates } from "../words/dates.ts";
import type { Words } from "../words/en.ts";

type Telling = { readonly words: Words; readonly dates: Dates };

export async function* deliveriesCsv(
  pages: AsyncIterable<readonly Delivery[]>,
  telling: Telling,
): AsyncGenerator<string> {
  yield `\ufeff${lines([Object.values(telling.words.deliveries.columns)])}`;
  for await (const page of pages) yield lines(page.map((delivery) => row(delivery, telling)));
}

function lines(rows: readonly (readonly string[])[]): string {
  // Cells that begin like a formula get an apostrophe before them: a name or a server's reply is a stranger's text.
  return stringify(rows as string[][], { record_delimiter: "\r\n", escape_formulas: true });
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
