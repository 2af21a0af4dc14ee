import { expect } from "chai";
import { acceptMessage } from "../../../server/store/posts/acceptance.ts";
import { expandChunk, nextStart, postsToExpand } from "../../../server/store/deliveries/expansion.ts";
import { onBothDatabases } from "../both-databases.ts";
import {
  address,
  claim,
  expand,
  givenList,
  givenMembers,
  givenPost,
  incoming,
  later,
  member,
  names,
  soon,
  tallyOf,
} from "../given.ts";

onBothDatabases("expansion", (open) => {
  it("writes a delivery for each active member, a chunk a transaction", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, 1234);
    const post = await givenPost(store, list, { fingerprint: "large" });
    const sizes = [];
    for (let last = false; !last;) {
      last = await expandChunk(store.database, post.id, later);
      sizes.push((await tallyOf(store, post))["pending"]);
    }
    expect(sizes).to.deep.equal([500, 1000, 1234]);
    expect((await store.posts.find(post.id))?.expandedAt).to.equal(later);
    expect(await expandChunk(store.database, post.id, later)).to.equal(true);
    expect(await tallyOf(store, post)).to.deep.equal({ pending: 1234 });
  });

  it("lets the first copies leave while the last members are still written down", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, 600);
    const post = await givenPost(store, list, { fingerprint: "large" });
    await expandChunk(store.database, post.id, later);
    expect((await claim(store, 10)).map((one) => one.name)).to.deep.equal(
      Array.from({ length: 10 }, (_, index) => `m${index + 1}`),
    );
  });

  it("ends with a list of exactly one chunk, and with an empty one", async () => {
    const store = await open();
    for (const [name, size] of [
      ["exact", 500],
      ["empty", 0],
    ] as const) {
      const list = await givenList(store, name);
      await givenMembers(store, list, size);
      const post = await givenPost(store, list, { fingerprint: name });
      await expand(store, post);
      expect((await tallyOf(store, post))["pending"] ?? 0).to.equal(size);
      expect((await store.posts.find(post.id))?.expandedAt).to.equal(later);
    }
  });

  it("reaches exactly those who were active when the post was accepted", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne", "bart", "cris", "dora", "eric"]);
    await store.members.save(list.id, [{ address: address("wim"), name: "", attributes: {}, status: "waiting" }], soon);
    const status = async (name: string, to: "left" | "paused" | "active", at: number) =>
      store.members.setStatus((await member(store, list, name)).id, to, at);
    await status("dora", "left", later - 10);
    await status("eric", "paused", later - 10);
    const post = await givenPost(store, list, { fingerprint: "post" });
    await store.members.save(list.id, [{ address: address("joined-later"), name: "", attributes: {} }], later + 10);
    await status("wim", "active", later + 10);
    await status("eric", "active", later + 10);
    await status("bart", "left", later + 10);
    await status("eric", "left", later + 20);
    await expand(store, post, later + 30);
    expect(await tallyOf(store, post)).to.deep.equal({ pending: 3 });
    expect(names(await claim(store, 10, later + 30))).to.deep.equal(["anne", "cris"]);
    expect(await tallyOf(store, post)).to.deep.equal({ sending: 2, cancelled: 1 });
  });

  it("does not count a member who paused before the post and left after it", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    const { id } = await member(store, list, "anne");
    await store.members.setStatus(id, "paused", later - 10);
    const post = await givenPost(store, list, { fingerprint: "post" });
    await store.members.setStatus(id, "left", later + 10);
    await expand(store, post, later + 20);
    expect(await tallyOf(store, post)).to.deep.equal({});
  });

  it("sends the poster no copy where the list says so", async () => {
    const store = await open();
    for (const [name, ownCopy, copies] of [
      ["with", true, ["anne", "bart"]],
      ["without", false, ["bart"]],
    ] as const) {
      const list = await givenList(store, name, { ownCopy });
      await givenMembers(store, list, ["anne", "bart"]);
      const { personId } = await member(store, list, "anne");
      await expand(store, await givenPost(store, list, { fingerprint: name, post: { posterId: personId } }));
      expect(names(await claim(store))).to.deep.equal(copies);
    }
  });

  it("gives each person one copy of a message that was posted to two lists", async () => {
    const store = await open();
    const [news, staff] = [await givenList(store, "news"), await givenList(store, "staff")];
    await givenMembers(store, news, ["anne", "bart"]);
    await givenMembers(store, staff, ["bart", "cris"]);
    const posts = await acceptMessage(store.database, incoming([news, staff]));
    for (const post of posts) await expand(store, post);
    expect(names(await claim(store))).to.deep.equal(["anne", "bart", "cris"]);
    expect(await Promise.all(posts.map((post) => tallyOf(store, post)))).to.deep.equal([
      { sending: 2 },
      { sending: 1 },
    ]);
  });

  it("writes a stopped post's copies down as cancelled", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, 700);
    const post = await givenPost(store, list, { fingerprint: "post" });
    await expandChunk(store.database, post.id, later);
    expect(await store.posts.stop(post.id, later)).to.equal(true);
    await expand(store, post);
    expect(await tallyOf(store, post)).to.deep.equal({ pending: 500, cancelled: 200 });
    expect(await claim(store)).to.deep.equal([]);
    expect(await tallyOf(store, post)).to.deep.equal({ cancelled: 700 });
    const [first] = await store.deliveries.page(post.id, { limit: 1 });
    expect(first).to.include({ state: "cancelled", reason: "stopped" });
  });

  it("waits for the end of the cool-off, and for an administrator's word", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    expect(await nextStart(store.database)).to.equal(undefined);
    const cooling = await givenPost(store, list, { fingerprint: "cooling", post: { startsAt: later + 60_000 } });
    const held = await givenPost(store, list, { fingerprint: "held", post: { disposition: "held" } });
    expect(await postsToExpand(store.database, later)).to.deep.equal([]);
    expect(await nextStart(store.database)).to.equal(later + 60_000);
    expect(await expandChunk(store.database, held.id, later)).to.equal(true);
    expect(await tallyOf(store, held)).to.deep.equal({});
    await store.posts.resolveHeld(held.id, "accepted", later + 5);
    expect(await postsToExpand(store.database, later + 60_000)).to.deep.equal([held.id, cooling.id]);
  });

  it("knows nothing to do for a post that is gone", async () => {
    const store = await open();
    expect(await expandChunk(store.database, 999, later)).to.equal(true);
  });
});
