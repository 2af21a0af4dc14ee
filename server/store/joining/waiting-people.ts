/** People who wait to be members: seen by administrators, let in by them, or looked up when they write again. */
import { sql } from "kysely";
import type { DeliveryState } from "../../lists/delivery.ts";
import type { Language } from "../../lists/mailing-list.ts";
import { canonicalAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import type { Database, Kind, Write } from "../database/database.ts";
import { rowsOf } from "../database/rows.ts";
import { setStatuses } from "../members/save-members.ts";

export type WaitingPerson = {
  readonly membershipId: number;
  readonly address: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** When they asked last, or were put down as waiting by an administrator. */
  readonly askedAt: number;
  /** When the person confirmed; an administrator has the last word. */
  readonly confirmedAt: number | undefined;
  /** Whether the person left before, and would be back. */
  readonly wasMember: boolean;
  /** Of the newest confirmation mail; undefined when none was ever sent. */
  readonly mail: { readonly state: DeliveryState; readonly reply: string; readonly sentTo: string } | undefined;
  readonly expiresAt: number | undefined;
};

export type WaitingFilter = {
  /** The last membership of the page before. */
  readonly before?: number | undefined;
  readonly limit: number;
  /** Only those who have confirmed. */
  readonly confirmed?: boolean;
};

/** What somebody who writes to a list already is there, and the language they chose. */
export type PersonOnList = {
  readonly language: Language | undefined;
  /** Confirmed, and an administrator has not said yes yet. */
  readonly awaitsApproval: boolean;
};

/** More than this is told as "or more". */
export const mostCounted = 1000;

export class WaitingPeople {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The newest memberships first. */
  async page(listId: number, { before, limit, confirmed = false }: WaitingFilter): Promise<readonly WaitingPerson[]> {
    let query = this.#select()
      .where("m.list_id", "=", listId)
      .where("m.status", "=", sql.lit("waiting"))
      .orderBy("m.id", "desc")
      .limit(limit);
    if (confirmed) query = query.where("m.confirmed_at", "is not", null);
    if (before !== undefined) query = query.where("m.id", "<", before);
    return (await query.execute()).map(toWaiting);
  }

  /** Those of these memberships that wait on the list. */
  async find(listId: number, membershipIds: readonly number[]): Promise<readonly WaitingPerson[]> {
    if (membershipIds.length === 0) return [];
    const query = this.#select().where("m.list_id", "=", listId).where("m.id", "in", membershipIds);
    return (await query.where("m.status", "=", "waiting").execute()).map(toWaiting);
  }

  /** How many have confirmed and wait for an administrator, at most `mostCounted`. */
  async awaitingApproval(listId: number): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*) AS count FROM (SELECT 1 FROM membership WHERE list_id = ${listId} AND status = 'waiting'
        AND confirmed_at IS NOT NULL LIMIT ${mostCounted}) AS bounded`.execute(this.#database.reader);
    return rows[0]?.count ?? 0;
  }

  /** Undefined: nobody has this address. */
  async personOnList(listId: number, address: Address): Promise<PersonOnList | undefined> {
    const row = await this.#database.reader
      .selectFrom("address as a")
      .innerJoin("person", "person.id", "a.person_id")
      .leftJoin("membership as m", (join) => join.onRef("m.person_id", "=", "person.id").on("m.list_id", "=", listId))
      .select(["person.language", "m.status", "m.confirmed_at"])
      .where("a.canonical", "=", canonicalAddress(address))
      .executeTakeFirst();
    return (
      row && {
        language: row.language ?? undefined,
        awaitsApproval: row.status === "waiting" && row.confirmed_at !== null,
      }
    );
  }

  #select() {
    return this.#database.reader
      .selectFrom("membership as m")
      .innerJoin("membership_version as v", "v.id", "m.version_id")
      .leftJoin("request as r", (join) =>
        join.on("r.id", "=", sql<number>`(SELECT max(id) FROM request WHERE membership_id = m.id AND kind = 'join')`),
      )
      .leftJoin("delivery as d", "d.id", "r.delivery_id")
      .select([
        "m.id",
        "m.created_at",
        "m.confirmed_at",
        "m.left_at",
        "v.address",
        "v.name",
        "v.attributes",
        "r.created_at as asked_at",
        "r.expires_at",
        "r.address as sent_to",
        "d.state",
        "d.reply",
      ]);
  }
}

/**
 * An administrator lets these in who wait on the list: set-wise, up to some hundreds. Who had not confirmed is a member by the
 * administrator's hand. The memberships that were let in.
 */
export async function letIn(write: Write, { kind, listId, membershipIds, now }: LetIn): Promise<readonly number[]> {
  const wanted = rowsOf(
    kind,
    { alias: "n", columns: { id: "int" } },
    membershipIds.map((id) => ({ id })),
  );
  const { rows } = await sql<{ id: number }>`
    SELECT m.id FROM ${wanted} JOIN membership AS m ON m.id = n.id WHERE m.list_id = ${listId} AND m.status = 'waiting'
    ${kind === "postgres" ? sql`FOR UPDATE OF m` : sql``}`.execute(write);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const found = rowsOf(kind, { alias: "n", columns: { id: "int" } }, rows);
  await sql`UPDATE membership SET joined_by = CASE WHEN confirmed_at IS NULL THEN 'administrator' ELSE joined_by END
    FROM ${found} WHERE membership.id = n.id`.execute(write);
  await sql`UPDATE request SET done_at = ${now}, done_by = 'administrator' FROM ${found}
    WHERE request.membership_id = n.id AND request.kind = 'join' AND request.done_at IS NULL`.execute(write);
  await setStatuses(write, { kind, now, rows: ids.map((membership) => ({ membership, status: "active" })) });
  return ids;
}

type LetIn = {
  readonly kind: Kind;
  readonly listId: number;
  readonly membershipIds: readonly number[];
  readonly now: number;
};

function toWaiting(row: {
  id: number;
  created_at: number;
  confirmed_at: number | null;
  left_at: number | null;
  address: string;
  name: string;
  attributes: string;
  asked_at: number | null;
  expires_at: number | null;
  sent_to: string | null;
  state: DeliveryState | null;
  reply: string | null;
}): WaitingPerson {
  return {
    membershipId: row.id,
    address: row.address,
    name: row.name,
    attributes: JSON.parse(row.attributes) as Readonly<Record<string, string>>,
    askedAt: row.asked_at ?? row.created_at,
    confirmedAt: row.confirmed_at ?? undefined,
    wasMember: row.left_at !== null,
    mail: row.state === null ? undefined : { state: row.state, reply: row.reply ?? "", sentTo: row.sent_to ?? "" },
    expiresAt: row.expires_at ?? undefined,
  };
}
