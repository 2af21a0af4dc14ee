import { expect } from "chai";
import { blankContent } from "../../../server/lists/composition.ts";
import { acceptMessage } from "../../../server/store/posts/acceptance.ts";
import { expandChunk } from "../../../server/store/deliveries/expansion.ts";
import { callBack, postsOf, takeDraft } from "../../../server/store/schedules/sent-compositions.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { givenList, givenMembers, incoming, later, soon, tallyOf } from "../given.ts";

onBothDatabases("a draft that is sent", (open) => {
  async function given(store: Store): Promise<{ readonly id: number; readonly posts: readonly number[] }> {
    const lists = [await givenList(store, "one"), await givenList(store, "two")];
    for (const list of lists) await givenMembers(store, list, ["bart", "cris"]);
    const { id } = await store.compositions.create(
      { accountId: 1, kind: "draft", title: "", content: { ...blankContent, listIds: lists.map((list) => list.id) } },
      soon,
    );
    expect(await store.database.write((write) => takeDraft(write, { id, edition: 1 }, later))).to.equal(true);
    const post = { compositionId: id, origin: "panel" as const, startsAt: later + 60_000 };
    const posts = await acceptMessage(store.database, incoming(lists, { post }));
    return { id, posts: posts.map((each) => each.id) };
  }

  it("is taken once, by who saw its last edition", async () => {
    const store = await open();
    const { id, posts } = await given(store);
    expect(await store.database.write((write) => takeDraft(write, { id, edition: 2 }, later))).to.equal(false);
    expect(await store.database.write((write) => takeDraft(write, { id, edition: 1 }, later))).to.equal(false);
    expect(await postsOf(store.database, id)).to.deep.equal(posts);
    expect((await store.compositions.find(id))?.kind).to.equal("sent");
  });

  it("is a draft again when it is called back, and nobody is written down", async () => {
    const store = await open();
    const { id, posts } = await given(store);
    expect(await callBack(store.database, id, later)).to.equal(true);
    expect((await store.compositions.find(id))?.kind).to.equal("draft");
    for (const post of posts) {
      expect(await expandChunk(store.database, post, later + 70_000)).to.equal(true);
      expect(await tallyOf(store, { id: post })).to.deep.equal({});
      expect((await store.posts.find(post))?.stoppedAt).to.equal(later);
    }
    expect(await callBack(store.database, id, later)).to.equal(false);
  });

  it("is not called back once one of its posts has begun, and nothing of it is then stopped", async () => {
    const store = await open();
    const { id, posts } = await given(store);
    await expandChunk(store.database, posts[1] ?? 0, later);
    expect(await callBack(store.database, id, later)).to.equal(false);
    expect((await store.compositions.find(id))?.kind).to.equal("sent");
    expect((await store.posts.find(posts[0] ?? 0))?.stoppedAt).to.equal(undefined);
  });

  it("either goes to everybody or to nobody when it is called back at the very moment it begins", async () => {
    const store = await open();
    const other = await open();
    for (let round = 0; round < 10; round++) {
      const name = `list${round}`;
      const list = await givenList(store, name);
      await givenMembers(store, list, ["bart", "cris"]);
      const { id } = await store.compositions.create(
        { accountId: 1, kind: "draft", title: "", content: blankContent },
        soon,
      );
      await store.database.write((write) => takeDraft(write, { id, edition: 1 }, later));
      const post = { compositionId: id, origin: "panel" as const };
      const [made] = await acceptMessage(store.database, incoming([list], { fingerprint: name, post }));
      const postId = made?.id ?? 0;
      const [isBack] = await Promise.all([
        callBack(other.database, id, later),
        expandChunk(store.database, postId, later),
      ]);
      const sum = Object.values(await tallyOf(store, { id: postId })).reduce((all, count) => all + count, 0);
      expect(sum, `called back: ${isBack}`).to.equal(isBack ? 0 : 2);
      expect((await store.compositions.find(id))?.kind).to.equal(isBack ? "draft" : "sent");
    }
  });
});
