/**
 * How many memberships of a list are in each status, kept beside them: a page with 400 lists, or one of a million members, must
 * not count rows. Every statement that makes, moves or removes memberships adds its differences here in the same transaction; a
 * test recounts.
 */
import { sql } from "kysely";
import { memberStatuses } from "../../lists/member.ts";
import type { MemberStatus, StatusWish } from "../../lists/member.ts";
import type { Database, Kind, Write } from "../database/database.ts";
import { rowsOf } from "../database/rows.ts";

export type MemberMove = {
  readonly listId: number;
  /** Undefined: the membership is new. */
  readonly from: MemberStatus | undefined;
  /** Undefined: it is removed. */
  readonly to: MemberStatus | undefined;
};

export async function addMemberMoves(write: Write, kind: Kind, moves: readonly MemberMove[]): Promise<void> {
  const sums = new Map<string, { list: number; status: MemberStatus; count: number }>();
  const add = (list: number, status: MemberStatus, count: number): void => {
    const key = `${list} ${status}`;
    sums.set(key, { list, status, count: (sums.get(key)?.count ?? 0) + count });
  };
  for (const { listId, from, to } of moves) {
    if (from === to) continue;
    if (from !== undefined) add(listId, from, -1);
    if (to !== undefined) add(listId, to, 1);
  }
  const rows = [...sums.values()].filter((sum) => sum.count !== 0);
  if (rows.length === 0) return;
  const source = rowsOf(kind, { alias: "n", columns: { list: "int", status: "text", count: "int" } }, rows);
  await sql`INSERT INTO member_tally (list_id, status, count) SELECT n.list, n.status, n.count FROM ${source} WHERE 1 = 1
    ON CONFLICT (list_id, status) DO UPDATE SET count = member_tally.count + excluded.count`.execute(write);
}

export type MemberCounts = Readonly<Record<MemberStatus, number>>;

/** How many they are. */
export function countOf(counts: MemberCounts, status: StatusWish | undefined): number {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (status === undefined) return all;
  return status === "present" ? all - counts.left : counts[status];
}

export async function memberCounts(database: Database, listId: number): Promise<MemberCounts> {
  const rows = await database.reader
    .selectFrom("member_tally")
    .select(["status", "count"])
    .where("list_id", "=", listId)
    .execute();
  const known = new Map(rows.map(({ status, count }) => [status, count]));
  return Object.fromEntries(memberStatuses.map((status) => [status, known.get(status) ?? 0])) as MemberCounts;
}
