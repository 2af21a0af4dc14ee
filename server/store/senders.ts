/** Who is registered to post to a list: persons, each with every address that may stand in From. */
import { canonicalAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import type { Sender } from "../lists/member.ts";
import type { Database } from "./database.ts";
import { addAddresses, findOrAddPersons } from "./people.ts";

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

  async all(listId: number): Promise<readonly Sender[]> {
    const rows = await this.#database.reader
      .selectFrom("poster")
      .innerJoin("person", "person.id", "poster.person_id")
      .innerJoin("address", "address.person_id", "person.id")
      .select(["person.id", "person.name", "address.address"])
      .where("poster.list_id", "=", listId)
      .orderBy("poster.created_at")
      .orderBy("address.id")
      .execute();
    return [...Map.groupBy(rows, (row) => row.id).values()].flatMap((own) => {
      const [first] = own;
      return first === undefined
        ? []
        : [{ personId: first.id, name: first.name, addresses: own.map((row) => row.address) }];
    });
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
}
