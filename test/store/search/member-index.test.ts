import { expect } from "chai";
import { sql } from "kysely";
import { memberStatuses } from "../../../server/lists/member.ts";
import type { Attributes } from "../../../server/lists/member.ts";
import { attributeField, gramsOf, searchText, sortKey } from "../../../server/lists/search-text.ts";
import { deleteList } from "../../../server/store/deletion/delete-list.ts";
import { searchedVersions } from "../../../server/store/search/member-index.ts";
import { memberCounts } from "../../../server/store/members/member-tally.ts";
import { keepSearchRight, rebuildSearch } from "../../../server/store/search/rebuild-search.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, givenList, givenMembers, later } from "../given.ts";
import { seeded } from "../seeded.ts";

type Row = {
  id: number;
  member: number;
  list: number;
  address: string;
  name: string;
  attributes: string;
  isCurrent: boolean;
};

async function versions(store: Store): Promise<readonly Row[]> {
  const { rows } = await sql<Row & { current: number }>`
    SELECT v.id, m.id AS member, m.list_id AS list, v.address, v.name, v.attributes, m.version_id AS current
    FROM membership_version AS v JOIN membership AS m ON m.id = v.membership_id`.execute(store.database.reader);
  return rows.map((row) => ({ ...row, isCurrent: row.current === row.id }));
}

function attributesOf({ attributes }: Row): Attributes {
  return JSON.parse(attributes) as Attributes;
}

async function expectSortValues(store: Store): Promise<void> {
  const { rows } = await sql<Record<"list_id" | "field" | "value" | "membership_id", string>>`
    SELECT * FROM member_value`.execute(store.database.reader);
  const expected = (await versions(store))
    .filter(({ isCurrent }) => isCurrent)
    .flatMap((row) =>
      [
        ["address", row.address] as const,
        ["name", row.name] as const,
        ...Object.entries(attributesOf(row)).map(([name, value]) => [attributeField(name), value] as const),
      ]
        .filter(([, value]) => sortKey(value) !== "")
        .map(([field, value]) => `${row.list} ${field} ${sortKey(value)} ${row.member}`),
    );
  expect(rows.map((row) => `${row.list_id} ${row.field} ${row.value} ${row.membership_id}`)).to.have.members(expected);
}

async function expectIndex(store: Store): Promise<void> {
  const all = (await versions(store)).map((row) => ({
    ...row,
    text: searchText({ ...row, attributes: attributesOf(row) }),
  }));
  const grams = new Set(all.flatMap(({ text }) => gramsOf(text)).filter((gram) => !gram.includes(" ")));
  for (const listId of new Set(all.map(({ list }) => list)))
    for (const gram of grams) {
      const found = await searchedVersions(store.database, listId, { words: [gram], most: 10_000 });
      const expected = all.filter(({ list, text }) => list === listId && text.includes(gram)).map(({ id }) => id);
      expect(found, `${listId} ${gram}`).to.have.members(expected);
    }
}

async function expectTally(store: Store): Promise<void> {
  const { rows } = await sql<{ list_id: number; status: string; count: number }>`
    SELECT list_id, status, count(*) AS count FROM membership GROUP BY list_id, status`.execute(store.database.reader);
  for (const list of await store.lists.summaries()) {
    const counted = Object.fromEntries(
      memberStatuses.map((status) => [
        status,
        rows.find((row) => row.list_id === list.id && row.status === status)?.count ?? 0,
      ]),
    );
    expect(await memberCounts(store.database, list.id)).to.deep.equal(counted);
  }
}

/** Everything that changes members, in any order. */
class Walk {
  readonly #store: Store;
  readonly #random: (below: number) => number;
  #now = later;

  constructor(store: Store, random: (below: number) => number) {
    this.#store = store;
    this.#random = random;
  }

  async step(): Promise<void> {
    this.#now += 1;
    const steps = [this.#save, this.#save, this.#edit, this.#edit, this.#status, this.#leave, this.#remove];
    await steps[this.#random(steps.length)]?.call(this);
  }

  async #save(): Promise<void> {
    const people = Array.from({ length: 1 + this.#random(9) }, () => ({
      address: address(`m${this.#random(30)}`),
      name: this.#name(),
      attributes: this.#attributes(),
    }));
    await this.#store.members.save(1 + this.#random(2), people, this.#now);
  }

