import { expect } from "chai";
import { postState } from "../../../server/lists/post.ts";
import { cancelWaiting } from "../../../server/store/deliveries/outcomes.ts";
import { onBothDatabases } from "../both-databases.ts";
import { claim, expand, givenList, givenMembers, givenPost, givenQueue, later, record, tallyOf } from "../given.ts";

onBothDatabases("posts", (open) => {
  it("shows the history newest first, in pages by key", async () => {
    const store = await open();
    const [news, staff] = [await givenList(store, "news"), await givenList(store, "staff")];
    for (let index = 0; index < 12; index++)
      await givenPost(store, index % 3 === 0 ? staff : news, {
        fingerprint: `post ${index}`,
        receivedAt: later + index,
      });
    const first = await store.posts.page({ limit: 5 });
    const second = await store.posts.page({ limit: 5, before: first.at(-1)?.id ?? 0 });
    expect([...first, ...second].map((post) => post.acceptedAt - later)).to.deep.equal([
      11, 10, 9, 8, 7, 6, 5, 4, 3, 2,
    ]);
    const ofStaff = await store.posts.page({ limit: 3, listIds: [staff.id] });
    expect(ofStaff.map((post) => [post.listName, post.number])).to.deep.equal([
      ["staff", 4],
      ["staff", 3],
      ["staff", 2],
    ]);
    expect(await store.posts.page({ limit: 3, listIds: [] })).to.deep.equal([]);
    expect((await store.posts.page({ limit: 20, listIds: [staff.id, news.id] })).length).to.equal(12);
  });

  it("narrows posts by time and disposition", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenPost(store, list, { fingerprint: "1", subject: "運動会のお知らせ", receivedAt: later });
    await givenPost(store, list, {
      fingerprint: "2",
      subject: "Trip",
      receivedAt: later + 1,
    });
    await givenPost(store, list, {
      fingerprint: "3",
      subject: "Held",
      receivedAt: later + 2,
      post: { disposition: "held" },
    });
    const subjects = async (filter: object) =>
      (await store.posts.page({ limit: 10, ...filter })).map((post) => post.subject);
    expect(await subjects({ since: later + 1, until: later + 2 })).to.deep.equal(["Trip"]);
    expect(await subjects({ disposition: "held" })).to.deep.equal(["Held"]);
  });

  it("tells the state of a post from its first copy to its last", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, 3);
    const { id } = await givenPost(store, list, { fingerprint: "post", post: { startsAt: later + 10 } });
    const state = async (now: number) => {
      const post = await store.posts.find(id);
      return post && postState(post, now);
    };
    expect(await state(later)).to.equal("waiting");
    expect(await state(later + 10)).to.equal("sending");
    await expand(store, { id });
    const claims = await claim(store);
    await record(store, claims.slice(0, 2), "sent");
    await record(store, claims.slice(2), { state: "deferred", dueAt: later + 20 });
    expect(await state(later + 20)).to.equal("sending");
    await record(store, await claim(store, 10, later + 20), "failed");
    expect(await state(later + 30)).to.equal("sent");
    expect(await store.posts.find(999)).to.equal(undefined);
  });

  it("stops a post once, from the next claim on", async () => {
    const store = await open();
    const { post } = await givenQueue(store, 10);
    const claims = await claim(store, 4);
    expect(await store.posts.stop(post.id, later + 1)).to.equal(true);
    expect(await store.posts.stop(post.id, later + 2)).to.equal(false);
    expect(await store.posts.stoppedWithWaiting()).to.deep.equal([post.id]);
    expect(await claim(store, 3)).to.deep.equal([]);
    await record(store, claims, "sent");
    expect(await tallyOf(store, post)).to.deep.equal({ sent: 4, cancelled: 6 });
    expect(await store.posts.stoppedWithWaiting()).to.deep.equal([]);
    expect((await store.posts.find(post.id))?.stoppedAt).to.equal(later + 1);
  });

  it("tells which posts still run: neither stopped nor deleted with their list", async () => {
    const store = await open();
    const [news, staff] = [await givenList(store, "news"), await givenList(store, "staff")];
    const running = await givenPost(store, news, { fingerprint: "runs" });
    const stopped = await givenPost(store, news, { fingerprint: "stopped" });
    const deleted = await givenPost(store, staff, { fingerprint: "deleted" });
    await store.posts.stop(stopped.id, later);
    await store.lists.delete(staff.id);
    const found = await store.posts.runningAmong([running.id, stopped.id, deleted.id]);
    expect([...found]).to.deep.equal([running.id]);
    expect((await store.posts.runningAmong([])).size).to.equal(0);
  });

  it("names stopped posts until the last of their copies is cancelled", async () => {
    const store = await open();
    const { post } = await givenQueue(store, 10);
    await store.posts.stop(post.id, later);
    await cancelWaiting(store.database, { postId: post.id, reason: "stopped", limit: 9 });
    expect(await store.posts.stoppedWithWaiting()).to.deep.equal([post.id]);
    await cancelWaiting(store.database, { postId: post.id, reason: "stopped", limit: 9 });
    expect(await store.posts.stoppedWithWaiting()).to.deep.equal([]);
  });

  it("has nothing to stop of a post that is done, held or unknown", async () => {
    const store = await open();
    const { list, post } = await givenQueue(store, 2);
    await record(store, await claim(store), "sent");
    expect(await store.posts.stop(post.id, later)).to.equal(false);
    const held = await givenPost(store, list, { fingerprint: "held", post: { disposition: "held" } });
    expect(await store.posts.stop(held.id, later)).to.equal(false);
    expect(await store.posts.stop(999, later)).to.equal(false);
    expect((await store.posts.find(post.id))?.stoppedAt).to.equal(undefined);
  });

  it("takes an administrator's word on a held post once", async () => {
    const store = await open();
    const list = await givenList(store);
    const first = await givenPost(store, list, { fingerprint: "1", post: { disposition: "held" } });
    const second = await givenPost(store, list, { fingerprint: "2", post: { disposition: "held" } });
    expect(await store.posts.resolveHeld(first.id, "accepted", later + 9)).to.equal(true);
    expect(await store.posts.resolveHeld(first.id, "rejected", later + 9)).to.equal(false);
    expect(await store.posts.resolveHeld(second.id, "rejected", later + 9)).to.equal(true);
    expect(await store.posts.find(first.id)).to.include({
      disposition: "accepted",
      acceptedAt: later + 9,
      startsAt: later + 9,
    });
    expect(await store.posts.find(second.id)).to.include({ disposition: "rejected" });
  });
});
