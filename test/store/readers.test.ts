import { expect } from "chai";
import { recordConfirmations } from "../../server/store/confirmations.ts";
import { confirmedPage, silentPage } from "../../server/store/readers.ts";
import { responseTimesOf } from "../../server/store/response-times.ts";
import type { Store } from "../../server/store/store.ts";
import { onBothDatabases } from "./both-databases.ts";
import { expand, givenList, givenMembers, givenPost, later } from "./given.ts";

onBothDatabases("who has read a post", (open) => {
  async function given(store: Store, members: number) {
    const list = await givenList(store);
    await givenMembers(store, list, members);
    const post = await givenPost(store, list, { fingerprint: "asks", post: { asksConfirmation: true } });
    await expand(store, post);
    await store.database.write(async (write) => write.updateTable("delivery").set({ state: "sent" }).execute());
    const rows = (await Array.fromAsync(store.deliveries.all(post.id))).flat();
    const press = (from: number, to: number, at = later) =>
      recordConfirmations(
        store.database,
        rows.slice(from, to).map(({ id }, place) => ({ deliveryId: id, at: at + place })),
      );
    return { post: post.id, press };
  }

  async function silent(store: Store, post: number, limit: number): Promise<readonly string[]> {
    const names = [];
    for (let after = 0; ;) {
      const page = await silentPage(store.database, post, { after, limit });
      names.push(...page.readers.map(({ name }) => name));
      if (page.next === undefined) return names;
      after = page.next;
    }
  }

  it("is told page by page, the last first; and who has not", async () => {
    const store = await open();
    const { post, press } = await given(store, 12);
    await press(0, 7);
    const first = await confirmedPage(store.database, post, { before: undefined, limit: 4 });
    const last = first.at(-1);
    const before = { at: last?.confirmedAt ?? 0, deliveryId: last?.deliveryId ?? 0 };
    const second = await confirmedPage(store.database, post, { before, limit: 4 });
    expect([...first, ...second].map(({ name }) => name)).to.deep.equal(["m7", "m6", "m5", "m4", "m3", "m2", "m1"]);
    expect(await silent(store, post, 2)).to.deep.equal(["m8", "m9", "m10", "m11", "m12"]);
    await press(7, 12);
    expect(await silent(store, post, 2)).to.deep.equal([]);
  });

  it("is found among many who have read, in bounded pages", async () => {
    const store = await open();
    const { post, press } = await given(store, 60);
    await press(0, 59);
    const page = await silentPage(store.database, post, { after: 0, limit: 10, pieceRows: 10 });
    expect([page.readers.length, page.isCut]).to.deep.equal([0, true]);
    const rest = await silentPage(store.database, post, { after: page.next ?? 0, limit: 10, pieceRows: 10 });
    expect(rest.readers.map(({ name }) => name)).to.deep.equal(["m60"]);
  });

  it("is counted by how soon, each press once", async () => {
    const store = await open();
    const minute = 60_000;
    const { post, press } = await given(store, 6);
    await press(0, 2, later + minute);
    await press(0, 3, later + 50 * minute);
    await press(3, 4, later + 30 * 60 * minute);
    await press(4, 5, later + 9 * 24 * 60 * minute);
    expect((await responseTimesOf(store.database, [post])).confirmed).to.deep.equal([2, 3, 3, 3, 4, 5]);
    expect((await responseTimesOf(store.database, [])).confirmed).to.deep.equal([0, 0, 0, 0, 0, 0]);
  });
});
