/**
 * To whom of a list a post goes: members by conditions on what is known of them, ticked members, or those who have not answered an
 * earlier post. Who they are is found when the post is sent; the choice itself is kept with the post.
 */
import type { Attributes } from "./member.ts";
import { folded } from "./search-text.ts";

/** `name` and `address` are those of the member; every other field is an attribute. Texts are compared as a search does. */
export type Condition =
  | { readonly field: string; readonly is: readonly string[] }
  | { readonly field: string; readonly isNot: readonly string[] }
  | { readonly field: string; readonly contains: string }
  /** Both ends included; either may be missing. Values that are no numbers do not fit. */
  | { readonly field: string; readonly from?: number; readonly to?: number }
  | { readonly field: string; readonly isEmpty: boolean };

/** What a reminder waits for: that a copy was confirmed, that its poll was answered, or both. */
export type Silence = "unread" | "unanswered" | "either";

export type Recipients =
  /** Members for whom every condition is true. */
  | { readonly kind: "conditions"; readonly all: readonly Condition[] }
  /** Persons. */
  | { readonly kind: "ticked"; readonly persons: readonly number[] }
  /** Who got a copy of that post and is silent. `address`: theirs, or the further one where they have one. */
  | { readonly kind: "silent"; readonly of: Silence; readonly address: "own" | "second" };

export type Conditioned = { readonly name: string; readonly address: string; readonly attributes: Attributes };

/** Whether the member fits every condition. */
export function fits(conditions: readonly Condition[], member: Conditioned): boolean {
  return conditions.every((condition) => fitsOne(condition, valueOf(member, condition.field)));
}

/** "" where the member has none. */
export function valueOf({ name, address, attributes }: Conditioned, field: string): string {
  if (field === "name") return name;
  return field === "address" ? address : (attributes[field] ?? "");
}

function fitsOne(condition: Condition, value: string): boolean {
  if ("is" in condition) return condition.is.some((one) => folded(one) === folded(value));
  if ("isNot" in condition) return !condition.isNot.some((one) => folded(one) === folded(value));
  if ("contains" in condition) return folded(value).includes(folded(condition.contains));
  if ("isEmpty" in condition) return (value.trim() === "") === condition.isEmpty;
  const number = numberIn(value);
  return number !== undefined && number >= (condition.from ?? -Infinity) && number <= (condition.to ?? Infinity);
}

/** A number at the beginning, such as that of 3年生 or of full-width ２５歳; undefined where there is none. */
export function numberIn(value: string): number | undefined {
  const digits = /^-?\d+(?:\.\d+)?/.exec(folded(value).replace(/,(?=\d{3})/g, ""))?.[0];
  return digits === undefined ? undefined : Number(digits);
}
