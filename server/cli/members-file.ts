/** A file of members row by row: what each line says, or what is wrong with it. Nothing is held beyond the row at hand. */
import { Readable, pipeline } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { parseAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import { cleanText } from "../mail/encoded-words.ts";
import type { NewMember } from "../store/members.ts";
import { failure } from "./command-error.ts";
import { readMemberColumns, readMemberStatus } from "./member-columns.ts";
import type { MemberColumns } from "./member-columns.ts";
import { mendAddress } from "./mend-address.ts";
import { unreadable } from "./unreadable.ts";
import { detectEncoding, readText } from "./text-encoding.ts";
import type { TextEncodingName } from "./text-encoding.ts";

export type FileRow =
  | {
      readonly ok: true;
      readonly line: number;
      readonly member: NewMember;
      /** The address as it stands in the file, where it was mended. */ readonly mended: string | undefined;
    }
  /** `address` where at least that could be read. */
  | { readonly ok: false; readonly line: number; readonly why: string; readonly address: Address | undefined };

/** In characters; the longest of anything that is one person's. */
const maxRow = 1_000_000;
const maxName = 200;

type CsvRow = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/** Throws CommandError when the file as a whole cannot be read: no such file, no known character set, no column of addresses. */
export async function* readMembersFile(file: string): AsyncGenerator<FileRow> {
  const encoding = await knownEncoding(file);
  let columns: MemberColumns | undefined;
  let lastLine = 0;
  try {
    for await (const { record, info } of csvRows(file, encoding, await findDelimiter(file, encoding))) {
      lastLine = info.lines;
      if (columns === undefined) columns = columnsOf(file, record);
      else if (record.some((cell) => cell.trim() !== ""))
        yield readRow(record, { line: firstLine(record, info.lines), columns });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw failure(
      `${file}, line ${lastLine + 1}: ${error.code === "CSV_QUOTE_NOT_CLOSED" ? "a quotation mark is opened here and never closed" : "the line cannot be read, or is far too long"}`,
    );
  }
  if (columns === undefined) throw failure(`${file} is empty`);
}

async function knownEncoding(file: string): Promise<TextEncodingName> {
  const encoding = await detectEncoding(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (encoding === undefined)
    throw failure(`${file} is neither UTF-8 nor Shift_JIS; save it as CSV (UTF-8) and try again`);
  return encoding;
}

/** Of the first line: a comma, or a tab where that stands there more often. */
async function findDelimiter(file: string, encoding: TextEncodingName): Promise<"," | "\t"> {
  let head = "";
  for await (const text of readText(file, encoding)) {
    head += text;
    if (/[\r\n]/.test(head.trimStart()) || head.length > maxRow) break;
  }
  const [line = ""] = head.trimStart().split(/[\r\n]/, 1);
  return line.split("\t").length > line.split(",").length ? "\t" : ",";
}

function csvRows(file: string, encoding: TextEncodingName, delimiter: string): AsyncIterable<CsvRow> {
  // relax_quotes: addresses such as "a..b."@carrier.example stand unescaped in hand-made files.
  const parser = parse({
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: maxRow,
  });
  // Trouble reaches whoever reads the parser; nothing is left to do here.
  pipeline(Readable.from(readText(file, encoding)), parser, () => undefined);
  return parser;
}

function columnsOf(file: string, titles: readonly string[]): MemberColumns {
  const columns = readMemberColumns(titles);
  if (typeof columns === "string") throw failure(`${file}, line 1: ${columns}`);
  return columns;
}

/** Of a row that ends on line `last`. */
function firstLine(record: readonly string[], last: number): number {
  return last - record.reduce((breaks, cell) => breaks + cell.split("\n").length - 1, 0);
}

function readRow(
  record: readonly string[],
  { line, columns }: { readonly line: number; readonly columns: MemberColumns },
): FileRow {
  const cell = (index: number | undefined): string =>
    unguarded(index === undefined ? "" : (record[index] ?? "")).trim();
  const typed = cell(columns.address);
  const address = parseAddress(mendAddress(typed));
  const status = readMemberStatus(cell(columns.status));
  const why = rowFault(record, {
    columns,
    typed,
    address,
    name: cell(columns.name),
    status: status === undefined ? cell(columns.status) : "",
  });
  if (why !== undefined || address === undefined) return { ok: false, line, why: why ?? "cannot be read", address };
  const filled = columns.attributes
    .map(({ index, name }) => [name, cell(index)] as const)
    .filter(([, value]) => value !== "");
  const member = {
    address,
    name: cleanText(cell(columns.name)),
    attributes: Object.fromEntries(filled),
    ...(status && { status }),
  };
  return { ok: true, line, member, mended: parseAddress(typed) === undefined ? typed : undefined };
}

type Doubtful = {
  readonly columns: MemberColumns;
  readonly typed: string;
  readonly address: Address | undefined;
  readonly name: string;
  readonly status: string;
};

function rowFault(record: readonly string[], { columns, typed, address, name, status }: Doubtful): string | undefined {
  const tooMany = record.slice(columns.count).some((cell) => cell.trim() !== "");
  if (tooMany || record.length < columns.count)
    return `has ${record.length} ${record.length === 1 ? "cell" : "cells"} where the first line has ${columns.count}`;
  if (typed === "") return "has no address";
  if (address === undefined) return `"${cleanText(typed).slice(0, 100)}" is no mail address`;
  if (/[\r\n]/.test(name)) return "has a line break in the name";
  if (name.length > maxName) return `has a name of over ${maxName} characters`;
  return status === ""
    ? undefined
    : `"${cleanText(status).slice(0, 40)}" is no status; use waiting, active, paused, bounced or left`;
}

/** Without the apostrophe that our export, like others, puts before what a spreadsheet would take for a formula. */
function unguarded(cell: string): string {
  return /^'[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/.test(cell) ? cell.slice(1) : cell;
}
