/** A post's deliveries as a file for spreadsheets, a piece at a time: UTF-8 with a BOM, which Excel needs. */
import { csvBegin, csvLines } from "../words/csv-lines.ts";
import type { RecipientsTable } from "../reports/recipient-lines.ts";

export async function* deliveriesCsv({ head, pieces }: RecipientsTable): AsyncGenerator<string> {
  yield `${csvBegin}${csvLines([head])}`;
  for await (const piece of pieces) if (piece.length > 0) yield csvLines(piece);
}
