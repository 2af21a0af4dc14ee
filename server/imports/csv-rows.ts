/** The rows of a text file whose cells stand between commas, tabs or semicolons, as spreadsheets save and copy them. */
import { Readable, pipeline } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { FileFault } from "../lists/member-import.ts";
import type { Source } from "./source.ts";
import { detectEncoding, readText } from "./text-encoding.ts";
import { plainCell } from "./plain-cell.ts";

/** `line` counts from 1: where the row begins. A fault ends the file. */
export type TableRow = { readonly line: number; readonly cells: readonly string[] } | { readonly fault: FileFault };

/** In characters; the longest of anything that is one person's. */
const maxRow = 1_000_000;

type CsvRow = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/** Rows that have anything in them. Rejects when the source does. */
export async function* csvRows(source: Source): AsyncGenerator<TableRow> {
  const encoding = await detectEncoding(source);
  if (encoding === undefined) {
    yield { fault: { kind: "encoding" } };
    return;
  }
  const text = (): AsyncIterable<string> => withoutLongLines(readText(source, encoding));
  const read = { lines: 0 };
  try {
    for await (const { record, info } of parsed(text(), await findDelimiter(text()), read)) {
      if (record.some((cell) => cell.trim() !== ""))
        yield { line: firstLine(record, info.lines), cells: record.map(plainCell) };
    }
  } catch (error) {
    if (!(error instanceof CsvError || error instanceof LongLine)) throw error;
    const kind = error instanceof CsvError && error.code === "CSV_QUOTE_NOT_CLOSED" ? "open-quote" : "unreadable-line";
    yield { fault: { kind, line: read.lines + 1 } };
  }
}

class LongLine extends Error {}

/**
 * The parser's own bound counts what stands in cells: a file of commas alone would be one row of any size. No piece is longer than
 * the bound, so only lines that cross from one piece into the next can be.
 */
async function* withoutLongLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let length = 0;
  for await (const piece of text) {
    const first = piece.search(/[\r\n]/);
    length += first < 0 ? piece.length : first;
    if (length > maxRow) throw new LongLine();
    if (first >= 0) length = piece.length - Math.max(piece.lastIndexOf("\n"), piece.lastIndexOf("\r"));
    yield piece;
  }
}

/** Of the first line: whichever of them stands there most often, a comma where none does. */
async function findDelimiter(text: AsyncIterable<string>): Promise<string> {
  let head = "";
  for await (const piece of text) {
    head += piece;
    if (/[\r\n]/.test(head.trimStart()) || head.length > maxRow) break;
  }
  const [line = ""] = head.trimStart().split(/[\r\n]/, 1);
  const often = (mark: string): number => line.split(mark).length;
  return ["\t", ";"].reduce((best, mark) => (often(mark) > often(best) ? mark : best), ",");
}

/** `read.lines` runs ahead of the rows that are given: trouble comes before those that wait to be taken. */
function parsed(text: AsyncIterable<string>, delimiter: string, read: { lines: number }): AsyncIterable<CsvRow> {
  // relax_quotes: addresses such as "a..b."@carrier.example stand unescaped in hand-made files.
  const parser = parse({
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: maxRow,
    on_record: (row: string[], { lines }: { readonly lines: number }) => {
      read.lines = lines;
      return row;
    },
  });
  // Trouble reaches whoever reads the parser; nothing is left to do here.
  pipeline(Readable.from(text), parser, () => undefined);
  return parser;
}

/** Of a row that ends on line `last`. */
function firstLine(record: readonly string[], last: number): number {
  return last - record.reduce((breaks, cell) => breaks + cell.split("\n").length - 1, 0);
}
