/** Schedules as stations and pages look at them, and what people do to them with a button: each tells whether it came in time. */
import type { Selectable } from "kysely";
import { sql } from "kysely";
import type { RawBuilder, SqlBool } from "kysely";
import type { CompositionContent } from "../../lists/composition.ts";
import type { ScheduleFault, ScheduleRule, ScheduleState } from "../../lists/schedule.ts";
import { readContent } from "./compositions.ts";
import type { Database } from "../database/database.ts";
import type { Schema } from "../schema/schema.ts";

/** The octets of the last occurrence, to be sent again as long as they would be the same: `key` says of what they were made. */
export type KeptOctets = { readonly messageId: number; readonly key: string };

export type Schedule = {
  readonly id: number;
  readonly compositionId: number;
  /** Who made it; undefined when the account is gone. */
  readonly accountId: number | undefined;
  readonly rule: ScheduleRule;
  /** IANA name. */
  readonly zone: string;
  readonly state: ScheduleState;
  /** Undefined unless it is active. */
  readonly nextAt: number | undefined;
  /** Undefined: no end. */
  readonly remaining: number | undefined;
  /** Its first time, when its content was last written. */
  readonly firstAt: number;
  /** What was due before is not made up for. */
  readonly notBefore: number;
  readonly fault: ScheduleFault | undefined;
  /** Titles of the lists on which it failed. */
  readonly faultLists: string;
  readonly kept: KeptOctets | undefined;
  /** Rises with each change that somebody makes. */
  readonly edition: number;
  readonly createdAt: number;
  readonly changedAt: number;
};

export type Timing = Pick<Schedule, "rule" | "zone" | "remaining"> & { readonly nextAt: number };

export type ScheduleWithContent = Schedule & { readonly content: CompositionContent };

/** Whose lists' schedules are meant; undefined: those of all. */
type Viewer = { readonly accountId: number | undefined };

export class Schedules {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(id: number): Promise<Schedule | undefined> {
    const row = await this.#select().where("id", "=", id).executeTakeFirst();
    return row && toSchedule(row);
  }

  async findByComposition(compositionId: number): Promise<Schedule | undefined> {
    const row = await this.#select().where("composition_id", "=", compositionId).executeTakeFirst();
    return row && toSchedule(row);
  }

  /** Those whose time has come, the longest waiting first. */
  async due(now: number): Promise<readonly Schedule[]> {
    const due = this.#select().where("next_at", "is not", null).where("next_at", "<=", now);
    return (await due.orderBy("next_at").limit(50).execute()).map(toSchedule);
  }

  /** When the next time of any comes. */
  async nextAt(): Promise<number | undefined> {
    const row = await this.#select().where("next_at", "is not", null).orderBy("next_at").limit(1).executeTakeFirst();
    return row?.next_at ?? undefined;
  }

  /** The lists of its composition that are not purged. */
  async listsOf(id: number): Promise<readonly number[]> {
    const rows = this.#database.reader.selectFrom("schedule_list").select("list_id").where("schedule_id", "=", id);
    return (await rows.orderBy("list_id").execute()).map((row) => row.list_id);
  }

  /** Active ones, the next first; `listId`: of that list alone. */
  async coming(viewer: Viewer & { readonly listId?: number }, limit: number): Promise<readonly ScheduleWithContent[]> {
    return this.#withContent(sql`s.next_at IS NOT NULL AND ${seenBy(viewer)} ORDER BY s.next_at LIMIT ${limit}`);
  }

