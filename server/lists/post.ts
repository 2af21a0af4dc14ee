/** A post: one message addressed to one list, with its fate. */
import type { DeliveryState } from "./delivery.ts";

export type Disposition = "accepted" | "held" | "rejected";

/**
 * What people see of a post's progress: `held` waits for an administrator, `waiting` for the end of its cool-off, `sending`
 * has copies still to go (first tries or retries), `sent` has none, `stopped` was ended by a person.
 */
export type PostState = "held" | "rejected" | "waiting" | "sending" | "sent" | "stopped";

export type Tally = Readonly<Record<DeliveryState, number>>;

export const emptyTally: Tally = { pending: 0, sending: 0, sent: 0, deferred: 0, failed: 0, bounced: 0, cancelled: 0 };

export type Post = {
  readonly id: number;
  readonly listId: number;
  readonly listName: string;
  /** Short, per list, from 1. */
  readonly number: number;
  readonly messageId: number;
  readonly authorAddress: string;
  readonly authorName: string;
  readonly subject: string;
  readonly disposition: Disposition;
  readonly asksConfirmation: boolean;
  readonly acceptedAt: number;
  /** When the first copy may leave. */
  readonly startsAt: number;
  /** When every member had a delivery row; undefined while the recipients are still being written down. */
  readonly expandedAt: number | undefined;
  readonly stoppedAt: number | undefined;
  readonly tally: Tally;
};

/** Copies that may still leave. */
export function openCopies(tally: Tally): number {
  return tally.pending + tally.sending + tally.deferred;
}

export function allCopies(tally: Tally): number {
  return Object.values(tally).reduce((sum, count) => sum + count, 0);
}

export function postState(
  post: Pick<Post, "disposition" | "startsAt" | "expandedAt" | "stoppedAt" | "tally">,
  now: number,
): PostState {
  if (post.disposition !== "accepted") return post.disposition;
  if (post.stoppedAt !== undefined) return "stopped";
  if (post.expandedAt === undefined) return post.startsAt > now ? "waiting" : "sending";
  return openCopies(post.tally) > 0 ? "sending" : "sent";
}
