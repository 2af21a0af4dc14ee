import { expect } from "chai";
import { recordConfirmations } from "../../../server/store/answers/confirmations.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, expand, givenList, givenPost, later, soon } from "../given.ts";

onBothDatabases("read confirmations", (open) => {
  const rows = async (store: Store, post: number) => store.deliveries.page(post, { limit: 100 });
  const responses = async (store: Store, post: number) => (await store.posts.find(post))?.responses;

  it("count each copy once, by its first press", async () => {
    const store = await open();
    const { post } = await given(store, ["", "", ""]);
    const [one, two, three] = (await rows(store, post)).map(({ id }) => id);
    const press = (deliveryId = 0, at = later) => ({ deliveryId, at });
    await recordConfirmations(store.database, [press(one), press(two, later + 1), press(one, later + 5)]);
    await recordConfirmations(store.database, [press(two, later + 9), press(three), press(999_999)]);
    expect((await rows(store, post)).map(({ confirmedAt }) => confirmedAt)).to.deep.equal([later, later + 1, later]);
    expect(await responses(store, post)).to.deep.equal({ confirmed: 3, households: 0, answered: 0 });
  });

  it("count a family once, whoever of it presses, and who has no family for themselves", async () => {
    const store = await open();
    const { post } = await given(store, ["7", "7", "8", ""], "児童番号");
    const ids = (await rows(store, post)).map(({ id }) => id);
    const press = (...places: readonly number[]) =>
      recordConfirmations(
        store.database,
        places.map((place) => ({ deliveryId: ids[place] ?? 0, at: later })),
      );
    await press(0);
    expect(await responses(store, post)).to.deep.equal({ confirmed: 1, households: 1, answered: 0 });
    await press(1);
    expect(await responses(store, post)).to.deep.equal({ confirmed: 2, households: 1, answered: 0 });
    await press(2, 3);
    expect(await responses(store, post)).to.deep.equal({ confirmed: 4, households: 3, answered: 0 });
    const found = await store.posts.find(post);
    expect([found?.families, found?.singles]).to.deep.equal([3, 1]);
  });

  it("count a family once when two of it press together", async () => {
    const store = await open();
    const { post } = await given(store, ["7", "7"], "児童番号");
    const presses = (await rows(store, post)).map(({ id }) => ({ deliveryId: id, at: later }));
    await recordConfirmations(store.database, presses);
    expect(await responses(store, post)).to.deep.equal({ confirmed: 2, households: 1, answered: 0 });
  });

  async function given(store: Store, numbers: readonly string[], countBy = ""): Promise<{ readonly post: number }> {
    const list = await givenList(store, "news", { countBy });
    const people = numbers.map((number, index) => ({
      address: address(`m${index}`),
      name: "",
      attributes: number === "" ? {} : { 児童番号: number },
    }));
    await store.members.save(list.id, people, soon);
    const post = await givenPost(store, list, { fingerprint: "asks", post: { asksConfirmation: true } });
    await expand(store, post);
    return { post: post.id };
  }
});
