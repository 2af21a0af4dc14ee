/** Persons and their addresses. An address belongs to one person, however many lists know it. */
import { sql } from "kysely";
import { canonicalAddress, displayAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import type { Kind, Write } from "../database/database.ts";
import { rowsOf, storable } from "../database/rows.ts";

export type NamedAddress = { readonly address: Address; readonly name: string };

/** The persons of these addresses, by canonical address; whoever is unknown becomes a person. Set-wise, up to some hundreds. */
export async function findOrAddPersons(
  write: Write,
  kind: Kind,
  { people, now }: { readonly people: readonly NamedAddress[]; readonly now: number },
): Promise<ReadonlyMap<string, number>> {
  const wanted = new Map(people.map((one) => [canonicalAddress(one.address), one]));
  const known = await personsOf(write, kind, [...wanted.keys()]);
  const strangers = [...wanted]
    .filter(([canonical]) => !known.has(canonical))
    .map(([canonical, one]) => ({ canonical, ...one }));
  if (strangers.length === 0) return known;
  const ids = await addPersons(write, kind, { names: strangers.map((one) => storable(one.name)), now });
  const rows = strangers.map((one, index) => ({
    person: ids[index],
    address: displayAddress(one.address),
    canonical: one.canonical,
  }));
  const from = rowsOf(kind, { alias: "n", columns: { person: "int", address: "text", canonical: "text" } }, rows);
  await sql`INSERT INTO address (person_id, address, canonical, created_at) SELECT n.person, n.address, n.canonical, ${now} FROM ${from}`.execute(
    write,
  );
  return personsOf(write, kind, [...wanted.keys()]);
}

/** One person with all of these addresses; those that belong to somebody else already stay with them and are named in `taken`. */
export async function addAddresses(
  write: Write,
  {
    personId,
    addresses,
    now,
  }: { readonly personId: number; readonly addresses: readonly Address[]; readonly now: number },
): Promise<{ readonly taken: readonly string[] }> {
  const taken: string[] = [];
  for (const address of addresses) {
    const row = {
      person_id: personId,
      address: displayAddress(address),
      canonical: canonicalAddress(address),
      created_at: now,
    };
    await write
      .insertInto("address")
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const owner = await write
      .selectFrom("address")
      .select("person_id")
      .where("canonical", "=", row.canonical)
      .executeTakeFirstOrThrow();
    if (owner.person_id !== personId) taken.push(row.address);
  }
  return { taken };
}

async function personsOf(write: Write, kind: Kind, canonicals: readonly string[]): Promise<Map<string, number>> {
  const from = rowsOf(
    kind,
    { alias: "n", columns: { canonical: "text" } },
    canonicals.map((canonical) => ({ canonical })),
  );
  const { rows } = await sql<{ canonical: string; person_id: number }>`
    SELECT address.canonical, address.person_id FROM ${from} JOIN address ON address.canonical = n.canonical`.execute(
    write,
  );
  return new Map(rows.map((row) => [row.canonical, row.person_id]));
}

/** Ids in the order of the names. RETURNING promises no order, so ids are matched by name; equal names are interchangeable. */
async function addPersons(
  write: Write,
  kind: Kind,
  { names, now }: { readonly names: readonly string[]; readonly now: number },
): Promise<readonly number[]> {
  const from = rowsOf(
    kind,
    { alias: "n", columns: { name: "text" } },
    names.map((name) => ({ name })),
  );
  const { rows } = await sql<{ id: number; name: string }>`
    INSERT INTO person (name, created_at) SELECT n.name, ${now} FROM ${from} WHERE 1 = 1 RETURNING id, name`.execute(
    write,
  );
  const byName = Map.groupBy(rows, (row) => row.name);
  return names.map((name) => {
    const id = byName.get(name)?.pop()?.id;
    if (id === undefined) throw new Error("a new person got no id");
    return id;
  });
}
