import { expect } from "chai";
import type { NewBounce } from "../../../server/store/deliveries/bounces.ts";
import { onBothDatabases } from "../both-databases.ts";
import { claim, givenQueue, later, record, tallyOf } from "../given.ts";

function bounce(deliveryId: number, changes: Partial<NewBounce> = {}): NewBounce {
  return {
    deliveryId,
    permanence: "permanent",
    status: "5.1.1",
    diagnostic: "550 no such user",
    report: Buffer.from("the report"),
    receivedAt: later + 5,
    ...changes,
  };
}

onBothDatabases("bounces", (open) => {
  it("turns a sent copy bounced, once, and keeps the report", async () => {
    const store = await open();
    const { post } = await givenQueue(store, 2);
    const claims = await claim(store);
    await record(store, claims, "sent");
    const id = claims[0]?.id ?? 0;
    expect(await store.bounces.record(bounce(id))).to.equal(true);
    expect(await store.bounces.record(bounce(id, { diagnostic: "again" }))).to.equal(false);
    expect(await store.deliveries.find(id)).to.include({
      state: "bounced",
      reply: "550 no such user",
      bouncedAt: later + 5,
      sentAt: later,
    });
    const [kept, ...more] = await store.bounces.ofDelivery(id);
    expect(kept).to.deep.include({
      deliveryId: id,
      permanence: "permanent",
      status: "5.1.1",
      diagnostic: "550 no such user",
      receivedAt: later + 5,
    });
    expect(more).to.deep.equal([]);
    expect((await store.messages.read(kept?.messageId ?? 0)).toString()).to.equal("the report");
    expect(await tallyOf(store, post)).to.deep.equal({ sent: 1, bounced: 1 });
  });

  it("takes a report that is faster than the recording, and one about a copy whose reply was lost", async () => {
    const store = await open();
    const { post } = await givenQueue(store, 2);
    const [first, second] = await claim(store);
    if (first === undefined || second === undefined) throw new Error("two copies were expected");
    await record(store, [second], "deferred");
    expect(await store.bounces.record(bounce(first.id))).to.equal(true);
    expect(await store.bounces.record(bounce(second.id))).to.equal(true);
    await record(store, [first], "sent");
    expect(await tallyOf(store, post)).to.deep.equal({ bounced: 2 });
  });

  it("changes nothing about a copy that never left, failed, or is unknown", async () => {
    const store = await open();
    const { post } = await givenQueue(store, 2);
    const [first] = await claim(store, 1);
    await record(store, first === undefined ? [] : [first], "failed");
    for (const id of [first?.id ?? 0, (first?.id ?? 0) + 1, 999])
      expect(await store.bounces.record(bounce(id))).to.equal(false);
    expect(await tallyOf(store, post)).to.deep.equal({ failed: 1, pending: 1 });
  });

  it("records one of two reports that come at once", async () => {
    const stores = [await open(), await open()] as const;
    const { post } = await givenQueue(stores[0], 20);
    const claims = await claim(stores[0]);
    await record(stores[0], claims, "sent");
    for (const { id } of claims) {
      const taken = await Promise.all(stores.map((store) => store.bounces.record(bounce(id))));
      expect(taken.filter(Boolean).length).to.equal(1);
    }
    expect(await tallyOf(stores[0], post)).to.deep.equal({ bounced: 20 });
  });
});
