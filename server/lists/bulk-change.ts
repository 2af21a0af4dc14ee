/** One change of many members of a list: whom it is about, what it does, how far it is. */
import type { MemberStatus, StatusWish } from "./member.ts";

export const bulkVerbs = ["pause", "resume", "remove", "set"] as const;
export type BulkVerb = (typeof bulkVerbs)[number];

export type BulkState = "running" | "done" | "undoing" | "undone";

/** These members, or all whom a search and a status find. */
export type BulkScope =
  { readonly ids: readonly number[] } | { readonly search: string; readonly status: StatusWish | undefined };

export type BulkContent = {
  readonly scope: BulkScope;
  /** What `set` sets; an empty value takes the attribute away. */
  readonly attribute?: { readonly name: string; readonly value: string };
};

export type BulkChange = {
  readonly id: number;
  readonly listId: number;
  readonly verb: BulkVerb;
  readonly content: BulkContent;
  readonly state: BulkState;
  readonly changed: number;
  /** Given back by undoing. Who was changed by somebody else since is not. */
  readonly restored: number;
  readonly createdAt: number;
};

const from: Readonly<Record<Exclude<BulkVerb, "set">, readonly MemberStatus[]>> = {
  pause: ["active"],
  // Who waits for a confirmation, or has left, has not agreed to receive.
  resume: ["paused", "bounced"],
  remove: ["active", "paused", "bounced"],
};
const to = { pause: "paused", resume: "active", remove: "left" } as const;

/** The status that a member gets; their own when the change is nothing to them. */
export function statusAfter(verb: BulkVerb, status: MemberStatus): MemberStatus {
  return verb !== "set" && from[verb].includes(status) ? to[verb] : status;
}