  async #edit(): Promise<void> {
    const member = await this.#store.members.find(1 + this.#random(40));
    const change = { address: address(`m${this.#random(40)}`), name: this.#name(), attributes: this.#attributes() };
    if (member !== undefined)
      await this.#store.members.edit(member.id, { ...change, versionId: member.versionId }, this.#now);
  }

  async #status(): Promise<void> {
    const status = memberStatuses[this.#random(memberStatuses.length)];
    if (status !== undefined) await this.#store.members.setStatus(1 + this.#random(40), status, this.#now);
  }

  async #leave(): Promise<void> {
    await this.#store.members.leave(1 + this.#random(40), this.#now);
  }

  /** As when people who never confirmed are forgotten: the membership goes, and its versions with it. */
  async #remove(): Promise<void> {
    const member = await this.#store.members.find(1 + this.#random(40));
    if (member === undefined) return;
    await this.#store.database.write(async (write) => {
      await sql`DELETE FROM membership WHERE id = ${member.id}`.execute(write);
      await sql`UPDATE member_tally SET count = count - 1
        WHERE list_id = ${member.listId} AND status = ${member.status}`.execute(write);
    });
  }

  #name(): string {
    return ["山田 太郎", "山本", "Anne", "", "佐藤ハナ", "𠮷田"][this.#random(6)] ?? "";
  }

  #attributes(): Record<string, string> {
    const all = { 組: `${this.#random(3)}年`, note: ["", "役員", "x y"][this.#random(3)] ?? "" };
    return this.#random(3) === 0 ? { 組: all.組 } : all;
  }
}

onBothDatabases("the index of members", (open, kind) => {
  for (const seed of [1, 2]) {
    it(`equals the members after any walk through their changes (seed ${seed})`, async () => {
      const store = await open();
      for (const name of ["one", "two"]) await givenMembers(store, await givenList(store, name), 12);
      const walk = new Walk(store, seeded(seed));
      for (let step = 1; step <= 120; step++) await walk.step();
      await expectTally(store);
      await expectSortValues(store);
      await expectIndex(store);
      await deleteList(store.database, 1);
      await expectSortValues(store);
      await expectIndex(store);
    });
  }

  // PostgreSQL's own vacuum does this aside.
  if (kind === "sqlite")
    it("is not merged by the writes that take members out", async () => {
      const store = await open();
      const list = await givenList(store);
      await givenMembers(store, list, 1000);
      const octets = async () =>
        (
          await sql<{ octets: number }>`SELECT sum(length(block)) AS octets FROM member_search_data`.execute(
            store.database.reader,
          )
        ).rows[0]?.octets ?? 0;
      const full = await octets();
      const ids = (await versions(store)).map(({ member }) => member);
      for (let from = 0; from < ids.length; from += 100)
        await store.database.write((write) =>
          write
            .deleteFrom("membership")
            .where("id", "in", ids.slice(from, from + 100))
            .execute(),
        );
      expect(await octets()).to.be.at.least(full);
    });

  it("is written anew from the members alone, also twice, and where the rules have changed", async () => {
    const store = await open();
    await givenMembers(store, await givenList(store), 320);
    const { database } = store;
    const forget = [
      kind === "sqlite"
        ? sql`INSERT INTO member_search (member_search) VALUES ('delete-all')`
        : sql`DELETE FROM member_search`,
      sql`DELETE FROM member_value`,
      sql`UPDATE membership_version SET search_text = ''`,
      sql`UPDATE server_state SET value = '0' WHERE key = 'search-rules'`,
    ];
    for (const statement of forget) await database.write((write) => statement.execute(write));
    expect((await store.members.list(1, { search: "m320", limit: 5 })).members).to.deep.equal([]);
    await keepSearchRight(database);
    await rebuildSearch(database);
    await expectSortValues(store);
    expect((await store.members.list(1, { search: "m320", limit: 5 })).members).to.have.length(1);
    expect(await searchedVersions(database, 1, { words: ["m320"], most: 10 })).to.have.length(1);
  });
});
