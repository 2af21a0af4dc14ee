import { expect } from "chai";
import type { Store } from "../../server/store/store.ts";
import { countedMost } from "../../server/store/overview.ts";
import { onBothDatabases } from "./both-databases.ts";
import { address, givenList, givenMembers, givenPost, later, member } from "./given.ts";

async function administrator(store: Store, listIds: readonly number[]): Promise<number> {
  const account = { username: "adam", address: address("adam"), passwordHash: undefined, isOwner: false, listIds };
  return (await store.accounts.add(account, later))?.id ?? 0;
}

async function refused(store: Store, listId: number, at: number): Promise<void> {
  await store.refusals.record({ listId, at, client: "", mailFrom: "", author: "", subject: "", reason: "", reply: "" });
}

onBothDatabases("the overview", (open) => {
  it("counts what needs a hand, list by list, and names no list that needs nothing", async () => {
    const store = await open();
    const news = await givenList(store, "news", { title: "News" });
    const staff = await givenList(store, "staff", { title: "Staff" });
    await givenList(store, "quiet");
    await givenMembers(store, news, ["anne", "bart", "cris", "dora", "emil"]);
    await store.members.setStatus((await member(store, news, "anne")).id, "waiting", later);
    await store.members.setStatus((await member(store, news, "bart")).id, "bounced", later);
    await store.members.leave((await member(store, news, "cris")).id, later);
    await store.members.setStatus((await member(store, news, "dora")).id, "left", later);
    await store.members.leave((await member(store, news, "emil")).id, later - 10);
    await givenPost(store, staff, { fingerprint: "held", post: { disposition: "held" } });
    await givenPost(store, staff, { fingerprint: "accepted" });
    await refused(store, staff.id, later);
    await refused(store, staff.id, later - 10);
    const nothing = { held: 0, refused: 0, waiting: 0, bounced: 0, left: 0 };
    expect(await store.overview.needs({ accountId: undefined, since: later })).to.deep.equal([
      { id: news.id, title: "News", ...nothing, waiting: 1, bounced: 1, left: 1 },
      { id: staff.id, title: "Staff", ...nothing, held: 1, refused: 1 },
    ]);
    const adam = await administrator(store, [staff.id]);
    const seen = await store.overview.needs({ accountId: adam, since: later });
    expect(seen.map(({ title }) => title)).to.deep.equal(["Staff"]);
    await store.deletedLists.add(staff.id, later);
    expect(await store.overview.needs({ accountId: adam, since: later })).to.deep.equal([]);
  });

  it("counts no further than a page shows", async () => {
    const store = await open();
    const list = await givenList(store);
    for (let n = 0; n < countedMost + 5; n++) await refused(store, list.id, later);
    expect((await store.overview.needs({ accountId: undefined, since: later }))[0]?.refused).to.equal(countedMost);
  });

  it("shows the last posts that were accepted, over all lists or one's own", async () => {
    const store = await open();
    const [news, staff, gone] = [
      await givenList(store, "news"),
      await givenList(store, "staff"),
      await givenList(store, "gone"),
    ];
    for (const [list, subject] of [
      [news, "one"],
      [staff, "two"],
      [gone, "three"],
      [news, "four"],
      [news, "five"],
    ] as const)
      await givenPost(store, list, { fingerprint: subject, subject });
    await givenPost(store, news, { fingerprint: "held", subject: "held", post: { disposition: "held" } });
    for (const list of [news, staff])
      await givenPost(store, list, { fingerprint: `again ${list.name}`, post: { origin: "reminder", reminds: 1 } });
    await store.deletedLists.add(gone.id, later);
    const adam = await administrator(store, [staff.id, gone.id]);
    const subjects = async (accountId: number | undefined, limit = 3) =>
      (await store.overview.latest({ accountId, limit })).map(({ subject }) => subject);
    expect(await subjects(undefined)).to.deep.equal(["five", "four", "two"]);
    expect(await subjects(undefined, 10)).to.deep.equal(["five", "four", "two", "one"]);
    expect(await subjects(adam)).to.deep.equal(["two"]);
  });

  it("knows where a person may post, and from which addresses", async () => {
    const store = await open();
    const [news, staff] = [await givenList(store, "news"), await givenList(store, "staff")];
    await store.senders.add(
      news.id,
      { addresses: [address("anne"), address("anne@home.example")], name: "Anne" },
      later,
    );
    await givenMembers(store, staff, ["anne"]);
    const anne = await store.senders.standing(news.id, address("anne"));
    expect(await store.overview.posting(anne?.personId ?? 0)).to.deep.equal({
      addresses: ["anne@example.com", "anne@home.example"],
      senderOn: new Set([news.id]),
      memberOn: new Set([staff.id]),
    });
  });
});
