import { expect } from "chai";
import { onBothDatabases } from "../both-databases.ts";
import { address, givenList, givenMembers, later, member, soon } from "../given.ts";

onBothDatabases("senders", (open) => {
  it("registers one person with several addresses", async () => {
    const store = await open();
    const list = await givenList(store);
    const added = await store.senders.add(
      list.id,
      { addresses: [address("anne"), address("anne@phone.example")], name: "Anne" },
      soon,
    );
    expect(added).to.deep.equal({ taken: [] });
    const [sender, ...others] = await store.senders.all(list.id);
    expect(sender).to.deep.include({ name: "Anne", addresses: ["anne@example.com", "anne@phone.example"] });
    expect(others).to.deep.equal([]);
    for (const one of ["anne", "ANNE@phone.example"]) {
      expect(await store.senders.standing(list.id, address(one))).to.deep.include({
        personId: sender?.personId,
        isSender: true,
        isMember: false,
        name: "Anne",
      });
    }
  });

  it("leaves another person's address where it is, and says so", async () => {
    const store = await open();
    const list = await givenList(store);
    await store.senders.add(list.id, { addresses: [address("bart")], name: "Bart" }, soon);
    expect(
      await store.senders.add(
        list.id,
        { addresses: [address("anne"), address("bart"), address("anne2")], name: "Anne" },
        soon,
      ),
    ).to.deep.equal({ taken: ["bart@example.com"] });
    expect((await store.senders.all(list.id)).map((sender) => sender.addresses)).to.deep.equal([
      ["bart@example.com"],
      ["anne@example.com", "anne2@example.com"],
    ]);
  });

  it("adds addresses and a name to a sender who is there, and keeps a name that is not said again", async () => {
    const store = await open();
    const list = await givenList(store);
    await store.senders.add(list.id, { addresses: [address("anne")], name: "Anne" }, soon);
    await store.senders.add(list.id, { addresses: [address("anne"), address("anne2")], name: "" }, later);
    expect(await store.senders.all(list.id)).to.have.length(1);
    expect((await store.senders.all(list.id))[0]).to.deep.include({
      name: "Anne",
      addresses: ["anne@example.com", "anne2@example.com"],
    });
  });

  it("tells senders, members and strangers apart, list by list", async () => {
    const store = await open();
    const [list, other] = [await givenList(store), await givenList(store, "other")];
    await store.senders.add(list.id, { addresses: [address("anne")], name: "Anne" }, soon);
    await givenMembers(store, list, ["bart", "cris"]);
    await store.members.setStatus((await member(store, list, "cris")).id, "left", later);
    const standing = async (listId: number, who: string) => {
      const found = await store.senders.standing(listId, address(who));
      return found && [found.isSender, found.isMember];
    };
    expect(await standing(list.id, "anne")).to.deep.equal([true, false]);
    expect(await standing(list.id, "bart")).to.deep.equal([false, true]);
    expect(await standing(list.id, "cris")).to.deep.equal([false, false]);
    expect(await standing(other.id, "anne")).to.deep.equal([false, false]);
    expect(await standing(list.id, "nobody")).to.equal(undefined);
  });

  it("removes a sender by any of the addresses, once", async () => {
    const store = await open();
    const list = await givenList(store);
    await store.senders.add(list.id, { addresses: [address("anne"), address("anne2")], name: "Anne" }, soon);
    expect(await store.senders.remove(list.id, address("ANNE2"))).to.equal(true);
    expect(await store.senders.remove(list.id, address("anne"))).to.equal(false);
    expect(await store.senders.remove(list.id, address("nobody"))).to.equal(false);
    expect(await store.senders.all(list.id)).to.deep.equal([]);
  });
});
