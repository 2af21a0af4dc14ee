/** An import as its pages show it: where it stands, its counts as ways into its lines, and the lines themselves. */
import type { ImportRow, MemberImport, RowFate } from "../../lists/member-import.ts";
import { canonicalAddress, parseAddress } from "../../mail/address.ts";
import { importRows, standingsOf } from "../../store/imports/import-rows.ts";
import { touchedMembers } from "../../store/imports/import-members.ts";
import { merged, nextStatus } from "../../store/members/member-merge.ts";
import type { Standing } from "../../store/members/member-merge.ts";
import type { Store } from "../../store/store.ts";
import type { Words } from "../../words/en.ts";
import type { OnImport } from "../panel-context.ts";
import { fileFaultText, rowFaultText } from "./import-fault.ts";

export type Shown = RowFate | "mended" | "leaving" | "kept";

/** What needs a look comes first. */
const order: readonly Shown[] = [
  "fault",
  "mended",
  "leaving",
  "stays",
  "added",
  "changed",
  "repeated",
  "unchanged",
  "kept",
];
const page = 50;

type Change = { readonly what: string; readonly before: string; readonly after: string };

export function presentImport({ import: of, words: w, dates }: OnImport): object {
  const { counts, done, undone } = of;
  const all = counts.added + counts.changed + counts.leaving;
  const taken = of.state === "undoing" ? undone.restored + undone.kept : done.added + done.changed + done.left;
  const share = of.state === "reading" ? of.readOctets / Math.max(1, of.size) : taken / Math.max(1, all);
  return {
    ...of,
    isAtWork: of.state === "reading" || of.state === "applying" || of.state === "undoing",
    name: of.byCommand
      ? `${of.fileName} (${w.imports.byCommand})`
      : of.fileName === ""
        ? w.imports.pasted
        : of.fileName,
    faultText: of.fault && fileFaultText(of.fault, w),
    stateText: w.imports.states[of.state],
    percent: Math.min(100, Math.floor(share * 100)),
    progress: of.state === "reading" ? w.imports.rowsRead(counts.rows) : w.imports.membersOf(taken, all),
    created: { iso: new Date(of.createdAt).toISOString(), text: dates.dateTime(of.createdAt) },
    undoUntil: dates.dateTime(of.expiresAt),
  };
}

/** The kinds of lines and members that there are, with their counts. */
export function chipsOf(
  of: MemberImport,
  { imports: w }: Words,
): readonly { readonly shown: Shown; readonly label: string; readonly count: number }[] {
  const label = (shown: Shown): string =>
    shown === "mended" || shown === "leaving" ? w[shown] : shown === "kept" ? w.keptTitle : w.fates[shown];
  const counts = { ...of.counts, kept: of.undone.kept };
  return order.map((shown) => ({ shown, label: label(shown), count: counts[shown] })).filter(({ count }) => count > 0);
}

/** Of one kind, a page of them. */
export async function linesOf(
  store: Store,
  { import: of, words: w }: OnImport,
  { shown, after }: { readonly shown: Shown; readonly after: number },
): Promise<{ readonly lines: readonly object[]; readonly next: number | undefined }> {
  const asked = { after, limit: page + 1 };
  if (shown === "leaving" || shown === "kept") {
    const members = await touchedMembers(store.database, of.id, { ...asked, which: shown });
    const lines = members.slice(0, page).map((one) => ({ ...one, statusText: w.memberStatus[one.status] }));
    return { lines, next: members.length > page ? lines.at(-1)?.id : undefined };
  }
  const rows = await importRows(store.database, of.id, { ...asked, which: shown });
  const some = rows.slice(0, page);
  const standings =
    shown === "changed"
      ? await standingsOf(store.database, of.listId, some.map(canonicalOf))
      : new Map<string, Standing>();
  const lines = some.map((row) => ({
    ...row,
    attributes: Object.entries(row.attributes).filter(([, value]) => value !== ""),
    statusText: row.status === undefined ? undefined : w.memberStatus[row.status],
    why: row.fault && rowFaultText(row.fault, w),
    changes: changesOf(row, standings.get(canonicalOf(row)), w),
  }));
  return { lines, next: rows.length > page ? some.at(-1)?.id : undefined };
}

function changesOf(row: ImportRow, before: Standing | undefined, w: Words): readonly Change[] {
  if (before === undefined) return [];
  const said = { ...row, attributes: JSON.stringify(row.attributes), partial: true };
  const after = merged(said, before);
  const [old, fresh] = [before.attributes ?? "{}", after.attributes].map(
    (json) => JSON.parse(json) as Readonly<Record<string, string>>,
  );
  const names = [...new Set([...Object.keys(old ?? {}), ...Object.keys(fresh ?? {})])];
  return [
    { what: w.fields.address, before: before.address ?? "", after: after.address },
    { what: w.members.name, before: before.name ?? "", after: after.name },
    {
      what: w.members.status,
      before: w.memberStatus[before.status],
      after: w.memberStatus[nextStatus(row.status, before)],
    },
    ...names.map((what) => ({ what, before: old?.[what] ?? "", after: fresh?.[what] ?? "" })),
  ].filter((change) => change.before !== change.after);
}

function canonicalOf(row: ImportRow): string {
  const parsed = parseAddress(row.address);
  return parsed === undefined ? "" : canonicalAddress(parsed);
}
