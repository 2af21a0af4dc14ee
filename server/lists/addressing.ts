/**
 * To whom a draft goes, as its form shows it: rows of conditions as they were typed, half-typed ones too, and ticked members. Both are
 * kept while the other, or the whole list, is chosen.
 */
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

/** The signs for "to", and what Japanese keyboards write in place of them: a long vowel where no kana follows. */
const between = /\s*(?:[-‐‑–—―−~〜]|ー(?=\s*\d|\s*$)|から|\bto\b|\.\.)\s*/iu;

function readRange(field: string, value: string): Condition | undefined {
  const [low = "", high = low, ...more] = endsOf(value.normalize("NFKC").trim());
  const from = readEnd(low, "from");
  const to = readEnd(high, "to");
  if (from === undefined || to === undefined || more.length > 0 || from > to) return undefined;
  // Neither end says nothing.
  if (from === -Infinity && to === Infinity) return undefined;
  return { field, ...(from !== -Infinity && { from }), ...(to !== Infinity && { to }) };
}

/** Without end where nothing is written, undefined where it is no number. */
function readEnd(text: string, end: "from" | "to"): number | undefined {
  if (text === "") return end === "from" ? -Infinity : Infinity;
  return readNumber(text)?.[end];
}

/** What stands on both sides of the sign; one text where there is none. */
function endsOf(text: string): readonly string[] {
  const open = text.replace(/,(?=\d{3}(?!\d))/g, "").replace(/\s*(?:以上|以降|or more|\+)\s*/iu, "-");
  const closed = open.replace(/\s*(?:以下|まで|or less)$/iu, "");
  return (closed === open || between.test(closed) ? closed : `-${closed}`).split(between);
}

/** With its unit, as in 3年生, or of a decade, as in 20代. Undefined where more is said: nobody is left out unasked. */
function readNumber(text: string): { readonly from: number; readonly to: number } | undefined {
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)\s*(\p{L}*)$/u.exec(text) ?? [];
  if (digits === undefined || /以|未満|超|\b(?:plus|over|under|more|less)\b/iu.test(unit)) return undefined;
  const number = Number(digits);
  if (!unit.endsWith("代")) return { from: number, to: number };
  return number % 10 === 0 ? { from: number, to: number + 9 } : undefined;
}
