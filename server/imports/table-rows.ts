/** The rows of a file, whatever kind of table it is. */
import { csvRows } from "./csv-rows.ts";
import type { TableRow } from "./csv-rows.ts";
import { firstOctets } from "./source.ts";
import type { Source } from "./source.ts";
import { workbookRows } from "./workbook-rows.ts";

/** What Excel before 2007, and Excel with a password, begins its files with. */
const oldWorkbook = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
/** What every ZIP file that holds something begins with, workbooks among them. */
const zip = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

export async function* tableRows(source: Source): AsyncGenerator<TableRow> {
  const mark = await firstOctets(source, 4);
  if (mark.equals(oldWorkbook)) yield { fault: { kind: "old-workbook" } };
  else if (mark.equals(zip)) yield* workbookRows(source);
  else yield* csvRows(source);
}
