/** Who left a list, and the two steps of it that members take by themselves: leaving, and coming back by the link of their goodbye. */
import { sql } from "kysely";
import type { EndedBy, MemberStatus } from "../../lists/member.ts";
import { bounceDaysToStop } from "./bounce-days.ts";
import type { Database, Kind, Write } from "../database/database.ts";
import { rowsOf } from "../database/rows.ts";
import { setStatuses } from "./save-members.ts";

/** A membership that has ended. */
export type Departure = {
  readonly membershipId: number;
  readonly address: string;
  readonly name: string;
  readonly leftAt: number;
  readonly endedBy: EndedBy;
};

/** A place in the order of leaving, newest first. */
export type DepartureKey = { readonly leftAt: number; readonly id: number };

export type DepartureFilter = {
  readonly before?: DepartureKey;
  readonly limit: number;
  /** Only those who left by themselves. */
  readonly byThemselves?: boolean;
};

/** What the way back is judged by. */
export type Standing = {
  readonly listId: number;
  readonly secret: Buffer;
  readonly status: MemberStatus;
  readonly leftAt: number | undefined;
  readonly endedBy: EndedBy | undefined;
  /** The leaving that was undone by its goodbye's link last. */
  readonly backFrom: number | undefined;
  /** Of who has left: had paused before. */
  readonly hadPaused: boolean;
};

/** More than this is told as "1,000 or more": nobody reads the exact number of a roll-over. */
export const mostCounted = 1000;

export class Departures {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest first, from below the place `before`. */
  async page(listId: number, { before, limit, byThemselves = false }: DepartureFilter): Promise<readonly Departure[]> {
    let query = this.#database.reader
      .selectFrom("membership as m")
      .innerJoin("membership_version as v", "v.id", "m.version_id")
      .select(["m.id", "v.address", "v.name", "m.left_at", "m.ended_by"])
      .where("m.list_id", "=", listId)
      // Literals, since an index of some rows is only taken where the statement itself says that it wants no others.
      .where("m.status", "=", sql.lit("left"))
      .orderBy("m.left_at", "desc")
      .orderBy("m.id", "desc")
      .limit(limit);
    if (byThemselves) query = query.where("m.ended_by", "=", sql.lit("member"));
    if (before !== undefined) query = query.where(sql<boolean>`(m.left_at, m.id) < (${before.leftAt}, ${before.id})`);
    return (await query.execute()).map((row) => ({
      membershipId: row.id,
      address: row.address,
      name: row.name,
      leftAt: row.left_at ?? 0,
      endedBy: row.ended_by ?? "administrator",
    }));
  }

  /** How many left each of the lists by themselves since then, at most `mostCounted`; a list that nobody left is not named. */
  async countsSince(listIds: readonly number[], since: number): Promise<ReadonlyMap<number, number>> {
    const { kind, reader } = this.#database;
    const from = rowsOf(
      kind,
      { alias: "n", columns: { list: "int" } },
      listIds.map((list) => ({ list })),
    );
    const { rows } = await sql<{ list: number; count: number }>`
      SELECT n.list, (SELECT count(*) FROM (SELECT 1 FROM membership WHERE list_id = n.list AND status = 'left' AND ended_by = 'member'
        AND left_at >= ${since} LIMIT ${mostCounted}) AS bounded) AS count FROM ${from}`.execute(reader);
    return new Map(rows.filter(({ count }) => count > 0).map(({ list, count }) => [list, count]));
  }

  /** Undefined when the membership is gone. */
  async standing(membershipId: number): Promise<Standing | undefined> {
    const row = await this.#database.reader
      .selectFrom("membership")
      .select(["list_id", "secret", "status", "left_at", "ended_by", "back_from", pausedBefore.as("paused")])
      .where("id", "=", membershipId)
      .executeTakeFirst();
    return (
      row && {
        listId: row.list_id,
        secret: row.secret,
        status: row.status,
        leftAt: row.left_at ?? undefined,
        endedBy: row.ended_by ?? undefined,
        backFrom: row.back_from ?? undefined,
        hadPaused: row.paused === 1,
      }
    );
  }
}

/** The member leaves by themselves. False when they had left before, so that two presses make one goodbye. */
export async function endByMember(
  write: Write,
  kind: Kind,
  { membershipId, now }: { readonly membershipId: number; readonly now: number },
): Promise<boolean> {
  const query = write.selectFrom("membership").select("status").where("id", "=", membershipId);
  const row = await (kind === "postgres" ? query.forUpdate() : query).executeTakeFirst();
  if (row === undefined || row.status === "left") return false;
  await setStatuses(write, { kind, now, by: "member", rows: [{ membership: membershipId, status: "left" }] });
  return true;
}

/** What somebody is again who is back: who had paused before leaving still gets nothing. False when there is no such member. */
export async function bringBack(
  write: Write,
  kind: Kind,
  { membershipId, now }: { readonly membershipId: number; readonly now: number },
): Promise<boolean> {
  const row = await write
    .selectFrom("membership")
    .select(pausedBefore.as("paused"))
    .where("id", "=", membershipId)
    .executeTakeFirst();
  if (row === undefined) return false;
  const status = row.paused === 1 ? "paused" : "active";
  await setStatuses(write, { kind, now, rows: [{ membership: membershipId, status }] });
  return true;
}

/**
 * Of who has left: receiving had ended before the membership did. Not of who was stopped since their mail came back, for whoever
 * returns has read some.
 */
const pausedBefore = sql<number>`CASE WHEN inactive_since < left_at AND bounce_days < ${sql.lit(bounceDaysToStop)} THEN 1 ELSE 0 END`;

/** Undoes exactly the leaving of that moment, if it was the member's own. False when it is undone already, or another came after it. */
export async function returnFrom(
  write: Write,
  kind: Kind,
  leaving: { readonly membershipId: number; readonly leftAt: number; readonly now: number },
): Promise<boolean> {
  const { membershipId, leftAt, now } = leaving;
  const { numUpdatedRows } = await write
    .updateTable("membership")
    .set({ back_from: leftAt })
    .where("id", "=", membershipId)
    .where("status", "in", ["left", "waiting"])
    .where("left_at", "=", leftAt)
    .where("ended_by", "=", "member")
    .executeTakeFirst();
  return numUpdatedRows > 0n && bringBack(write, kind, { membershipId, now });
}
