/** Members of a list: reading, adding in batches, changing. Every change of what a copy shows makes a new version. */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import { canonicalAddress, displayAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import type { Attributes, Member, MemberStatus } from "../lists/member.ts";
import type { Database, Write } from "./database.ts";
import { contains } from "./like.ts";
import { findOrAddPersons } from "./people.ts";
import { randomSecret, rowsOf } from "./rows.ts";
import type { Schema } from "./schema.ts";

export type NewMember = { readonly address: Address; readonly name: string; readonly attributes: Attributes; readonly status?: MemberStatus };

/** What became of each row of a batch: new on the list, back again, changed, or as it was. */
export type SaveCounts = { readonly added: number; readonly changed: number; readonly unchanged: number };

export type MemberPage = { readonly after?: number; readonly limit: number; readonly search?: string; readonly status?: MemberStatus };

/** Rows a transaction: keeps each write far below 20 ms. */
const batchRows = 250;

type Current = { readonly id: number; readonly person_id: number; readonly status: MemberStatus; readonly address: string; readonly name: string; readonly attributes: string };

export class Members {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Makes these people members, active unless said otherwise; who is there already gets the new name and attributes. */
  async save(listId: number, people: readonly NewMember[], now: number): Promise<SaveCounts> {
    const counts = { added: 0, changed: 0, unchanged: 0 };
    for (let start = 0; start < people.length; start += batchRows) {
      const batch = uniqueByAddress(people.slice(start, start + batchRows));
      const saved = await this.#database.write((write) => this.#saveBatch(write, { listId, people: batch, now }));
      counts.added += saved.added;
      counts.changed += saved.changed;
      counts.unchanged += saved.unchanged;
    }
    return counts;
  }

  async find(membershipId: number): Promise<Member | undefined> {
    const row = await this.#select().where("membership.id", "=", membershipId).executeTakeFirst();
    return row && toMember(row);
  }

  async findByAddress(listId: number, address: Address): Promise<Member | undefined> {
    const person = this.#database.reader.selectFrom("address").select("person_id").where("canonical", "=", canonicalAddress(address));
    const row = await this.#select().where("membership.list_id", "=", listId).where("membership.person_id", "=", person).executeTakeFirst();
    return row && toMember(row);
  }

  /** For checking a token; undefined when the membership is gone. */
  async secretOf(membershipId: number): Promise<Buffer | undefined> {
    const row = await this.#database.reader.selectFrom("membership").select("secret").where("id", "=", membershipId).executeTakeFirst();
    return row?.secret;
  }

  /** In the order of their joining, from after the member with id `after`. */
  async page(listId: number, { after = 0, limit, search = "", status }: MemberPage): Promise<readonly Member[]> {
    let query = this.#select().where("membership.list_id", "=", listId).where("membership.id", ">", after).orderBy("membership.id").limit(limit);
    if (status !== undefined) query = query.where("membership.status", "=", status);
    if (search !== "") query = query.where((each) => each.or([contains(each.ref("v.address"), search), contains(each.ref("v.name"), search), contains(each.ref("v.attributes"), search)]));
    return (await query.execute()).map(toMember);
  }

  async counts(listId: number): Promise<Readonly<Record<MemberStatus, number>>> {
    const rows = await this.#database.reader
      .selectFrom("membership")
      .select(["status", (each) => each.fn.countAll<number>().as("count")])
      .where("list_id", "=", listId)
      .groupBy("status")
      .execute();
    const counts = { waiting: 0, active: 0, paused: 0, bounced: 0, left: 0 };
    for (const row of rows) counts[row.status] = Number(row.count);
    return counts;
  }

  /** Ends or renews receiving. False when there is no such member. */
  async setStatus(membershipId: number, status: MemberStatus, now: number): Promise<boolean> {
    return this.#database.write(async (write) => {
      const changed = await write
        .updateTable("membership")
        .set(statusColumns(status, now))
        .where("id", "=", membershipId)
        .where("status", "!=", status)
        .executeTakeFirst();
      if (changed.numUpdatedRows > 0n) return true;
      return (await write.selectFrom("membership").select("id").where("id", "=", membershipId).executeTakeFirst()) !== undefined;
    });
  }

  /**
   * Changes address, name or attributes. `conflict`: somebody changed the member since `versionId` was read; `taken`: the
   * new address is another person's who is on the list.
   */
  async edit(
    membershipId: number,
    change: { readonly address: Address; readonly name: string; readonly attributes: Attributes; readonly versionId: number },
    now: number,
  ): Promise<"done" | "conflict" | "taken" | "missing"> {
    return this.#database.write(async (write) => {
      const current = await write.selectFrom("membership").select(["list_id", "version_id", "person_id"]).where("id", "=", membershipId).executeTakeFirst();
      if (current === undefined) return "missing";
      if (current.version_id !== change.versionId) return "conflict";
      const persons = await findOrAddPersons(write, this.#database.kind, { people: [change], now });
      const personId = persons.get(canonicalAddress(change.address)) ?? current.person_id;
      if (personId !== current.person_id) {
        const other = await write.selectFrom("membership").select("id").where("list_id", "=", current.list_id).where("person_id", "=", personId).executeTakeFirst();
        if (other !== undefined) return "taken";
      }
      const version = await this.#addVersion(write, membershipId, { ...change, now });
      await write.updateTable("membership").set({ person_id: personId, version_id: version }).where("id", "=", membershipId).execute();
      return "done";
    });
  }

  async #addVersion(write: Write, membershipId: number, version: { readonly address: Address; readonly name: string; readonly attributes: Attributes; readonly now: number }): Promise<number> {
    const row = { membership_id: membershipId, address: displayAddress(version.address), name: version.name, attributes: JSON.stringify(version.attributes), created_at: version.now };
    return (await write.insertInto("membership_version").values(row).returning("id").executeTakeFirstOrThrow()).id;
  }

  #select() {
    return this.#database.reader
      .selectFrom("membership")
      .innerJoin("membership_version as v", "v.id", "membership.version_id")
      .select(["membership.id", "membership.list_id", "membership.person_id", "membership.status", "membership.created_at", "v.id as version_id", "v.address", "v.name", "v.attributes"]);
  }

  async #saveBatch(write: Write, { listId, people, now }: { readonly listId: number; readonly people: readonly NewMember[]; readonly now: number }): Promise<SaveCounts> {
    const kind = this.#database.kind;
    const persons = await findOrAddPersons(write, kind, { people, now });
    const wanted = people.map((one) => ({
      person: persons.get(canonicalAddress(one.address)) ?? 0,
      address: displayAddress(one.address),
      name: one.name,
      attributes: JSON.stringify(one.attributes),
      status: one.status,
    }));
    const known = new Map((await currentMembers(write, listId, wanted.map((one) => one.person))).map((row) => [row.person_id, row]));
    const changed = wanted.filter((one) => {
      const before = known.get(one.person);
      return before === undefined || before.name !== one.name || before.attributes !== one.attributes || before.address !== one.address || before.status !== (one.status ?? "active");
    });
    if (changed.length === 0) return { added: 0, changed: 0, unchanged: people.length };
    const fresh = changed.filter((one) => !known.has(one.person));
    await insertMemberships(write, { kind, listId, now, persons: fresh.map((one) => one.person) });
    await insertVersions(write, { kind, listId, now, rows: changed });
    await setStatuses(write, { kind, listId, now, rows: changed.map((one) => ({ person: one.person, status: one.status ?? "active" })) });
    return { added: fresh.length, changed: changed.length - fresh.length, unchanged: people.length - changed.length };
  }
}

