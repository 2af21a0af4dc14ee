import { expect } from "chai";
import { sql } from "kysely";
import type { MailingList } from "../../../server/lists/mailing-list.ts";
import type { DeliveryKey } from "../../../server/store/deliveries/deliveries.ts";
import type { Delivery } from "../../../server/store/deliveries/delivery-rows.ts";
import { mergePersons } from "../../../server/store/people/merge-persons.ts";
import { formerPersons } from "../../../server/store/migrations/0032-former-persons.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, claim, givenMembers, givenQueue, later, member, record } from "../given.ts";

async function everyPage(
  store: Store,
  postId: number,
  filter: {
    readonly state?: Delivery["state"];
    readonly search?: string;
    readonly limit: number;
    readonly patience?: number;
  },
): Promise<readonly Delivery[]> {
  const rows: Delivery[] = [];
  for (let after: DeliveryKey | undefined; ;) {
    const page = await store.deliveries.search(postId, { search: "", ...filter, ...(after && { after }) });
    expect(page.deliveries.length).to.be.at.most(filter.limit);
    rows.push(...page.deliveries);
    if (page.next === undefined) return rows;
    after = page.next;
  }
}

/** 40 members: 12 sent, 5 deferred, 3 failed, 10 sending, 10 pending. */
async function givenMixture(store: Store): Promise<{ readonly postId: number }> {
  const { post } = await givenQueue(store, 40);
  const claims = await claim(store, 30);
  await record(store, claims.slice(0, 12), "sent");
  await record(store, claims.slice(12, 17), "deferred");
  await record(store, claims.slice(17, 20), "failed");
  return { postId: post.id };
}

/** By address: the member becomes another person. */
async function rename(
  store: Store,
  list: MailingList,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const { id, versionId } = await member(store, list, from);
  await store.members.edit(id, { address: address(to), name: to, attributes: {}, versionId }, later + 1);
}

/** The member turns out to be somebody who sends from another address. */
async function mergeIntoSender(store: Store, list: MailingList, name: string): Promise<void> {
  await store.senders.add(list.id, { addresses: [address("sender")], name: "" }, later);
  const standing = await store.senders.standing(list.id, address("sender"));
  const from = (await store.senders.standing(list.id, address(name)))?.personId ?? 0;
  await store.database.write((write) => mergePersons(write, from, standing?.personId ?? 0));
}

