/** What happened to a membership, as facts for a page: since when, how it came about, how it ended. */
import type { Member } from "../../lists/member.ts";
import type { PanelState } from "../panel-context.ts";

export type Fact = {
  readonly label: string;
  readonly time: string;
  readonly iso: string;
  readonly how: string | undefined;
};

export function presentMembership(member: Member, { words: w, dates }: PanelState): readonly Fact[] {
  const fact = (label: string, at: number, how?: string): Fact => ({
    label,
    time: dates.dateTime(at),
    iso: new Date(at).toISOString(),
    how,
  });
  const { createdAt, joinedBy, leftAt, endedBy, arrivedAt } = member;
  return [
    fact(w.members.since, createdAt, w.memberPage.joinedBy[joinedBy]),
    ...(arrivedAt === undefined ? [] : [fact(w.memberPage.arrived, arrivedAt)]),
    ...(leftAt === undefined ? [] : [fact(w.memberPage.left, leftAt, endedBy && w.memberPage.endedBy[endedBy])]),
  ];
}
