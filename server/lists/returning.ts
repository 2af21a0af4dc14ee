/** The way back after leaving: who may take it, and for how long. */
import type { EndedBy, MemberStatus } from "./member.ts";

/** From the moment of leaving. */
export const returnMs = 30 * 86_400_000;

/** Who was removed does not come back by themselves: an administrator had a reason. */
export function canReturn(
  member: {
    readonly status: MemberStatus;
    readonly leftAt: number | undefined;
    readonly endedBy: EndedBy | undefined;
  },
  now: number,
): boolean {
  const { status, leftAt, endedBy } = member;
  return (
    (status === "left" || status === "waiting") &&
    endedBy === "member" &&
    leftAt !== undefined &&
    now < leftAt + returnMs
  );
}