function statusColumns(status: MemberStatus, now: number): { status: MemberStatus; active_since?: number; inactive_since: number | null } {
  return status === "active" ? { status, active_since: now, inactive_since: null } : { status, inactive_since: now };
}

function currentMembers(write: Write, listId: number, persons: readonly number[]): Promise<Current[]> {
  return write
    .selectFrom("membership")
    .innerJoin("membership_version as v", "v.id", "membership.version_id")
    .select(["membership.id", "membership.person_id", "membership.status", "v.address", "v.name", "v.attributes"])
    .where("membership.list_id", "=", listId)
    .where("membership.person_id", "in", persons.length > 0 ? persons : [0])
    .execute();
}

type BatchContext = { readonly kind: Database["kind"]; readonly listId: number; readonly now: number };

async function insertMemberships(write: Write, { kind, listId, now, persons }: BatchContext & { readonly persons: readonly number[] }): Promise<void> {
  if (persons.length === 0) return;
  const from = rowsOf(kind, { alias: "n", columns: { person: "int" } }, persons.map((person) => ({ person })));
  await sql`INSERT INTO membership (list_id, person_id, status, secret, created_at)
    SELECT ${listId}, n.person, 'waiting', ${randomSecret(kind)}, ${now} FROM ${from}`.execute(write);
}

/** A version for each row, which becomes the membership's current one. */
async function insertVersions(
  write: Write,
  { kind, listId, now, rows }: BatchContext & { readonly rows: readonly { person: number; address: string; name: string; attributes: string }[] },
): Promise<void> {
  const from = rowsOf(kind, { alias: "n", columns: { person: "int", address: "text", name: "text", attributes: "text" } }, rows);
  const made = await sql<{ id: number; membership_id: number }>`
    INSERT INTO membership_version (membership_id, address, name, attributes, created_at)
    SELECT membership.id, n.address, n.name, n.attributes, ${now} FROM ${from}
    JOIN membership ON membership.list_id = ${listId} AND membership.person_id = n.person RETURNING id, membership_id`.execute(write);
  const current = rowsOf(kind, { alias: "n", columns: { id: "int", membership_id: "int" } }, made.rows);
  await sql`UPDATE membership SET version_id = n.id FROM ${current} WHERE membership.id = n.membership_id`.execute(write);
}

async function setStatuses(write: Write, { kind, listId, now, rows }: BatchContext & { readonly rows: readonly { person: number; status: MemberStatus }[] }): Promise<void> {
  const from = rowsOf(kind, { alias: "n", columns: { person: "int", status: "text" } }, rows);
  await sql`UPDATE membership SET status = n.status,
      active_since = CASE WHEN n.status = 'active' THEN ${now} ELSE active_since END,
      inactive_since = CASE WHEN n.status = 'active' THEN NULL ELSE ${now} END
    FROM ${from} WHERE membership.list_id = ${listId} AND membership.person_id = n.person AND membership.status <> n.status`.execute(write);
}

/** The last row of an address wins, as in a spreadsheet that repeats a line. */
function uniqueByAddress(people: readonly NewMember[]): readonly NewMember[] {
  return [...new Map(people.map((one) => [canonicalAddress(one.address), one])).values()];
}

function toMember(row: Pick<Selectable<Schema["membership"]>, "id" | "list_id" | "person_id" | "status" | "created_at"> & { version_id: number; address: string; name: string; attributes: string }): Member {
  return {
    id: row.id,
    listId: row.list_id,
    personId: row.person_id,
    address: row.address,
    name: row.name,
    status: row.status,
    attributes: JSON.parse(row.attributes) as Attributes,
    createdAt: row.created_at,
    versionId: row.version_id,
  };
}
