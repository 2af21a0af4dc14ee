/** Lines of the files that spreadsheets open: UTF-8 with a BOM, which Excel needs, and nothing that it would run. */
import { stringify } from "csv-stringify/sync";

/** What such a file begins with. */
export const csvBegin = "\ufeff";

export function csvLines(rows: readonly (readonly string[])[]): string {
  // Cells that begin like a formula get an apostrophe before them: a name, an answer or a server's reply is a stranger's text.
  return stringify(rows as string[][], { record_delimiter: "\r\n", escape_formulas: true });
}