onBothDatabases("deliveries", (open) => {
  it("pages through all, what went wrong first, each once", async () => {
    const store = await open();
    const { postId } = await givenMixture(store);
    const rows = await everyPage(store, postId, { limit: 7 });
    expect(rows.map((row) => row.state)).to.deep.equal(
      ["deferred", "failed", "pending", "sending", "sent"].flatMap((state, index) =>
        Array<string>([5, 3, 10, 10, 12][index] ?? 0).fill(state),
      ),
    );
    expect(new Set(rows.map((row) => row.id)).size).to.equal(40);
  });

  it("pages through one state", async () => {
    const store = await open();
    const { postId } = await givenMixture(store);
    const rows = await everyPage(store, postId, { limit: 5, state: "sent" });
    expect(rows.map((row) => row.name)).to.deep.equal(Array.from({ length: 12 }, (_, index) => `m${index + 1}`));
  });

  it("finds by a part of address or name, in all states or one", async () => {
    const store = await open();
    const { postId } = await givenMixture(store);
    expect((await everyPage(store, postId, { limit: 2, search: "M1" })).map((row) => row.name)).to.have.members([
      "m1",
      "m10",
      "m11",
      "m12",
      "m13",
      "m14",
      "m15",
      "m16",
      "m17",
      "m18",
      "m19",
    ]);
    expect(
      (await everyPage(store, postId, { limit: 2, search: "m1", state: "failed" })).map((row) => row.name),
    ).to.deep.equal(["m18", "m19"]);
    expect(await everyPage(store, postId, { limit: 2, search: "example.net" })).to.deep.equal([]);
  });

  it("finds what is rare among many, as it was at sending, whoever the member has become since", async () => {
    const store = await open();
    const { list, post } = await givenQueue(store, 1600);
    await record(store, await claim(store, 20), "failed");
    const found = async (search: string, state?: Delivery["state"]) =>
      (await everyPage(store, post.id, { limit: 2, patience: 1000, search, ...(state && { state }) })).map(
        (row) => row.name,
      );
    expect(await found("m1599")).to.deep.equal(["m1599"]);
    expect(await found("m1599", "failed")).to.deep.equal([]);
    expect(await found("M17 exam", "failed")).to.deep.equal(["m17"]);
    expect(await found("zz")).to.deep.equal([]);
    // Who joins later or changes since has got what they got.
    await givenMembers(store, list, ["m1599b"]);
    await rename(store, list, { from: "m1598", to: "other" });
    expect(await found("m1598")).to.deep.equal(["m1598"]);
    expect(await found("other")).to.deep.equal([]);
    expect(await found("m1599")).to.deep.equal(["m1599"]);
    // Back again: one copy, found by two persons.
    await rename(store, list, { from: "other", to: "m1598" });
    expect(await found("m1598")).to.deep.equal(["m1598"]);
    await mergeIntoSender(store, list, "m1597");
    expect(await found("m1597")).to.deep.equal(["m1597"]);
    // As it is for who moved before a membership's persons were kept.
    await sql`DROP TABLE former_person`.execute(store.database.outsideTransactions);
    await formerPersons(store.database.kind).up(store.database.outsideTransactions);
    expect(await found("m1597")).to.deep.equal(["m1597"]);
  });

  it("ends a page early where no index knows the word, and goes on from there", async () => {
    const store = await open();
    const names = Array.from({ length: 2300 }, (_, index) => (index < 1100 ? `anne${index}` : `bart${index}`));
    const { post } = await givenQueue(store, names);
    const query = { limit: 700, search: "t", patience: 1000 };
    expect(await store.deliveries.search(post.id, query)).to.deep.include({ deliveries: [], isCut: true });
    expect((await everyPage(store, post.id, query)).map((row) => row.name)).to.deep.equal(names.slice(1100));
    expect(await everyPage(store, post.id, { ...query, search: "z" })).to.deep.equal([]);
  });

  it("gives all for a download in pieces, each once, though states change meanwhile", async () => {
    const store = await open();
    const { post } = await givenQueue(store, 2345);
    const seen: number[] = [];
    for await (const rows of store.deliveries.all(post.id)) {
      seen.push(...rows.map((row) => row.id));
      await record(store, await claim(store, 400), "sent");
    }
    expect(seen.length).to.equal(2345);
    expect(new Set(seen).size).to.equal(2345);
    const failed = [];
    for await (const rows of store.deliveries.all(post.id, "failed")) failed.push(...rows);
    expect(failed).to.deep.equal([]);
  });

  it("knows neither deliveries of no post nor a delivery that is none", async () => {
    const store = await open();
    expect(await store.deliveries.page(999, { limit: 10 })).to.deep.equal([]);
    expect(await Array.fromAsync(store.deliveries.all(999))).to.deep.equal([]);
    expect(await store.deliveries.find(999)).to.equal(undefined);
    expect(await store.deliveries.secretOf(999)).to.equal(undefined);
    expect(await store.deliveries.forShowing(999)).to.equal(undefined);
  });

  it("shows a member's name and address as they were at sending", async () => {
    const store = await open();
    const { list, post } = await givenQueue(store, ["anne"]);
    const [before] = await store.members.page(list.id, { limit: 1 });
    if (before === undefined) throw new Error("a member was expected");
    await store.members.edit(
      before.id,
      { address: { local: "anna", domain: "example.com" }, name: "Anna", attributes: {}, versionId: before.versionId },
      later,
    );
    expect((await store.deliveries.page(post.id, { limit: 1 }))[0]).to.include({
      name: "anne",
      address: "anne@example.com",
    });
    expect((await claim(store))[0]).to.include({ name: "anne", address: "anne@example.com" });
  });
});
