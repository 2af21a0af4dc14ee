/** What happened to a membership, as facts for a page: since when, how it came about, how it ended. */
import type { Member } from "../../lists/member.ts";
import type { PanelState } from "../panel-context.ts";

export type Fact = { readonly label: string; readonly text: string; readonly iso: string };

export function presentMembership(member: Member, { words: w, dates }: PanelState): readonly Fact[] {
  const fact = (label: string, at: number, how?: string): Fact => ({
    label,
    text: `${dates.dateTime(at)}${how === undefined ? "" : `${w.app.between}${how}`}`,
    iso: new Date(at).toISOString(),
  });
  const { createdAt, joinedBy, leftAt, endedBy, arrivedAt } = member;
  return [
    fact(w.members.since, createdAt, w.memberPage.joinedBy[joinedBy]),
    ...(arrivedAt === undefined ? [] : [fact(w.memberPage.arrived, arrivedAt)]),
    ...(leftAt === undefined ? [] : [fact(w.memberPage.left, leftAt, endedBy && w.memberPage.endedBy[endedBy])]),
  ];
}
