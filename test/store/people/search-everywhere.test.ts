import { expect } from "chai";
import { searchEverywhere } from "../../../server/store/people/search-everywhere.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, givenList, givenMembers, later, member } from "../given.ts";

onBothDatabases("a search over all lists", (open) => {
  it("finds persons by the beginning of an address, with all that they are", async () => {
    const store = await open();
    const [news, staff, gone] = [
      await givenList(store, "news"),
      await givenList(store, "staff"),
      await givenList(store, "gone"),
    ];
    for (const list of [news, gone]) await givenMembers(store, list, ["anne", "annette", "bart"]);
    await store.members.setStatus((await member(store, news, "anne")).id, "paused", later);
    await store.senders.add(
      staff.id,
      { addresses: [address("anne"), address("anne@home.example")], name: "Anne" },
      later,
    );
    await store.accounts.add(
      {
        username: "anne",
        address: address("anne"),
        passwordHash: undefined,
        isOwner: false,
        listIds: [news.id, gone.id],
      },
      later,
    );
    await store.deletedLists.add(gone.id, later);
    const found = await searchEverywhere(store.database, {
      prefix: "anne@e",
      text: "anne@e",
      accountId: undefined,
      limit: 20,
    });
    const anne = await member(store, news, "anne");
    expect(found).to.deep.equal([
      {
        personId: anne.personId,
        name: "Anne",
        addresses: ["anne@example.com", "anne@home.example"],
        memberOn: [
          { listId: news.id, title: "news", membershipId: anne.id, address: "anne@example.com", status: "paused" },
        ],
        senderOn: [{ listId: staff.id, title: "staff" }],
        account: { username: "anne", isOwner: false, administers: [{ listId: news.id, title: "news" }] },
      },
    ]);
    const names = async (prefix: string, limit = 20) =>
      (await searchEverywhere(store.database, { prefix, text: prefix, accountId: undefined, limit })).map(
        ({ name }) => name,
      );
    expect(await names("ann")).to.have.members(["Anne", "annette"]);
    expect(await names("ann", 1)).to.have.length(1);
    expect(await names("nne@e")).to.deep.equal(["Anne"]);
    expect(await names("ann%")).to.deep.equal([]);
  });

  it("finds senders by a part of their name", async () => {
    const store = await open();
    const list = await givenList(store);
    await store.senders.add(list.id, { addresses: [address("a")], name: "山田花子" }, later);
    const found = await searchEverywhere(store.database, {
      prefix: "花子",
      text: "花子",
      accountId: undefined,
      limit: 20,
    });
    expect(found.map(({ addresses }) => addresses)).to.deep.equal([["a@example.com"]]);
  });

  it("shows an administrator only who is on a list of theirs, and only what that list knows", async () => {
    const store = await open();
    const [mine, other] = [await givenList(store, "mine"), await givenList(store, "other")];
    await givenMembers(store, mine, ["anne"]);
    await givenMembers(store, other, ["anne", "anton"]);
    await store.senders.add(
      other.id,
      { addresses: [address("anne"), address("secret@home.example")], name: "Anne" },
      later,
    );
    await store.accounts.add(
      { username: "anne", address: address("anne"), passwordHash: undefined, isOwner: true, listIds: [] },
      later,
    );
    const adam = await store.accounts.add(
      { username: "adam", address: address("adam"), passwordHash: undefined, isOwner: false, listIds: [mine.id] },
      later,
    );
    const found = await searchEverywhere(store.database, { prefix: "an", text: "an", accountId: adam?.id, limit: 20 });
    expect(found).to.have.length(1);
    expect(found[0]).to.deep.include({ addresses: ["anne@example.com"], senderOn: [], account: undefined });
    expect(found[0]?.memberOn.map(({ title }) => title)).to.deep.equal(["mine"]);
    const byName = await searchEverywhere(store.database, {
      prefix: "secret",
      text: "secret",
      accountId: adam?.id,
      limit: 20,
    });
    expect(byName).to.deep.equal([]);
  });

  it("finds members by a part of their name as it is now, on lists that are seen", async () => {
    const store = await open();
    const [mine, other] = [await givenList(store, "mine"), await givenList(store, "other")];
    const person = (local: string, name: string) => ({ address: address(local), name, attributes: {} });
    await store.members.save(mine.id, [person("a", "山田花子")], later);
    await store.members.save(other.id, [person("b", "佐藤花子"), person("c", "鈴木一郎")], later);
    const adam = await store.accounts.add(
      { username: "adam", address: address("adam"), passwordHash: undefined, isOwner: false, listIds: [mine.id] },
      later,
    );
    const names = async (text: string, accountId?: number) =>
      (await searchEverywhere(store.database, { prefix: text, text, accountId, limit: 20 })).map(({ name }) => name);
    expect(await names("花子")).to.have.members(["山田花子", "佐藤花子"]);
    expect(await names("花子", adam?.id)).to.deep.equal(["山田花子"]);
    await store.members.save(other.id, [person("b", "佐藤桜")], later + 1);
    expect(await names("花子")).to.deep.equal(["山田花子"]);
    await store.deletedLists.add(mine.id, later);
    expect(await names("花子")).to.deep.equal([]);
    expect(await names("a@", adam?.id)).to.deep.equal([]);
  });
});
