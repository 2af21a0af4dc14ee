/** A page of members as its table shows them: which columns, and what stands in them. */
import type { Member } from "../../lists/member.ts";
import { attributeField } from "../../lists/search-text.ts";
import type { MembersQuery } from "../members-query.ts";
import { queryText, sortText } from "../members-query.ts";
import type { PanelState } from "../panel-context.ts";

/** So many attributes have a column of their own; what more there are stand together in one. */
const mostColumns = 4;

export type Column = {
  readonly label: string;
  readonly link: string;
  readonly sorted: "ascending" | "descending" | undefined;
};

export type MemberRow = {
  readonly id: number;
  readonly address: string;
  readonly name: string;
  readonly status: Member["status"];
  readonly joinedBy: Member["joinedBy"];
  readonly arrivedAt: number | undefined;
  readonly statusText: string;
  readonly since: string;
  readonly sinceIso: string;
  /** In the order of the columns. */
  readonly values: readonly string[];
  readonly others: readonly (readonly [string, string])[];
};

/** Attributes that most on the page have, in the order in which they come there; the list's others behind them. */
export function columnNames(members: readonly Member[], known: readonly string[]): readonly string[] {
  const uses = new Map<string, number>();
  for (const name of members.flatMap(({ attributes }) => Object.keys(attributes)))
    uses.set(name, (uses.get(name) ?? 0) + 1);
  const shown = [...uses].toSorted(([, one], [, other]) => other - one).map(([name]) => name);
  return [...shown, ...known.filter((name) => !shown.includes(name))];
}

export function ownColumns(names: readonly string[]): readonly string[] {
  return names.length <= mostColumns ? names : names.slice(0, mostColumns - 1);
}

export function presentMember(
  { attributes, ...member }: Member,
  columns: readonly string[],
  { words: w, dates }: PanelState,
): MemberRow {
  return {
    ...member,
    statusText: w.memberStatus[member.status],
    since: dates.date(member.createdAt),
    sinceIso: new Date(member.createdAt).toISOString(),
    values: columns.map((name) => attributes[name] ?? ""),
    others: Object.entries(attributes).filter(([name]) => !columns.includes(name)),
  };
}

/** The head of a column: pressed, it sorts by it; pressed again, the other way round. */
export function column(query: MembersQuery, label: string, sort: string | undefined): Column {
  const isSorted = query.sort === sort;
  const descending = isSorted && !query.descending;
  const sorted = query.descending ? "descending" : "ascending";
  return { label, link: queryText(query, { sort, descending }), sorted: isSorted ? sorted : undefined };
}

/** All orders, for a select: value and label. */
export function sortChoices(
  names: readonly string[],
  { words: w }: PanelState,
): readonly (readonly [string, string])[] {
  const fields: readonly (readonly [string | undefined, string])[] = [
    [undefined, w.members.since],
    ["name", w.members.name],
    ["address", w.fields.address],
    ...names.map((name) => [attributeField(name), name] as const),
  ];
  return fields.flatMap(([field, label]) => [
    [sortText(field, false) ?? "", w.memberList.upward(label)] as const,
    [sortText(field, true) ?? "", w.memberList.downward(label)] as const,
  ]);
}
