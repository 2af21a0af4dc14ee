import { expect } from "chai";
import { recordConfirmations } from "../../../server/store/answers/confirmations.ts";
import { pageOfReaders } from "../../../server/store/answers/readers.ts";
import type { ReaderKey, ReaderQuery } from "../../../server/store/answers/readers.ts";
import { responseTimesOf } from "../../../server/store/answers/response-times.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, expand, givenList, givenPost, later, soon } from "../given.ts";

onBothDatabases("who has read a post", (open) => {
  /** Members m1, m2, … of these families; '' for none. All copies have left. */
  async function given(store: Store, families: readonly string[], countBy = "") {
    const list = await givenList(store, "news", { countBy });
    const people = families.map((number, place) => ({
      address: address(`m${place + 1}`),
      name: `m${place + 1}`,
      attributes: number === "" ? {} : { 児童番号: number },
    }));
    await store.members.save(list.id, people, soon);
    const { id } = await givenPost(store, list, { fingerprint: "asks", post: { asksConfirmation: true } });
    await expand(store, { id });
    await store.database.write(async (write) => write.updateTable("delivery").set({ state: "sent" }).execute());
    const rows = (await Array.fromAsync(store.deliveries.all(id))).flat();
    const press = (from: number, to: number, at = later) =>
      recordConfirmations(
        store.database,
        rows.slice(from, to).map((row, place) => ({ deliveryId: row.id, at: at + place })),
      );
    const post = await store.posts.find(id);
    if (post === undefined) throw new Error("the post is gone");
    const page = (query: Partial<ReaderQuery> = {}) =>
      pageOfReaders(store.database, { post, shown: "silent", search: "", after: undefined, limit: 100, ...query });
    /** Page by page. */
    const names = async (query: Partial<ReaderQuery> = {}): Promise<readonly string[]> => {
      const found: string[] = [];
      for (let after: ReaderKey | undefined; ;) {
        const { readers, next } = await page({ limit: 2, ...query, after });
        found.push(...readers.map(({ name }) => name));
        if (next === undefined) return found;
        after = next;
      }
    };
    return { post: id, rows, press, page, names };
  }

  const nobody = (members: number): readonly string[] => Array.from({ length: members }, () => "");

  it("is told page by page, the last first; and who has not", async () => {
    const { press, names } = await given(await open(), nobody(12));
    await press(0, 7);
    const seven = ["m7", "m6", "m5", "m4", "m3", "m2", "m1"];
    expect(await names({ shown: "confirmed" })).to.deep.equal(seven);
    expect(await names()).to.deep.equal(["m8", "m9", "m10", "m11", "m12"]);
    await press(7, 12);
    expect(await names()).to.deep.equal([]);
  });

  it("is told in full pages where almost everybody has", async () => {
    const { press, page } = await given(await open(), nobody(60));
    await press(0, 59);
    const { readers, isCut } = await page({ patience: 1 });
    expect([readers.map(({ name }) => name), isCut]).to.deep.equal([["m60"], false]);
  });

  it("is searched by name and address", async () => {
    const { press, names } = await given(await open(), nobody(30));
    await press(0, 20);
    for (const [search, silent, confirmed] of [
      ["m25@example", ["m25"], []],
      ["M2", ["m21", "m22", "m23", "m24", "m25", "m26", "m27", "m28", "m29"], ["m20", "m2"]],
      ["nobody", [], []],
    ] as const) {
      expect(await names({ search }), search).to.deep.equal(silent);
      expect(await names({ search, shown: "confirmed" }), search).to.deep.equal(confirmed);
    }
  });

  it("ends a search early that finds nobody among many, and goes on from there", async () => {
    const { page } = await given(await open(), nobody(30));
    const first = await page({ search: "0", limit: 4, patience: 5 });
    expect([first.readers.length, first.isCut]).to.deep.equal([0, true]);
    const second = await page({ search: "0", limit: 4, after: first.next });
    expect(second.readers.map(({ name }) => name)).to.deep.equal(["m10", "m20", "m30"]);
  });

  it("is told by families where the post counts them: one of them is enough", async () => {
    const store = await open();
    const { post, press, names } = await given(store, ["7", "8", "7", "", "8", "9", ""], "児童番号");
    expect(await names()).to.deep.equal(["m4", "m7", "m1", "m3", "m2", "m5", "m6"]);
    await press(0, 1);
    expect(await names()).to.deep.equal(["m4", "m7", "m2", "m5", "m6"]);
    await press(2, 4);
    expect(await names()).to.deep.equal(["m7", "m2", "m5", "m6"]);
    const found = await store.posts.find(post);
    expect([found?.families, found?.singles, found?.responses.households]).to.deep.equal([5, 2, 2]);
  });

  it("passes over the many of one family that has confirmed", async () => {
    const { press, names } = await given(await open(), [...Array.from({ length: 30 }, () => "7"), "8"], "児童番号");
    await press(0, 1);
    expect(await names()).to.deep.equal(["m31"]);
  });

  it("leaves out copies that never left", async () => {
    const store = await open();
    const { names } = await given(store, nobody(3));
    await store.database.write((write) =>
      write.updateTable("delivery").set({ state: "cancelled" }).where("id", "=", 2).execute(),
    );
    expect(await names()).to.deep.equal(["m1", "m3"]);
  });

  it("is counted by how soon, each press once", async () => {
    const store = await open();
    const minute = 60_000;
    const { post, press } = await given(store, nobody(6));
    await press(0, 2, later + minute);
    await press(0, 3, later + 50 * minute);
    await press(3, 4, later + 30 * 60 * minute);
    await press(4, 5, later + 9 * 24 * 60 * minute);
    expect((await responseTimesOf(store.database, [post])).confirmed).to.deep.equal([2, 3, 3, 3, 4, 5]);
    expect((await responseTimesOf(store.database, [])).confirmed).to.deep.equal([0, 0, 0, 0, 0, 0]);
  });
});
