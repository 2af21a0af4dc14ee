/**
 * To whom a draft goes, as its form shows it: rows of conditions as they were typed, half-typed ones too, and ticked members. Both are
 * kept while the other, or the whole list, is chosen.
 */
import { numberIn } from "./recipients.ts";
import type { Condition, Recipients } from "./recipients.ts";

export const addressees = ["all", "conditions", "ticked"] as const;
export const relations = ["is", "between", "contains", "isNot", "filled", "empty"] as const;
export type Relation = (typeof relations)[number];

/** `value`: one or several texts with commas between them, or for `between` "20-29", "20-" or "-29". */
export type ConditionRow = { readonly field: string; readonly relation: Relation; readonly value: string };

export type Addressing = {
  readonly to: (typeof addressees)[number];
  readonly rows: readonly ConditionRow[];
  /** Persons. */
  readonly ticked: readonly number[];
};

export const toEverybody: Addressing = { to: "all", rows: [], ticked: [] };

/** What is typed there means nobody as long as it means nothing: never everybody. */
const nobody: Recipients = { kind: "ticked", persons: [] };

/** Undefined: everybody on the lists. */
export function recipientsOf({ to, rows, ticked }: Addressing): Recipients | undefined {
  if (to === "all") return undefined;
  if (to === "ticked") return { kind: "ticked", persons: ticked };
  const conditions = rows.filter((row) => !isBlank(row)).map(readCondition);
  const all = conditions.flatMap((one) => one ?? []);
  return all.length === 0 || all.length < conditions.length ? nobody : { kind: "conditions", all };
}

/** A row in which nothing was typed. */
export function isBlank({ field, value }: ConditionRow): boolean {
  return field === "" && value.trim() === "";
}

/** Undefined: it says nothing that a member could fit. */
export function readCondition({ field, relation, value }: ConditionRow): Condition | undefined {
  if (field === "") return undefined;
  if (relation === "filled" || relation === "empty") return { field, isEmpty: relation === "empty" };
  const texts = value.split(/[,、，;；]/u).flatMap((text) => text.trim() || []);
  const [first] = texts;
  if (first === undefined) return undefined;
  if (relation === "contains") return { field, contains: value.trim() };
  if (relation === "between") return readRange(field, value);
  return relation === "is" ? { field, is: texts } : { field, isNot: texts };
}

function readRange(field: string, value: string): Condition | undefined {
  const ends = value.normalize("NFKC").split(/\s*(?:-|–|—|−|~|〜|～|から|\bto\b|\.\.)\s*/iu);
  const [low = "", high = low] = ends;
  const [from, to] = [numberIn(low), numberIn(high)];
  const isOdd = (from === undefined && low !== "") || (to === undefined && high !== "");
  if (ends.length > 2 || isOdd || (from === undefined && to === undefined)) return undefined;
  if (from !== undefined && to !== undefined && from > to) return undefined;
  return { field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
