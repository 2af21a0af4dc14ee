/**
 * Reads a file of members into the database, line by line, and lays each line beside the member that it is about: what an
 * administrator sees before anything changes. Command line and panel share it; memory holds one batch.
 */
import { noCounts } from "../lists/member-import.ts";
import type { FileFault, ImportColumns, ImportCounts, MemberImport } from "../lists/member-import.ts";
import { planLeaving } from "../store/imports/import-apply.ts";
import { stageRows } from "../store/imports/import-rows.ts";
import type { ReadRow } from "../store/imports/import-rows.ts";
import { deleteStaged } from "../store/deletion/import-sweep.ts";
import type { Store } from "../store/store.ts";
import type { TableRow } from "./csv-rows.ts";
import { guessColumns, likelyLinesAbove, linesAboveTitles, readTitles } from "./member-columns.ts";
import { readMemberRow } from "./member-row.ts";
import type { Source } from "./source.ts";
import { tableRows } from "./table-rows.ts";

export type Staging = {
  readonly store: Store;
  readonly source: Source;
  /** Whether the first line is taken by its word, or guessed at for somebody who sees the outcome. */
  readonly isStrict: boolean;
  readonly now: () => number;
};

/** Rows of one transaction: some 5 ms. */
const batchRows = 300;
/** First lines among which those that name the columns are looked for. */
const headRows = 10;
/** Lines from there on that are shown, and that columns are guessed by. */
const sampleRows = 5;
/** Characters of a cell that are shown of them. */
const sampleCell = 60;
/** Cells of the first lines; no list of people has more columns. */
const mostColumns = 500;

/** Yields the rows read so far, batch after batch. At its end the import is `ready` or `faulty`, or was thrown away meanwhile. */
export async function* stageImport(staging: Staging, of: MemberImport): AsyncGenerator<number> {
  const { store } = staging;
  await deleteStaged(store.database, of.id);
  const counted = { octets: 0 };
  const rows = tableRows(countingSource(staging.source, counted));
  const head: TableRow[] = [];
  for await (const row of rows) {
    head.push(row);
    if (head.length === headRows || "fault" in row) break;
  }
  // Only tests of the first lines end here; the rest is read from the beginning again.
  const found = columnsOf(head, of, staging.isStrict);
  const shown = (cells: readonly string[]): readonly string[] =>
    cells.slice(0, mostColumns).map((cell) =>
      cell
        .slice(0, 2 * sampleCell)
        .trim()
        .slice(0, sampleCell),
    );
  const above = "uses" in found ? (found.above ?? 0) : 0;
  const sample = head.slice(above, above + sampleRows).map((row) => ("fault" in row ? [] : shown(row.cells)));
  await store.imports.noteColumns(of, { columns: "uses" in found ? found : of.columns, sample });
  if (!("uses" in found)) return store.imports.foundFaulty(of, found);
  yield* stageRest(staging, { of, columns: found });
}

async function* stageRest(
  { store, source, now }: Staging,
  { of, columns }: { readonly of: MemberImport; readonly columns: ImportColumns },
): AsyncGenerator<number> {
  const counted = { octets: 0 };
  let counts: ImportCounts = noCounts;
  for await (const batch of batches(tableRows(countingSource(source, counted)), columns)) {
    if ("fault" in batch) return store.imports.foundFaulty(of, batch.fault);
    const staged = await stageRows(store.database, of, {
      rows: batch.rows,
      counts,
      octets: counted.octets,
      now: now(),
    });
    if (staged === undefined) return;
    counts = staged;
    yield counts.rows;
  }
  let planned = 0;
  for (let after: number | undefined = 0; of.replaces && hasMembers(counts) && after !== undefined;) {
    const piece = await planLeaving(store.database, of, after);
    planned += piece.planned;
    after = piece.next;
    yield counts.rows;
  }
  counts = { ...counts, leaving: planned };
  if ((await stageRows(store.database, of, { rows: [], counts, octets: counted.octets, now: now() })) !== undefined)
    await store.imports.foundReady(of, now());
}

/** Nobody leaves because of a file without members. */
export function hasMembers({ rows, fault }: ImportCounts): boolean {
  return rows > fault;
}

function columnsOf(head: readonly TableRow[], of: MemberImport, isStrict: boolean): ImportColumns | FileFault {
  const cells: (readonly string[])[] = [];
  for (const row of head) {
    if ("fault" in row) return row.fault;
    if (row.cells.length > mostColumns) return { kind: "many-columns", most: mostColumns };
    cells.push(row.cells);
  }
  const [first] = cells;
  if (first === undefined) return { kind: "empty" };
  if (of.columns !== undefined) return of.columns;
  const above = isStrict ? linesAboveTitles(cells) : likelyLinesAbove(cells);
  const rest = cells.slice(above, above + sampleRows);
  const found = isStrict ? readTitles(rest[0] ?? first) : guessColumns(rest);
  if (found === undefined) return { kind: "no-address-column" };
  return "uses" in found && above > 0 ? { ...found, above } : found;
}

type Batch = { readonly rows: readonly ReadRow[] } | { readonly fault: FileFault };

async function* batches(table: AsyncIterable<TableRow>, columns: ImportColumns): AsyncGenerator<Batch> {
  let rows: ReadRow[] = [];
  let nobodys = (columns.above ?? 0) + (columns.titled ? 1 : 0);
  for await (const row of table) {
    if ("fault" in row) {
      yield row;
      return;
    }
    if (nobodys > 0) nobodys -= 1;
    else rows.push(readMemberRow(row, columns));
    if (rows.length < batchRows) continue;
    yield { rows };
    rows = [];
  }
  if (rows.length > 0) yield { rows };
}

/** The reading place stands some pieces before the row at hand: near enough for a bar. */
function countingSource(source: Source, counted: { octets: number }): Source {
  return async function* () {
    counted.octets = 0;
    for await (const piece of source()) {
      counted.octets += piece.length;
      yield piece;
    }
  };
}
