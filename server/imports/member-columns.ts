/** What the columns of a members' file hold, by their English or Japanese names; columns of any other name are attributes. */
import { plainTitle, roleOf } from "../lists/column-role.ts";
import type { ColumnRole } from "../lists/column-role.ts";
import type { ColumnUse, FileFault, ImportColumns } from "../lists/member-import.ts";
import { languages } from "../lists/mailing-list.ts";
import { memberStatuses } from "../lists/member.ts";
import type { MemberStatus } from "../lists/member.ts";
import { parseAddress } from "../mail/address.ts";
import { words } from "../words/words.ts";
import { mendAddress } from "./mend-address.ts";

const statusNames: Readonly<Record<MemberStatus, readonly string[]>> = {
  waiting: ["waiting", "確認待ち", "仮登録"],
  active: ["active", "有効", "配信中", "登録済み"],
  paused: ["paused", "一時停止", "配信の一時停止"],
  bounced: ["bounced", "不達"],
  left: ["left", "登録解除", "退会"],
};

/** How many lines stand above the one that names a column of addresses: a class list begins with what it is. */
export function linesAboveTitles(head: readonly (readonly string[])[]): number {
  const titles = head.findIndex((row) => row.some((cell) => roleOf(cell) === "address"));
  return titles > 0 && !head.slice(0, titles).some((row) => row.some(isAddress)) ? titles : 0;
}

/** The same for somebody who can set it right: where no title is known, lines of one cell above wider ones. */
export function likelyLinesAbove(head: readonly (readonly string[])[]): number {
  const sure = linesAboveTitles(head);
  if (sure > 0) return sure;
  const filled = (row: readonly string[]): number => row.filter((cell) => cell.trim() !== "").length;
  const wide = head.findIndex((row) => filled(row) > 1);
  return wide > 0 && !head.slice(0, wide).some((row) => row.some(isAddress)) ? wide : 0;
}

/** Takes the first line by its word: it must name an address and nothing twice. */
export function readTitles(titles: readonly string[]): ImportColumns | FileFault {
  const named = titles.map((title) => ({ name: title.trim(), role: roleOf(title) }));
  if (!named.some(({ role }) => role === "address")) return { kind: "no-address-column" };
  const twice = [
    ...Map.groupBy(
      named.filter((column) => column.name !== ""),
      (column) => column.role ?? column.name,
    ),
  ].find(([, same]) => same.length > 1);
  if (twice !== undefined)
    return { kind: "column-twice", column: twice[0], titles: twice[1].map((column) => column.name) };
  return { titled: true, uses: named.map(({ name, role }) => useOf(name, role)) };
}

/**
 * What the columns most likely are, for somebody who can set it right: by the first line's names, else by what looks like an
 * address. Undefined when no column does.
 */
export function guessColumns(sample: readonly (readonly string[])[]): ImportColumns | undefined {
  const [first = []] = sample;
  const titled = !first.some(isAddress);
  const uses = titled ? withName(titledUses(first), first) : first.map((): ColumnUse => ({ as: "nothing" }));
  if (uses.some(({ as }) => as === "address")) return { titled, uses };
  const rows = titled ? sample.slice(1) : sample;
  const place = likeliestPlace(rows, first.length);
  if (place === undefined) return undefined;
  // Without titles, what stands beside the address is most likely the name.
  const beside = titled ? -1 : place > 0 ? place - 1 : place + 1;
  return {
    titled,
    uses: uses.map((use, at) => (at === place ? { as: "address" } : at === beside ? { as: "name" } : use)),
  };
}

/** A second column of one role is an attribute of its own name; a second one of one name is nothing. */
function titledUses(titles: readonly string[]): readonly ColumnUse[] {
  const uses: ColumnUse[] = [];
  for (const title of titles) {
    const name = title.trim();
    const isNew = (use: ColumnUse): boolean => !uses.some((other) => isSameUse(other, use));
    uses.push([useOf(name, roleOf(title)), useOf(name, undefined)].find(isNew) ?? { as: "nothing" });
  }
  return uses;
}

/** Where no title is that of a name, one that ends like it: 児童氏名, Child's name. */
function withName(uses: readonly ColumnUse[], titles: readonly string[]): readonly ColumnUse[] {
  if (uses.some(({ as }) => as === "name")) return uses;
  const place = titles.findIndex((title) => /(氏名|名前|\bname)$/.test(plainTitle(title)));
  return uses.map((use, at) => (at === place && use.as === "attribute" ? { as: "name" } : use));
}

/** The column in which most cells are addresses. */
function likeliestPlace(rows: readonly (readonly string[])[], columns: number): number | undefined {
  const counts = Array.from({ length: columns }, (_, place) => ({
    place,
    count: rows.filter((row) => isAddress(row[place] ?? "")).length,
  }));
  return counts.filter(({ count }) => count > 0).toSorted((one, other) => other.count - one.count)[0]?.place;
}

function useOf(name: string, role: ColumnRole | undefined): ColumnUse {
  if (role !== undefined) return { as: role };
  return name === "" ? { as: "nothing" } : { as: "attribute", name };
}

function isSameUse(one: ColumnUse, other: ColumnUse): boolean {
  if (one.as === "nothing") return false;
  return one.as === "attribute" ? other.as === "attribute" && one.name === other.name : one.as === other.as;
}

function isAddress(cell: string): boolean {
  return parseAddress(mendAddress(cell.trim())) !== undefined;
}

/** Undefined for what is no status in either language, neither as our own pages and files call it nor as others do. */
export function readMemberStatus(text: string): MemberStatus | undefined {
  const wanted = plainTitle(text);
  return memberStatuses.find(
    (status) =>
      statusNames[status].includes(wanted) ||
      languages.some((language) => plainTitle(words(language).memberStatus[status]) === wanted),
  );
}