  /** Of the state, the newest first; from before the schedule with this id. */
  async inState(
    viewer: Viewer & { readonly listId?: number },
    {
      states,
      before,
      limit,
    }: {
      readonly states: readonly ScheduleState[];
      readonly before?: number | undefined;
      readonly limit: number;
    },
  ): Promise<readonly ScheduleWithContent[]> {
    const older = before === undefined ? sql`` : sql`AND s.id < ${before}`;
    return this.#withContent(
      sql`s.state IN (${sql.join(states)}) AND ${seenBy(viewer)} ${older} ORDER BY s.id DESC LIMIT ${limit}`,
    );
  }

  /** False when it is not in one of these states any more. */
  async setState(
    id: number,
    {
      from,
      to,
      timing,
    }: {
      readonly from: readonly ScheduleState[];
      readonly to: ScheduleState;
      /** Of one that goes on. */
      readonly timing?: Pick<Timing, "nextAt" | "remaining">;
    },
    now: number,
  ): Promise<boolean> {
    const result = await this.#database.write((write) =>
      write
        .updateTable("schedule")
        .set((each) => ({
          state: to,
          next_at: timing?.nextAt ?? null,
          ...(timing && { remaining: timing.remaining ?? null, fault: null, fault_lists: "", not_before: 0 }),
          edition: each("edition", "+", 1),
          changed_at: now,
        }))
        .where("id", "=", id)
        .where("state", "in", from)
        .where(timing === undefined ? sql<SqlBool>`1 = 1` : isToCome(timing.nextAt))
        .executeTakeFirst(),
    );
    return result.numUpdatedRows > 0n;
  }

  /** Other times. False when somebody has changed it since `edition`, or the next of them was just sent. */
  async setTiming(id: number, { edition, timing }: { readonly edition: number; readonly timing: Timing }, now: number) {
    const result = await this.#database.write((write) =>
      write
        .updateTable("schedule")
        .set({ ...timingColumns(timing), edition: edition + 1, changed_at: now })
        .where("id", "=", id)
        .where("edition", "=", edition)
        .where(isToCome(timing.nextAt))
        .executeTakeFirst(),
    );
    return result.numUpdatedRows > 0n;
  }

  #select() {
    return this.#database.reader.selectFrom("schedule").selectAll();
  }

  async #withContent(where: RawBuilder<unknown>): Promise<readonly ScheduleWithContent[]> {
    const { rows } = await sql<
      Selectable<Schema["schedule"]> & { content: string }
    >`SELECT s.*, c.content FROM schedule AS s JOIN composition AS c ON c.id = s.composition_id WHERE ${where}`.execute(
      this.#database.reader,
    );
    return rows.map((row) => ({ ...toSchedule(row), content: readContent(row.content) }));
  }
}

/** A new time makes it active, whatever it was. */
export function timingColumns({ rule, zone, nextAt, remaining }: Timing) {
  return {
    rule: JSON.stringify(rule),
    zone,
    next_at: nextAt,
    remaining: remaining ?? null,
    state: "active" as const,
    fault: null,
    fault_lists: "",
    not_before: 0,
  };
}

/** A condition on the schedule: a time that was sent while somebody looked at their form is not sent again. */
export function isToCome(nextAt: number): RawBuilder<SqlBool> {
  return sql<SqlBool>`NOT EXISTS (SELECT 1 FROM occurrence AS o WHERE o.schedule_id = schedule.id AND o.due_at >= ${nextAt})`;
}

function seenBy({ accountId, listId }: Viewer & { readonly listId?: number }): RawBuilder<SqlBool> {
  const of = (more: RawBuilder<unknown>): RawBuilder<SqlBool> =>
    sql<SqlBool>`s.id IN (SELECT l.schedule_id FROM schedule_list AS l ${more})`;
  if (listId !== undefined) return of(sql`WHERE l.list_id = ${listId}`);
  return accountId === undefined
    ? sql<SqlBool>`1 = 1`
    : of(sql`JOIN administrator AS a ON a.list_id = l.list_id WHERE a.account_id = ${accountId}`);
}

function toSchedule(row: Selectable<Schema["schedule"]>): Schedule {
  return {
    id: row.id,
    compositionId: row.composition_id,
    accountId: row.account_id ?? undefined,
    // Written by this program only.
    rule: JSON.parse(row.rule) as ScheduleRule,
    zone: row.zone,
    state: row.state,
    nextAt: row.next_at ?? undefined,
    remaining: row.remaining ?? undefined,
    firstAt: row.first_at,
    notBefore: row.not_before,
    fault: row.fault ?? undefined,
    faultLists: row.fault_lists,
    kept: row.message_id === null ? undefined : { messageId: row.message_id, key: row.octets_key },
    edition: row.edition,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}
