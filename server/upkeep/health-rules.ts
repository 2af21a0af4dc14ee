/** When the server's people are warned: rules over plain facts, so that each can be read, and tried, by itself. */
import type { FailureDay } from "../store/members/failure-days.ts";

export type Warning =
  | { readonly kind: "disk"; readonly freeBytes: number }
  | {
      readonly kind: "certificate";
      readonly listener: "smtp" | "web";
      readonly endsAt: number;
      readonly isOver: boolean;
    }
  /** `lastAt` undefined: there was never one. */
  | { readonly kind: "backup"; readonly lastAt: number | undefined }
  /** Copies are due and nothing moves. */
  | { readonly kind: "queue-still"; readonly since: number }
  /** So many members of a list were refused for good on one day that none of it counts against them. */
  | ({ readonly kind: "many-failed" } & FailureDay)
  /** Try after try ends with the same words. */
  | { readonly kind: "queue-refused"; readonly since: number; readonly reply: string };

const gigabyte = 1_073_741_824;
const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Always warned below `least`; below `part` of the disk only while that is less than `enough`, since a large disk's last part is large. */
const disk = { least: gigabyte, part: 0.05, enough: 20 * gigabyte };
/** Let's Encrypt renews thirty days before the end: by then it has failed for two weeks. */
const certificateMs = 14 * dayMs;
const backupMs = 7 * dayMs;
const stillMs = 15 * minuteMs;
/** Tries in a row, each of another copy, that end with the same words of the next server about a copy. */
const sameReplies = 10;
/** The same where it is about the connection, such as a password that the relay refuses. */
const sameTroubles = 2;

/** Failures of a day and a half: a weekend's are seen on Monday by their mail. */
export const manyFailedMs = 1.5 * dayMs;

/** The latest of them: what ails one list's mail most likely ails that of the others. */
export function manyFailedWarning(days: readonly FailureDay[]): Warning | undefined {
  const day = days.at(-1);
  return day && { kind: "many-failed", ...day };
}

export function diskWarning(space: { readonly free: number; readonly total: number }): Warning | undefined {
  const { free, total } = space;
  const isFull = free < disk.least || (free < total * disk.part && free < disk.enough);
  return isFull ? { kind: "disk", freeBytes: free } : undefined;
}

export function certificateWarning(
  { listener, endsAt }: { readonly listener: "smtp" | "web"; readonly endsAt: number },
  now: number,
): Warning | undefined {
  return endsAt - now < certificateMs ? { kind: "certificate", listener, endsAt, isOver: endsAt <= now } : undefined;
}

/** A server that is younger than a week has had no need yet. */
export function backupWarning(
  { lastAt, bornAt }: { readonly lastAt: number | undefined; readonly bornAt: number | undefined },
  now: number,
): Warning | undefined {
  const from = lastAt ?? bornAt;
  return from !== undefined && now - from > backupMs ? { kind: "backup", lastAt } : undefined;
}

export function stillWarning(
  { oldestDue, lastOutcomeAt }: { readonly oldestDue: number | undefined; readonly lastOutcomeAt: number },
  now: number,
): Warning | undefined {
  if (oldestDue === undefined || now - oldestDue < stillMs || now - lastOutcomeAt < stillMs) return undefined;
  return { kind: "queue-still", since: Math.max(oldestDue, lastOutcomeAt) };
}

/** Copies that were tried one after the other, none of them taken, and what was said each time. */
export type Streak = {
  readonly reply: string;
  readonly since: number;
  readonly copies: number;
  readonly tries: number;
};

export function refusedWarning(streak: Streak | undefined): Warning | undefined {
  if (streak === undefined) return undefined;
  const { reply, since, copies, tries } = streak;
  // What is tried again and begins with a 4 is the server's word on a copy; all else is trouble with the server itself.
  const isAboutCopy = /^4\d\d/.test(reply);
  const isStuck = isAboutCopy ? copies >= sameReplies : tries >= sameTroubles;
  return isStuck ? { kind: "queue-refused", since, reply } : undefined;
}
