/**
 * The rows of an Excel workbook's first sheet (ECMA-376), under bounds: the packed file is in memory, and the words that cells share;
 * the sheet itself goes through row by row. Nothing in it is computed or run.
 */
import type { TableRow } from "./csv-rows.ts";
import { attribute, BrokenXml, contentOf, elements, elementsIn, resolved, textOf } from "./sheet-xml.ts";
import { firstOctets } from "./source.ts";
import type { Source } from "./source.ts";
import { plainCell } from "./plain-cell.ts";
import { dateStyles, dateText } from "./workbook-dates.ts";
import { BrokenZip, Zip } from "./zip.ts";

const mostMegabytes = 30;
/** In octets, unpacked. */
const mostSheet = 1_000_000_000;
const mostWords = 100_000_000;
const mostOther = 10_000_000;
const mostColumns = 500;

type Book = {
  readonly zip: Zip;
  readonly words: readonly string[];
  readonly dates: ReadonlySet<number>;
};

export async function* workbookRows(source: Source): AsyncGenerator<TableRow> {
  const octets = await firstOctets(source, mostMegabytes * 1_000_000 + 1);
  if (octets.length > mostMegabytes * 1_000_000) {
    yield { fault: { kind: "large", mostMegabytes } };
    return;
  }
  try {
    const zip = new Zip(octets);
    const book: Book = { zip, words: await sharedWords(zip), dates: await dateStyles(zip, mostOther) };
    yield* sheetRows(book, await firstSheet(zip));
  } catch (error) {
    if (!(error instanceof BrokenZip || error instanceof BrokenXml)) throw error;
    yield { fault: { kind: "broken-workbook" } };
  }
}

/** Rows as wide as the widest before, since a sheet leaves empty cells at their end out and may begin with a heading of one cell. */
async function* sheetRows(book: Book, sheet: string): AsyncGenerator<TableRow> {
  let width = 0;
  let line = 0;
  for await (const row of elements(book.zip.read(sheet, mostSheet), "row")) {
    const place = attribute(row, "r") ?? "";
    line = /^\d{1,9}$/.test(place) ? Number(place) : line + 1;
    const cells = cellsOf(row, book);
    if (cells.every((cell) => cell.trim() === "")) continue;
    width = Math.max(width, cells.length);
    while (cells.length < width) cells.push("");
    yield { line, cells };
  }
}

function cellsOf(row: string, book: Book): string[] {
  const cells: string[] = [];
  for (const cell of elementsIn(row, "c")) {
    const place = placeOf(attribute(cell, "r")) ?? cells.length;
    if (place >= mostColumns) break;
    while (cells.length < place) cells.push("");
    cells[place] = plainCell(cellText(cell, book));
  }
  return cells;
}

function cellText(cell: string, { words, dates }: Book): string {
  const [said = ""] = elementsIn(cell, "v");
  const value = resolved(contentOf(said));
  switch (attribute(cell, "t")) {
    case "inlineStr":
      return textOf(cell);
    case "s":
      return words[Number(value)] ?? "";
    case "b":
      return value === "1" ? "TRUE" : "FALSE";
    // An error such as #REF! says nothing of anybody.
    case "e":
      return "";
    case "str":
      return value;
    default:
      return dates.has(Number(attribute(cell, "s") ?? -1)) ? dateText(value) : value;
  }
}

/** Of "C7": 2. */
function placeOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? "")?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

async function sharedWords(zip: Zip): Promise<readonly string[]> {
  const name = "xl/sharedStrings.xml";
  const words: string[] = [];
  if (zip.has(name)) for await (const word of elements(zip.read(name, mostWords), "si")) words.push(textOf(word));
  return words;
}

/** The first that is not hidden; where the book does not say which, the one that programs call so. */
async function firstSheet(zip: Zip): Promise<string> {
  const targets = new Map<string, string>();
  for await (const link of elements(zip.read("xl/_rels/workbook.xml.rels", mostOther), "Relationship"))
    targets.set(attribute(link, "Id") ?? "", attribute(link, "Target") ?? "");
  for await (const sheet of elements(zip.read("xl/workbook.xml", mostOther), "sheet")) {
    const target = targets.get(/\s\w+:id\s*=\s*["']([^"']*)/.exec(sheet)?.[1] ?? "");
    if (target === undefined || (attribute(sheet, "state") ?? "visible") !== "visible") continue;
    const name = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
    if (zip.has(name)) return name;
  }
  return "xl/worksheets/sheet1.xml";
}
