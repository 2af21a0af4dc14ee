/** What a row about somebody makes of the member that they are already: the rules that saving and an import's preview share. */
import type { EndedBy, MemberStatus } from "../../lists/member.ts";

/** A name or a status only where one was said. */
export type Said = {
  readonly address: string;
  readonly name: string | undefined;
  /** JSON. */
  readonly attributes: string;
  /** Whether attributes that are not among them stay as they are; an empty one goes in any case. */
  readonly partial: boolean;
  readonly status: MemberStatus | undefined;
};

/** Of a membership; null where it has no version yet. */
export type Standing = {
  readonly status: MemberStatus;
  readonly ended_by: EndedBy | null;
  readonly address: string | null;
  readonly name: string | null;
  readonly attributes: string | null;
};

type Shown = { readonly address: string; readonly name: string; readonly attributes: string };

/**
 * Where nothing is said, who paused or bounces stays so, who left by themselves stays away, and everybody else is active: whom an
 * administrator had removed comes back.
 */
export function nextStatus(status: MemberStatus | undefined, before: Standing | undefined): MemberStatus {
  if (status !== undefined || before === undefined) return status ?? "active";
  const stays = before.status === "paused" || before.status === "bounced" || before.ended_by === "member";
  return stays ? before.status : "active";
}

/** What a copy will show. Attributes that only stand in another order are no change. */
export function merged(said: Said, before: Standing | undefined): Shown {
  const { address, name, attributes } = said;
  const known = before?.attributes ?? "{}";
  const after = said.partial ? overlaid(known, attributes) : attributes;
  return {
    address,
    name: name ?? before?.name ?? "",
    attributes: before !== undefined && isSame(after, known) ? known : after,
  };
}

export function isShownAnew(shown: Shown, before: Standing | undefined): boolean {
  return before?.name !== shown.name || before.attributes !== shown.attributes || before.address !== shown.address;
}

/** `stays`: left by themselves, and nothing is said of their being active. Whoever comes back counts as added. */
export function fateOf(said: Said, before: Standing | undefined): "added" | "changed" | "unchanged" | "stays" {
  if (before === undefined) return "added";
  const status = nextStatus(said.status, before);
  if (before.status === "left" && status !== "left") return "added";
  if (said.status === undefined && before.status === "left") return "stays";
  return status !== before.status || isShownAnew(merged(said, before), before) ? "changed" : "unchanged";
}

function overlaid(before: string, changes: string): string {
  const all = { ...(JSON.parse(before) as Record<string, string>), ...(JSON.parse(changes) as Record<string, string>) };
  return JSON.stringify(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== "")));
}

function isSame(one: string, other: string): boolean {
  return one === other || (one.length === other.length && sorted(one) === sorted(other));
}

function sorted(json: string): string {
  return JSON.stringify(
    Object.entries(JSON.parse(json) as object).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}
