import { expect } from "chai";
import { completeMessage } from "../../../server/store/posts/messages.ts";
import { nextRetryAt, releaseClaims } from "../../../server/store/deliveries/claims.ts";
import { insertNotice } from "../../../server/store/deliveries/deliveries.ts";
import { expandChunk } from "../../../server/store/deliveries/expansion.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import {
  claim,
  expand,
  givenList,
  givenMembers,
  givenPost,
  givenQueue,
  later,
  member,
  names,
  record,
  tallyOf,
} from "../given.ts";

async function notice(store: Store, listId: number): Promise<number> {
  return store.database.write(async (write) => {
    const messageId = await completeMessage(write, {
      body: { bytes: Buffer.from("notice") },
      size: 0,
      mailFrom: "",
      receivedAt: later,
    });
    return insertNotice(write, {
      messageId,
      listId,
      rcptTo: "zoe@example.com",
      secret: Buffer.alloc(16, 7),
      now: later,
    });
  });
}

onBothDatabases("claims", (open) => {
  it("hands out all that a copy needs, once", async () => {
    const store = await open();
    const { list, post } = await givenQueue(store, ["anne", "bart"]);
    const [anne] = await claim(store);
    expect(anne).to.deep.include({
      postId: post.id,
      listId: list.id,
      attempts: 0,
      address: "anne@example.com",
      name: "anne",
      language: undefined,
    });
    expect(await claim(store)).to.deep.equal([]);
    expect(await store.deliveries.forShowing(anne?.id ?? 0)).to.deep.equal(anne);
  });

  it("gives each copy a secret of its own, beside the membership's", async () => {
    const store = await open();
    const { list } = await givenQueue(store, ["anne", "bart"]);
    const [anne, bart] = await claim(store);
    expect(anne?.membershipId).to.equal((await member(store, list, "anne")).id);
    expect(anne?.membershipSecret).to.deep.equal(await store.members.secretOf(anne?.membershipId ?? 0));
    expect(anne?.secret).to.have.length(16);
    expect(anne?.secret).to.not.deep.equal(bart?.secret);
    expect(await store.deliveries.secretOf(anne?.id ?? 0)).to.deep.equal({ secret: anne?.secret, listId: list.id });
  });

  it("lets a small post run beside a large one that is half-way", async () => {
    const store = await open();
    const [large, small] = [await givenList(store, "large"), await givenList(store, "small")];
    await givenMembers(store, large, 1000);
    await givenMembers(store, small, 50);
    const first = await givenPost(store, large, { fingerprint: "large" });
    await expand(store, first);
    await claim(store, 400);
    const second = await givenPost(store, small, { fingerprint: "small" });
    await expand(store, second);
    const next = await claim(store, 100);
    const count = (post: { readonly id: number }) => next.filter((one) => one.postId === post.id).length;
    expect([count(first), count(second)]).to.deep.equal([51, 49]);
  });

  it("lets two large posts advance side by side, even when a notice waits as the second begins", async () => {
    const store = await open();
    const lists = [await givenList(store, "one"), await givenList(store, "two")] as const;
    await givenMembers(store, lists[0], 700);
    await givenMembers(store, lists[1], ["zoe", ...Array.from({ length: 699 }, (_, index) => `z${index}`)]);
    const first = await givenPost(store, lists[0], { fingerprint: "one" });
    await expand(store, first);
    await claim(store, 300);
    await notice(store, lists[0].id);
    await expandChunk(store.database, (await givenPost(store, lists[1], { fingerprint: "two" })).id, later);
    const next = await claim(store, 101);
    expect(next[0]).to.include({ postId: null, address: "zoe@example.com" });
    expect(next.filter((one) => one.postId === first.id).length).to.equal(51);
  });

  it("sends notices ahead of all that waits, to their own recipient", async () => {
    const store = await open();
    const { list } = await givenQueue(store, 3);
    const id = await notice(store, list.id);
    const [first] = await claim(store, 1);
    expect(first).to.deep.include({
      id,
      postId: null,
      listId: list.id,
      address: "zoe@example.com",
      name: "",
      membershipId: null,
      membershipSecret: null,
      secret: Buffer.alloc(16, 7),
    });
    await record(store, first === undefined ? [] : [first], "sent");
    expect(await store.deliveries.find(id)).to.include({ state: "sent", address: "zoe@example.com" });
  });

  it("takes retries when they are due, up to half of a batch", async () => {
    const store = await open();
    await givenQueue(store, 20);
    const first = await claim(store, 10);
    await record(store, first, { state: "deferred", dueAt: later + 60_000 });
    expect(await nextRetryAt(store.database)).to.equal(later + 60_000);
    expect((await claim(store, 4)).every((one) => one.attempts === 0)).to.equal(true);
    const mixed = await claim(store, 6, later + 60_000);
    expect(mixed.map((one) => one.attempts)).to.deep.equal([1, 1, 1, 0, 0, 0]);
    const rest = [...(await claim(store, 20, later + 60_000)), ...(await claim(store, 20, later + 60_000))];
    expect(rest.length).to.equal(20 - 4 - 6);
    expect(await nextRetryAt(store.database)).to.equal(undefined);
  });

  it("cancels, with the reason, what must not leave any more", async () => {
    const store = await open();
    const { list, post } = await givenQueue(store, ["anne", "bart", "cris", "dora"]);
    for (const [name, status] of [
      ["bart", "left"],
      ["cris", "paused"],
      ["dora", "bounced"],
    ] as const) {
      await store.members.setStatus((await member(store, list, name)).id, status, later + 1);
    }
    expect(names(await claim(store))).to.deep.equal(["anne"]);
    const rows = await store.deliveries.page(post.id, { limit: 10, state: "cancelled" });
    expect(rows.map(({ name, reason }) => [name, reason])).to.deep.equal([
      ["bart", "left"],
      ["cris", "paused"],
      ["dora", "bounced"],
    ]);
    expect(await tallyOf(store, post)).to.deep.equal({ sending: 1, cancelled: 3 });
  });

  it("cancels the retry of a member who was removed since", async () => {
    const store = await open();
    const { list, post } = await givenQueue(store, ["anne"]);
    await record(store, await claim(store), "deferred");
    const { id } = await member(store, list, "anne");
    await store.database.write((write) => write.deleteFrom("membership").where("id", "=", id).execute());
    expect(await claim(store, 10, later + 60_000)).to.deep.equal([]);
    expect((await store.deliveries.page(post.id, { limit: 1 }))[0]).to.include({
      state: "cancelled",
      reason: "removed",
      attempts: 1,
    });
  });

  it("looks on behind a whole batch that must not leave", async () => {
    const store = await open();
    const { post } = await givenQueue(store, 30);
    const other = await givenList(store, "other");
    await givenMembers(store, other, ["zoe"]);
    await expand(store, await givenPost(store, other, { fingerprint: "other", post: { startsAt: later } }));
    await store.posts.stop(post.id, later);
    expect(names(await claim(store, 4))).to.deep.equal(["zoe"]);
  });

  it("tells the copies that were on their way in a crash from those that waited", async () => {
    const store = await open();
    const { post } = await givenQueue(store, 5);
    const [first] = await claim(store, 3);
    await record(store, first === undefined ? [] : [first], "sent");
    expect(await releaseClaims(store.database)).to.equal(2);
    expect(await tallyOf(store, post)).to.deep.equal({ sent: 1, pending: 4 });
    expect(await releaseClaims(store.database)).to.equal(0);
    expect((await claim(store)).length).to.equal(4);
  });

  it("gives no copy to two queues that claim at the same time", async () => {
    const stores = [await open(), await open()] as const;
    const { post } = await givenQueue(stores[0], 300);
    const claims = await Promise.all(stores.flatMap((store) => [claim(store, 100), claim(store, 100)]));
    const ids = claims.flat().map((one) => one.id);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(await tallyOf(stores[0], post)).to.include({ sending: ids.length });
  });
});
