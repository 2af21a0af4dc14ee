import { expect } from "chai";
import { onBothDatabases } from "../both-databases.ts";
import { givenList, later } from "../given.ts";

onBothDatabases("refusals", (open) => {
  it("keeps who was refused, when and why, newest first, in pages by key", async () => {
    const store = await open();
    const list = await givenList(store);
    const refusal = {
      listId: list.id,
      client: "192.0.2.7",
      mailFrom: "eve@example.net",
      author: "eve@example.net",
      subject: "買って",
      reason: "not-a-sender",
      reply: "550 5.7.1 no",
    };
    for (let at = 0; at < 5; at++) await store.refusals.record({ ...refusal, at: later + at });
    const first = await store.refusals.page(list.id, { limit: 3 });
    expect(first.map((one) => one.at - later)).to.deep.equal([4, 3, 2]);
    expect(
      (await store.refusals.page(list.id, { limit: 3, before: first.at(-1)?.id ?? 0 })).map((one) => one.at - later),
    ).to.deep.equal([1, 0]);
    expect(await store.refusals.find(first[0]?.id ?? 0)).to.deep.equal({ ...refusal, id: first[0]?.id, at: later + 4 });
    expect(await store.refusals.find(999)).to.equal(undefined);
  });

  it("keeps the newest thousand of a list, and all of another", async () => {
    const store = await open();
    const [noisy, quiet] = [await givenList(store, "noisy"), await givenList(store, "quiet")];
    const refusal = { client: "", mailFrom: "", author: "", subject: "", reason: "", reply: "" };
    await store.refusals.record({ ...refusal, listId: quiet.id, at: later });
    for (let at = 0; at < 1010; at++) await store.refusals.record({ ...refusal, listId: noisy.id, at });
    expect(await store.refusals.count(noisy.id)).to.equal(1000);
    expect(await store.refusals.count(quiet.id)).to.equal(1);
    expect((await store.refusals.page(noisy.id, { limit: 2000 })).at(-1)?.at).to.equal(10);
  });
});
