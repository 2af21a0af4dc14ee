/** What a command prints: a table or a sentence for people, one JSON array of objects for programs. */
import { cleanText } from "../mail/encoded-words.ts";
import type { CommandIo } from "./command-io.ts";
import { cutToWidth, textWidth } from "./text-width.ts";

export type Sheet = { readonly json: boolean; readonly out: CommandIo["out"] };

/** Prints itself when the command has done its work. */
export type Answer = (sheet: Sheet) => Promise<void>;

export type Column<R> = {
  readonly title: string;
  readonly text: (row: R) => string;
  /** For numbers: they stand to the right. */
  readonly right?: true;
  /** Columns of the terminal that it may take; longer text is cut. */
  readonly most?: number;
};

export type Pages<R> = Iterable<readonly R[]> | AsyncIterable<readonly R[]>;

/** A sentence, or for `--json` the rows that say the same. */
export function said(text: string, ...rows: readonly object[]): Answer {
  return async ({ json, out }) => {
    if (json) await printJson(out, [rows]);
    else await out(`${text}\n`);
  };
}

/** Rows in pages, of which only one is held at a time; `none` is what people read when there is nothing. */
export function listed<R extends object>({
  columns,
  pages,
  none,
}: {
  readonly columns: readonly Column<R>[];
  readonly pages: Pages<R>;
  readonly none: string;
}): Answer {
  return async ({ json, out }) => {
    if (json) await printJson(out, pages);
    else await printTable(out, { columns, pages, none });
  };
}

async function printJson(out: Sheet["out"], pages: Pages<object>): Promise<void> {
  let before = "[";
  for await (const page of pages) {
    if (page.length === 0) continue;
    await out(`${before}\n${page.map((row) => JSON.stringify(row)).join(",\n")}`);
    before = ",";
  }
  await out(before === "[" ? "[]\n" : "\n]\n");
}

/** Widths are those of the rows seen so far: a page of a very long table may stand wider than the one before. */
async function printTable<R>(
  out: Sheet["out"],
  { columns, pages, none }: { readonly columns: readonly Column<R>[]; readonly pages: Pages<R>; readonly none: string },
): Promise<void> {
  let widths = columns.map((column) => textWidth(column.title));
  let isFirst = true;
  for await (const page of pages) {
    if (page.length === 0) continue;
    const rows = page.map((row) => columns.map((column) => cellText(column, row)));
    widths = widths.map((width, index) =>
      rows.reduce((most, row) => Math.max(most, textWidth(row[index] ?? "")), width),
    );
    const titles = isFirst ? [columns.map((column) => column.title)] : [];
    await out([...titles, ...rows].map((cells) => tableLine(cells, columns, widths)).join(""));
    isFirst = false;
  }
  if (isFirst) await out(`${none}\n`);
}

/** Text from outside must not steer the terminal. */
function cellText<R>(column: Column<R>, row: R): string {
  const text = cleanText(column.text(row));
  return column.most === undefined ? text : cutToWidth(text, column.most);
}

function tableLine(
  cells: readonly string[],
  columns: readonly { readonly right?: true }[],
  widths: readonly number[],
): string {
  const padded = cells.map((cell, index) => {
    const blanks = " ".repeat((widths[index] ?? 0) - textWidth(cell));
    return columns[index]?.right === true ? blanks + cell : cell + blanks;
  });
  return `${padded.join("  ").trimEnd()}\n`;
}
