import { expect } from "chai";
import { changeAddress } from "../../../server/store/members/address-change.ts";
import type { MovedMembership } from "../../../server/store/members/address-change.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, givenList, givenMembers, later, member, soon } from "../given.ts";

onBothDatabases("a change of address", (open) => {
  const change = (store: Store, membershipIds: readonly number[], to: string): Promise<readonly MovedMembership[]> =>
    store.database.write((write) =>
      changeAddress(write, store.database.kind, { membershipIds, to: address(to), now: later }),
    );
  const addressesOf = async (store: Store, personId: number): Promise<readonly string[]> =>
    (await store.ownData.addresses(personId)).map((own) => own.address);

  it("keeps the person, and forgets the old address, which may become somebody else's", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    const before = await member(store, list, "anne");

    expect(await change(store, [before.id], "anne@new.example")).to.deep.equal([
      { membershipId: before.id, from: "anne@example.com" },
    ]);
    const after = await store.members.find(before.id);
    expect(after).to.include({
      address: "anne@new.example",
      name: "anne",
      personId: before.personId,
      status: "active",
    });
    expect(after?.versionId).to.be.greaterThan(before.versionId);
    expect(await addressesOf(store, before.personId)).to.deep.equal(["anne@new.example"]);
    expect(await change(store, [before.id], "ANNE@new.example")).to.deep.equal([]);
  });

  it("leaves the person's other memberships and what they use, and takes those that were named along", async () => {
    const store = await open();
    const [news, club, town] = [await givenList(store), await givenList(store, "club"), await givenList(store, "town")];
    for (const list of [news, club, town]) await givenMembers(store, list, ["anne"]);
    const ids = await Promise.all([news, club, town].map(async (list) => (await member(store, list, "anne")).id));
    const { personId } = await member(store, news, "anne");

    await change(store, ids.slice(0, 2), "anne@new.example");

    expect((await store.ownData.memberships(personId)).map((one) => one.address)).to.deep.equal([
      "anne@new.example",
      "anne@new.example",
      "anne@example.com",
    ]);
    expect(await addressesOf(store, personId)).to.deep.equal(["anne@example.com", "anne@new.example"]);
  });

  it("goes over to the person whom the address belongs to, and back", async () => {
    const store = await open();
    const [news, club] = [await givenList(store), await givenList(store, "club")];
    await givenMembers(store, news, ["anne"]);
    await givenMembers(store, club, ["other"]);
    const [anne, other] = [await member(store, news, "anne"), await member(store, club, "other")];

    await change(store, [anne.id], "other");
    expect((await store.members.find(anne.id))?.personId).to.equal(other.personId);
    await change(store, [anne.id], "anne");
    expect((await store.members.find(anne.id))?.personId).to.equal(anne.personId);
  });

  it("is not made where the address is another member's", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne", "bart"]);
    const anne = await member(store, list, "anne");

    expect(await change(store, [anne.id, 999], "bart")).to.deep.equal([]);
    expect((await store.members.find(anne.id))?.address).to.equal("anne@example.com");
  });

  it("makes a stopped member active, and nobody else", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne", "bart"]);
    const [anne, bart] = [await member(store, list, "anne"), await member(store, list, "bart")];
    await store.members.setStatus(anne.id, "bounced", soon);
    await store.members.setStatus(bart.id, "paused", soon);

    await change(store, [anne.id], "anne@new.example");
    await change(store, [bart.id], "bart@new.example");

    expect((await store.members.find(anne.id))?.status).to.equal("active");
    expect((await store.members.find(bart.id))?.status).to.equal("paused");
    expect(await store.members.counts(list.id)).to.include({ active: 1, paused: 1, bounced: 0 });
  });

  it("keeps the old address of who may post from it", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    await store.senders.add(list.id, { addresses: [address("anne")], name: "Anne" }, soon);
    const anne = await member(store, list, "anne");

    await change(store, [anne.id], "anne@new.example");

    expect(await addressesOf(store, anne.personId)).to.deep.equal(["anne@example.com", "anne@new.example"]);
    expect((await store.senders.standing(list.id, address("anne")))?.isSender).to.equal(true);
  });
});

onBothDatabases("what members change of themselves", (open) => {
  it("is refused to who read it before somebody else changed it", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    const { id, versionId } = await member(store, list, "anne");
    const change = { name: "Anne", attributes: { Class: "3-B" }, versionId };

    expect(await store.ownData.edit(id, change, later)).to.equal("done");
    expect(await member(store, list, "anne")).to.deep.include({
      name: "Anne",
      attributes: { Class: "3-B" },
      address: "anne@example.com",
    });
    expect(await store.ownData.edit(id, { ...change, name: "B" }, later)).to.equal("conflict");
    expect(await store.ownData.edit(999, change, later)).to.equal("missing");
  });

  it("moves from the states that were named only", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    const { id } = await member(store, list, "anne");

    expect(await store.ownData.move(id, { from: ["paused"], to: "active" }, later)).to.equal(false);
    expect(await store.ownData.move(id, { from: ["active"], to: "paused" }, later)).to.equal(true);
    expect((await member(store, list, "anne")).status).to.equal("paused");
  });

  it("takes away a further address, but none that mail goes to, nor somebody else's", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne", "bart"]);
    const [anne, bart] = [await member(store, list, "anne"), await member(store, list, "bart")];
    await store.senders.add(list.id, { addresses: [address("anne"), address("anne@second.example")], name: "" }, soon);
    const [first, second] = await store.ownData.addresses(anne.personId);

    expect(await store.ownData.removeAddress(anne.personId, first?.id ?? 0)).to.equal(false);
    expect(await store.ownData.removeAddress(bart.personId, second?.id ?? 0)).to.equal(false);
    expect(await store.ownData.removeAddress(anne.personId, second?.id ?? 0)).to.equal(true);
    expect((await store.ownData.addresses(anne.personId)).map((own) => own.address)).to.deep.equal([
      "anne@example.com",
    ]);
  });
});
