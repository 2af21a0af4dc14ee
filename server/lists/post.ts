/** A post: one message addressed to one list, with its fate. */
import type { AskPlace } from "./composition.ts";
import type { DeliveryState } from "./delivery.ts";
import type { Recipients } from "./recipients.ts";

export type Disposition = "accepted" | "held" | "rejected";

/** How a post came: by mail (or a file of the operator's), from the panel at once, reserved for later, repeatedly, or as a reminder of another. */
export type PostOrigin = "mail" | "panel" | "scheduled" | "recurring" | "reminder";

/** What a post asks of its members and whom of the list it goes to. All that a mailed post has not is left out. */
export type PostAsks = {
  readonly origin: PostOrigin;
  /** Undefined: everybody. */
  readonly recipients: Recipients | undefined;
  readonly pollId: number | undefined;
  /** The post whose silent members this one reminds. */
  readonly reminds: number | undefined;
  readonly compositionId: number | undefined;
  readonly askPlace: AskPlace;
};

/**
 * What people see of a post's progress: `held` waits for an administrator, `waiting` for the end of its cool-off, `sending`
 * has copies still to go (first tries or retries), `sent` has none, `stopped` was ended by a person.
 */
export type PostState = "held" | "rejected" | "waiting" | "sending" | "sent" | "stopped";

export type Tally = Readonly<Record<DeliveryState, number>>;

export const emptyTally: Tally = { pending: 0, sending: 0, sent: 0, deferred: 0, failed: 0, bounced: 0, cancelled: 0 };

export type Post = PostAsks & {
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
  /** The attribute by which confirmations are counted: a family has confirmed when one of its members has. Empty: each member. */
  readonly countBy: string;
  /** Where it counts them: families that it went to, each member without a value (`singles`) among them. */
  readonly families: number;
  readonly singles: number;
  readonly acceptedAt: number;
  /** When the first copy may leave. */
  readonly startsAt: number;
  /** When every member had a delivery row; undefined while the recipients are still being written down. */
  readonly expandedAt: number | undefined;
  readonly stoppedAt: number | undefined;
  readonly tally: Tally;
  readonly responses: ResponseTally;
};

/**
 * How many copies were confirmed and answered; households: families that have confirmed, where the list counts by an attribute. A member
 * without a value is a family of one.
 */
export type ResponseTally = { readonly confirmed: number; readonly households: number; readonly answered: number };
export const noResponses: ResponseTally = { confirmed: 0, households: 0, answered: 0 };

/** Copies that may still leave. */
export function openCopies(tally: Tally): number {
  return tally.pending + tally.sending + tally.deferred;
}

/** Copies have not been tried yet. Retries that wait for their time are left out: they may take days. */
export function isBeingSent({
  expandedAt,
  stoppedAt,
  tally,
}: Pick<Post, "expandedAt" | "stoppedAt" | "tally">): boolean {
  return stoppedAt === undefined && (expandedAt === undefined || openCopies(tally) > tally.deferred);
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

/** How many of how many have confirmed: copies that were not cancelled, or families where the post counts them. */
export type Share = { readonly done: number; readonly all: number };

export function confirmedShare(post: Pick<Post, "tally" | "responses" | "countBy" | "families">): Share {
  const { tally, responses, countBy, families } = post;
  const [done, all] =
    countBy === "" ? [responses.confirmed, allCopies(tally) - tally.cancelled] : [responses.households, families];
  // Who confirmed and was cancelled afterwards still has.
  return { done, all: Math.max(done, all) };
}

/** How many of how many have answered the poll: always members. */
export function answeredShare({ tally, responses }: Pick<Post, "tally" | "responses">): Share {
  return { done: responses.answered, all: Math.max(responses.answered, allCopies(tally) - tally.cancelled) };
}
