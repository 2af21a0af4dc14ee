import { expect } from "chai";
import { keptMs } from "../../../server/store/deletion/deleted-lists.ts";
import { acceptMessage } from "../../../server/store/posts/acceptance.ts";
import { cancelWaiting } from "../../../server/store/deliveries/outcomes.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, claim, expand, givenList, givenMembers, givenPost, incoming, later, tallyOf } from "../given.ts";

onBothDatabases("deleted lists", (open) => {
  it("are hidden from every verb that shows lists, posts or accounts, and come back whole", async () => {
    const store = await open();
    const list = await givenList(store);
    const other = await givenList(store, "other");
    await givenMembers(store, list, 2);
    const account = await store.accounts.add(
      {
        username: "anne",
        address: address("anne"),
        passwordHash: undefined,
        isOwner: false,
        listIds: [list.id, other.id],
      },
      later,
    );
    const post = await givenPost(store, list, { fingerprint: "hello" });
    const look = async () => ({
      found: await store.lists.find(list.id),
      byAddress: await store.lists.findByAddress("news", "lists.example.org"),
      byName: await store.lists.findByName("news"),
      summaries: (await store.lists.summaries()).map(({ name }) => name),
      own: (await store.lists.summaries({ accountId: account?.id })).map(({ name }) => name),
      searched: await store.lists.summaries({ search: "news" }),
      post: await store.posts.find(post.id),
      posts: await store.posts.page({ limit: 10 }),
      ofList: await store.posts.page({ listIds: [list.id], limit: 10 }),
      accounts: (await store.accounts.all()).map(({ lists }) => lists),
    });
    const before = await look();
    expect(await store.deletedLists.add(list.id, later)).to.equal(true);
    expect(await look()).to.deep.equal({
      found: undefined,
      byAddress: undefined,
      byName: [],
      summaries: ["other"],
      own: ["other"],
      searched: [],
      post: undefined,
      posts: [],
      ofList: [],
      accounts: [["other"]],
    });
    expect(await store.deletedLists.all(later)).to.deep.equal([
      {
        id: list.id,
        name: "news",
        domain: "lists.example.org",
        title: "news",
        deletedAt: later,
        until: later + keptMs,
      },
    ]);
    expect(await store.deletedLists.restore(list.id, later + keptMs - 1)).to.equal(true);
    const after = await look();
    expect({ ...after, post: undefined, posts: 1, ofList: 1 }).to.deep.equal({
      ...before,
      post: undefined,
      posts: 1,
      ofList: 1,
    });
    expect(after.post).to.deep.include({ id: post.id, stoppedAt: later });
    expect(await store.members.counts(list.id)).to.include({ active: 2 });
    expect(await store.deletedLists.all(later)).to.deep.equal([]);
  });

  it("send nothing more: what runs is stopped, what waits cancelled, what is over stays as it was", async () => {
    const store = await open();
    const list = await givenList(store);
    const other = await givenList(store, "other");
    await givenMembers(store, list, 3);
    await givenMembers(store, other, 2);
    const over = await givenPost(store, list, { fingerprint: "over" });
    await expand(store, over);
    const claimed = await claim(store);
    await store.database.write(async (write) => {
      await write.updateTable("delivery").set({ state: "sent" }).execute();
      await write.deleteFrom("tally").execute();
      await write.insertInto("tally").values({ post_id: over.id, state: "sent", count: claimed.length }).execute();
    });
    const running = await givenPost(store, list, { fingerprint: "running" });
    await expand(store, running);
    const beginning = await givenPost(store, list, { fingerprint: "beginning" });
    const elsewhere = await givenPost(store, other, { fingerprint: "elsewhere" });
    await expand(store, elsewhere);
    await store.deletedLists.add(list.id, later + 1);
    expect((await claim(store)).map((one) => one.listId)).to.deep.equal([other.id, other.id]);
    expect(await store.posts.stoppedWithWaiting()).to.deep.equal([]);
    await store.deletedLists.restore(list.id, later + 2);
    const stopped = await Promise.all([over, running, beginning].map(async ({ id }) => store.posts.find(id)));
    expect(stopped.map((post) => post?.stoppedAt)).to.deep.equal([undefined, later + 1, later + 1]);
    expect(await tallyOf(store, running)).to.deep.equal({ cancelled: 3 });
    expect(await tallyOf(store, over)).to.deep.equal({ sent: 3 });
  });

  it("take no post that was on its way in", async () => {
    const store = await open();
    const list = await givenList(store);
    await store.deletedLists.add(list.id, later);
    const late = await acceptMessage(store.database, incoming([list])).catch((error: unknown) => error);
    expect(late).to.be.instanceOf(Error);
  });

  it("are purged after a week, and not before", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, 3);
    await store.deletedLists.add(list.id, later);
    await store.deletedLists.purge(later + keptMs - 1);
    expect(await store.deletedLists.find(list.id, later)).to.not.equal(undefined);
    expect(await store.deletedLists.restore(list.id, later + keptMs)).to.equal(false);
    await store.deletedLists.purge(later + keptMs);
    expect(await store.database.reader.selectFrom("list").selectAll().execute()).to.deep.equal([]);
    expect(await store.database.reader.selectFrom("membership").selectAll().execute()).to.deep.equal([]);
  });

  it("keep their name until they are given up", async () => {
    const store = await open();
    const list = await givenList(store);
    expect(await store.deletedLists.giveUp(list.id)).to.equal(false);
    await store.deletedLists.add(list.id, later);
    expect(await store.deletedLists.add(list.id, later)).to.equal(false);
    expect(await store.lists.create({ ...list, title: "new" })).to.equal(undefined);
    expect((await store.deletedLists.findByAddress("news", list.domain, later))?.id).to.equal(list.id);
    expect(await store.deletedLists.giveUp(list.id)).to.equal(true);
    expect(await store.deletedLists.restore(list.id, later)).to.equal(false);
    const again = await store.lists.create({ ...list, title: "new" });
    expect(again).to.include({ name: "news", title: "new" });
    await store.deletedLists.purge(later);
    expect((await store.lists.summaries()).map(({ title }) => title)).to.deep.equal(["new"]);
  });

  it("are left half-purged when told to stop, and purged by the next call", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, 3);
    await store.deletedLists.add(list.id, later);
    await store.deletedLists.giveUp(list.id);
    const broken = await store.deletedLists.purge(later, AbortSignal.abort()).catch((error: unknown) => error);
    expect(broken).to.be.instanceOf(Error);
    expect(await store.database.reader.selectFrom("list").select("id").execute()).to.have.length(1);
    await store.deletedLists.purge(later);
    expect(await store.database.reader.selectFrom("list").select("id").execute()).to.have.length(0);
  });

  it("are stopped in pieces, however many posts they had", async () => {
    const store = await open();
    const list = await givenList(store);
    const first = await givenPost(store, list, { fingerprint: "first" });
    await store.database.write(async (write) => {
      const row = await write.selectFrom("post").selectAll().where("id", "=", first.id).executeTakeFirstOrThrow();
      const copies = Array.from({ length: 1200 }, (_, n) => ({
        ...row,
        id: first.id + n + 1,
        number: n + 2,
        fingerprint: `p${n}`,
      }));
      for (let from = 0; from < copies.length; from += 300)
        await write
          .insertInto("post")
          .values(copies.slice(from, from + 300))
          .execute();
    });
    await store.deletedLists.add(list.id, later + 1);
    const stopped = await store.database.reader
      .selectFrom("post")
      .select("id")
      .where("stopped_at", "=", later + 1)
      .execute();
    expect(stopped).to.have.length(1201);
    expect(await cancelWaiting(store.database, { postId: first.id, reason: "stopped", limit: 10 })).to.equal(0);
  });
});
