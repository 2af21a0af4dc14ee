/** Who is registered to post to a list: persons, each with every address that may stand in From. */
import { sql } from "kysely";
import { canonicalAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import type { Sender } from "../../lists/member.ts";
import { changeSender, personInReach } from "./change-sender.ts";
import type { Reach, SenderChange, SenderChanged } from "./change-sender.ts";
import type { Database } from "../database/database.ts";
import { addAddresses, findOrAddPersons } from "./people.ts";
import type { NamedAddress } from "./people.ts";
import { rowsOf } from "../database/rows.ts";

export type Posting = {
  readonly personId: number;
  readonly isSender: boolean;
  readonly isMember: boolean;
  readonly name: string;
};

export class Senders {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Registers the person of the first address; the further ones become theirs, unless they are somebody else's (`taken`). */
  async add(
    listId: number,
    { addresses, name }: { readonly addresses: readonly [Address, ...Address[]]; readonly name: string },
    now: number,
  ): Promise<{ readonly taken: readonly string[] }> {
    return this.#database.write(async (write) => {
      const [first, ...more] = addresses;
      const persons = await findOrAddPersons(write, this.#database.kind, { people: [{ address: first, name }], now });
      const personId = persons.get(canonicalAddress(first)) ?? 0;
      if (name !== "") await write.updateTable("person").set({ name }).where("id", "=", personId).execute();
      const { taken } = await addAddresses(write, { personId, addresses: more, now });
      await write
        .insertInto("poster")
        .values({ list_id: listId, person_id: personId, created_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return { taken };
    });
  }

  /** Each of them a person of their own, known or new; `added` are those who were no senders before. Set-wise, up to some hundreds. */
  async addMany(listId: number, people: readonly NamedAddress[], now: number): Promise<{ readonly added: number }> {
    const { kind } = this.#database;
    return this.#database.write(async (write) => {
      const persons = await findOrAddPersons(write, kind, { people, now });
      const rows = [...new Set(persons.values())].map((person) => ({ person }));
      const from = rowsOf(kind, { alias: "n", columns: { person: "int" } }, rows);
      const result = await sql`INSERT INTO poster (list_id, person_id, created_at)
        SELECT ${sql.lit(listId)}, n.person, ${sql.lit(now)} FROM ${from} WHERE 1 = 1
        ON CONFLICT (list_id, person_id) DO NOTHING`.execute(write);
      return { added: Number(result.numAffectedRows ?? 0) };
    });
  }

  /** Undefined when the person is no sender of the list. */
  async find(listId: number, personId: number): Promise<Sender | undefined> {
    return (await this.#senders(listId, personId))[0];
  }

  /** Who was removed may post again. By an address, which whoever removed them knows; false when it is nobody's any more. */
  async restore(listId: number, address: Address, now: number): Promise<boolean> {
    return this.#database.write(async (write) => {
      const known = await write
        .selectFrom("address")
        .select("person_id")
        .where("canonical", "=", canonicalAddress(address))
        .executeTakeFirst();
      if (known === undefined) return false;
      await write
        .insertInto("poster")
        .values({ list_id: listId, person_id: known.person_id, created_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return true;
    });
  }

  change(change: SenderChange): Promise<SenderChanged> {
    return changeSender(this.#database, change);
  }

  isInReach(personId: number, reach: Reach): Promise<boolean> {
    return personInReach(this.#database, personId, reach);
  }

  /** False when no sender of the list has this address. */
  async remove(listId: number, address: Address): Promise<boolean> {
    return this.#database.write(async (write) => {
      const removed = await write
        .deleteFrom("poster")
        .where("list_id", "=", listId)
        .where("person_id", "=", (each) =>
          each.selectFrom("address").select("person_id").where("canonical", "=", canonicalAddress(address)),
        )
        .executeTakeFirst();
      return removed.numDeletedRows > 0n;
    });
  }

  /** In the order in which they were registered. */
  async all(listId: number): Promise<readonly Sender[]> {
    return this.#senders(listId);
  }

  /** What this author is to the list; undefined when the address is nobody's. */
  async standing(listId: number, author: Address): Promise<Posting | undefined> {
    const row = await this.#database.reader
      .selectFrom("address")
      .innerJoin("person", "person.id", "address.person_id")
      .leftJoin("poster", (join) => join.onRef("poster.person_id", "=", "person.id").on("poster.list_id", "=", listId))
      .leftJoin("membership", (join) =>
        join.onRef("membership.person_id", "=", "person.id").on("membership.list_id", "=", listId),
      )
      .select(["person.id", "person.name", "poster.list_id as poster_of", "membership.status"])
      .where("address.canonical", "=", canonicalAddress(author))
      .executeTakeFirst();
    return (
      row && {
        personId: row.id,
        name: row.name,
        isSender: row.poster_of !== null,
        isMember: row.status === "active" || row.status === "paused",
      }
    );
  }

  async #senders(listId: number, personId?: number): Promise<readonly Sender[]> {
    let query = this.#database.reader
      .selectFrom("poster")
      .innerJoin("person", "person.id", "poster.person_id")
      .leftJoin("address", "address.person_id", "person.id")
      .select(["person.id", "person.name", "address.address"])
      .where("poster.list_id", "=", listId);
    if (personId !== undefined) query = query.where("person.id", "=", personId);
    const rows = await query.orderBy("poster.created_at").orderBy("person.id").orderBy("address.id").execute();
    return [...Map.groupBy(rows, (row) => row.id).values()].flatMap((own) => {
      const [first] = own;
      return first === undefined
        ? []
        : [{ personId: first.id, name: first.name, addresses: own.flatMap((row) => row.address ?? []) }];
    });
  }
}
