import { expect } from "chai";
import { blankContent } from "../../../server/lists/composition.ts";
import { senderStamp } from "../../../server/store/people/change-sender.ts";
import type { SenderChange, SenderChanged } from "../../../server/store/people/change-sender.ts";
import type { MailingList } from "../../../server/lists/mailing-list.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, givenList, givenMembers, givenPost, later, member, soon } from "../given.ts";

onBothDatabases("a sender who is changed", (open) => {
  let store: Store;
  let list: MailingList;
  beforeEach(async () => {
    store = await open();
    list = await givenList(store);
    await sender("anne", "anne2");
  });

  const sender = async (...who: readonly [string, ...string[]]): Promise<void> => {
    const [first, ...more] = who;
    await store.senders.add(list.id, { addresses: [address(first), ...more.map(address)], name: first }, soon);
  };
  /** As the form of whoever has just looked would send it. */
  const change = async (
    who: string,
    to: readonly string[],
    changes: Partial<SenderChange> = {},
  ): Promise<SenderChanged> => {
    const standing = await store.senders.standing(list.id, address(who));
    const current = await store.senders.find(list.id, standing?.personId ?? 0);
    return store.senders.change({
      listId: list.id,
      personId: standing?.personId ?? 0,
      name: current?.name ?? "",
      addresses: to.map(address),
      stamp: current === undefined ? "" : senderStamp(current),
      reach: undefined,
      merges: false,
      now: later,
      ...changes,
    });
  };
  const all = async (): Promise<readonly (readonly string[])[]> =>
    (await store.senders.all(list.id)).map(({ name, addresses }) => [name, ...addresses]);

  it("has other addresses and another name", async () => {
    expect(await change("anne", ["anne", "anne@phone.example"], { name: "Anne B." })).to.deep.equal({ result: "done" });
    expect(await all()).to.deep.equal([["Anne B.", "anne@example.com", "anne@phone.example"]]);
    expect(await store.senders.standing(list.id, address("anne2"))).to.equal(undefined);
  });

  it("is not changed by whoever looked before somebody else changed it", async () => {
    expect(await change("anne", ["anne"], { stamp: "an older one" })).to.deep.equal({ result: "conflict" });
    expect(await change("anne", ["anne"], { personId: 99 })).to.deep.equal({ result: "missing" });
    expect(await all()).to.deep.equal([["anne", "anne@example.com", "anne2@example.com"]]);
  });

  it("who is known on a list out of reach is not changed, and gives away nobody's name", async () => {
    const other = await givenList(store, "other");
    await givenMembers(store, other, ["bart"]);
    expect(await change("anne", ["anne", "bart"], { reach: [list.id] })).to.deep.equal({
      result: "taken",
      taken: [{ address: "bart@example.com", name: "", merging: "out-of-reach" }],
    });
    await givenMembers(store, other, ["anne"]);
    expect(await change("anne", ["anne"], { reach: [list.id] })).to.deep.equal({ result: "out-of-reach" });
    expect(await change("anne", ["anne", "anne2"], { reach: [list.id, other.id] })).to.deep.equal({ result: "done" });
  });

  it("who runs a list out of reach, or the whole server, is not changed either, nor made one with somebody else", async () => {
    const other = await givenList(store, "other");
    const account = { passwordHash: undefined, isOwner: false, listIds: [] };
    await sender("bart");
    for (const [username, rights] of [
      ["anne", { listIds: [other.id] }],
      ["bart", { isOwner: true }],
    ] as const)
      await store.accounts.add({ ...account, username, address: address(username), ...rights }, soon);
    const reach = [list.id];
    expect(await change("anne", ["anne", "evil"], { reach })).to.deep.equal({ result: "out-of-reach" });
    expect(await change("bart", ["bart", "evil"], { reach })).to.deep.equal({ result: "out-of-reach" });
    await sender("cris");
    const merged = await change("cris", ["cris", "bart"], { reach, merges: true });
    expect(merged.result === "taken" ? merged.taken.map((one) => one.merging) : merged).to.deep.equal(["out-of-reach"]);
    expect(await change("anne", ["anne"], { reach: [list.id, other.id] })).to.deep.equal({ result: "done" });
  });

  const person = async (who: string): Promise<number> =>
    (await store.senders.standing(list.id, address(who)))?.personId ?? 0;

  it("keeps an address that a list sends to", async () => {
    await givenMembers(store, list, ["anne2"]);
    expect(await change("anne", ["anne"])).to.deep.equal({ result: "in-use", addresses: ["anne2@example.com"] });
    await store.members.setStatus((await member(store, list, "anne2")).id, "left", later);
    expect(await change("anne", ["anne"])).to.deep.equal({ result: "done" });
  });

  it("becomes one person with another one only when that is said", async () => {
    const other = await givenList(store, "other");
    await givenMembers(store, other, ["bart"]);
    await sender("bart", "bart2");
    await store.accounts.add(
      { username: "bart", address: address("bart"), passwordHash: undefined, isOwner: false, listIds: [list.id] },
      soon,
    );
    const post = await givenPost(store, list, { fingerprint: "one", post: { posterId: await person("bart") } });
    const asked = await change("anne", ["anne", "bart"]);
    expect(asked).to.have.property("result", "taken");
    expect((await all()).length).to.equal(2);
    expect(await change("anne", ["anne", "bart"], { merges: true })).to.deep.equal({ result: "done" });
    expect(await all()).to.deep.equal([["anne", "anne@example.com", "bart@example.com", "bart2@example.com"]]);
    const anne = await person("anne");
    expect((await member(store, other, "bart")).personId).to.equal(anne);
    expect((await store.accounts.findByUsername("bart"))?.personId).to.equal(anne);
    const rows = store.database.reader.selectFrom("post").select("poster_id").where("id", "=", post.id);
    expect(await rows.executeTakeFirst()).to.deep.equal({ poster_id: anne });
    expect(await store.database.reader.selectFrom("person").select("name").execute()).to.have.length(1);
  });

  it("still sends what was written and reserved in the other's name", async () => {
    await sender("hana");
    const [anne, hana] = [await person("anne"), await person("hana")];
    const text = `"senderId":${hana},`;
    const content = { ...blankContent, listIds: [list.id], senderId: hana, text };
    const reserved = await store.compositions.create({ accountId: 1, kind: "schedule", title: "", content }, later);
    expect(await change("anne", ["anne", "anne2", "hana"], { merges: true })).to.deep.equal({ result: "done" });
    expect((await store.compositions.find(reserved.id))?.content).to.deep.include({ senderId: anne, text });
  });

  it("stays two persons where both are members of one list", async () => {
    await givenMembers(store, list, ["anne", "bart"]);
    const asked = await change("anne", ["anne", "anne2", "bart"], { merges: true });
    expect(asked.result === "taken" ? asked.taken.map((one) => one.merging) : asked).to.deep.equal(["members"]);
    expect((await member(store, list, "bart")).personId).not.to.equal((await member(store, list, "anne")).personId);
  });
});

onBothDatabases("senders by the dozen", (open) => {
  it("are registered each as a person of their own, once", async () => {
    const store = await open();
    const list = await givenList(store);
    await store.senders.add(list.id, { addresses: [address("anne")], name: "Anne" }, soon);
    const people = ["anne", "bart", "cris", "BART"].map((name) => ({ address: address(name), name }));
    expect(await store.senders.addMany(list.id, people, later)).to.deep.equal({ added: 2 });
    const all = await store.senders.all(list.id);
    expect(all.map(({ name }) => name).toSorted()).to.deep.equal(["Anne", "BART", "cris"]);
  });

  it("who were removed by mistake are back by one of their addresses", async () => {
    const store = await open();
    const list = await givenList(store);
    await store.senders.add(list.id, { addresses: [address("anne"), address("anne2")], name: "Anne" }, soon);
    await store.senders.remove(list.id, address("anne"));
    expect(await store.senders.restore(list.id, address("anne2"), later)).to.equal(true);
    expect(await store.senders.restore(list.id, address("nobody"), later)).to.equal(false);
    expect((await store.senders.all(list.id)).map(({ addresses }) => addresses.length)).to.deep.equal([2]);
  });
});
