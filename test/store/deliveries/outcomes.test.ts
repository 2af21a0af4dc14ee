import { expect } from "chai";
import { cancelWaiting, recordOutcomes } from "../../../server/store/deliveries/outcomes.ts";
import { onBothDatabases } from "../both-databases.ts";
import { claim, givenQueue, later, outcome, record, tallyOf } from "../given.ts";

onBothDatabases("outcomes", (open) => {
  it("records a group with each copy's state, reply and times", async () => {
    const store = await open();
    const { post } = await givenQueue(store, ["anne", "bart", "cris"]);
    const [anne, bart, cris] = await claim(store);
    if (anne === undefined || bart === undefined || cris === undefined) throw new Error("three copies were expected");
    await recordOutcomes(store.database, [
      outcome(anne, "sent", { reply: "250 2.0.0 Ok", at: later + 1 }),
      outcome(bart, "deferred", { reply: "451 4.7.1 greylisted", at: later + 2, dueAt: later + 500 }),
      outcome(cris, "failed", { reply: "550 5.1.1 no such user", at: later + 3 }),
    ]);
    expect(await store.deliveries.find(anne.id)).to.include({
      state: "sent",
      attempts: 1,
      reply: "250 2.0.0 Ok",
      host: "mx.example.net",
      firstAttemptAt: later + 1,
      lastAttemptAt: later + 1,
      sentAt: later + 1,
      dueAt: undefined,
    });
    expect(await store.deliveries.find(bart.id)).to.include({
      state: "deferred",
      attempts: 1,
      reply: "451 4.7.1 greylisted",
      dueAt: later + 500,
      sentAt: undefined,
    });
    expect(await store.deliveries.find(cris.id)).to.include({
      state: "failed",
      attempts: 1,
      reply: "550 5.1.1 no such user",
      sentAt: undefined,
    });
    expect(await tallyOf(store, post)).to.deep.equal({ sent: 1, deferred: 1, failed: 1 });
  });

  it("counts each attempt and keeps the time of the first", async () => {
    const store = await open();
    await givenQueue(store, ["anne"]);
    await record(store, await claim(store), { state: "deferred", at: later + 1, dueAt: later + 10 });
    const again = await claim(store, 10, later + 10);
    await record(store, again, { state: "sent", at: later + 11 });
    expect(await store.deliveries.find(again[0]?.id ?? 0)).to.include({
      attempts: 2,
      firstAttemptAt: later + 1,
      lastAttemptAt: later + 11,
      sentAt: later + 11,
    });
  });

  it("gives an untried copy back to where it came from, without an attempt", async () => {
    const store = await open();
    const { post } = await givenQueue(store, ["anne", "bart"]);
    const [anne] = await claim(store, 1);
    await record(store, anne === undefined ? [] : [anne], { state: "deferred", dueAt: later + 10 });
    const both = await claim(store, 10, later + 10);
    expect(both.map((one) => one.attempts)).to.deep.equal([1, 0]);
    await record(store, both, "pending");
    expect(await tallyOf(store, post)).to.deep.equal({ deferred: 1, pending: 1 });
    const again = await claim(store, 10, later + 10);
    expect(again.map((one) => one.attempts)).to.deep.equal([1, 0]);
  });

  it("leaves a copy that is no longer on its way as it is", async () => {
    const store = await open();
    const { post } = await givenQueue(store, ["anne"]);
    const claims = await claim(store);
    await store.bounces.record({
      deliveryId: claims[0]?.id ?? 0,
      permanence: "permanent",
      status: "5.1.1",
      diagnostic: "no such user",
      report: Buffer.from("report"),
      receivedAt: later,
    });
    await record(store, claims, "sent");
    await record(store, claims, "pending");
    expect(await store.deliveries.find(claims[0]?.id ?? 0)).to.include({
      state: "bounced",
      attempts: 0,
      reply: "no such user",
    });
    expect(await tallyOf(store, post)).to.deep.equal({ bounced: 1 });
  });

  it("takes a server's reply with octets that no text column likes", async () => {
    const store = await open();
    await givenQueue(store, ["anne"]);
    const claims = await claim(store);
    await record(store, claims, { state: "failed", reply: '550 \0 \ud83d it\'s "no" \\ 迷惑' });
    expect((await store.deliveries.find(claims[0]?.id ?? 0))?.reply).to.equal(
      '550 \u{fffd} \u{fffd} it\'s "no" \\ 迷惑',
    );
  });

  it("records nothing when there is nothing", async () => {
    const store = await open();
    await recordOutcomes(store.database, []);
  });

  it("cancels what waits of a post in pieces, and what is on its way not at all", async () => {
    const store = await open();
    const { post } = await givenQueue(store, 25);
    const claims = await claim(store, 8);
    await record(store, claims.slice(0, 5), "deferred");
    const piece = { postId: post.id, reason: "stopped", limit: 10 } as const;
    const cancelled = [];
    for (let count = 1; count > 0; cancelled.push(count)) count = await cancelWaiting(store.database, piece);
    expect(cancelled).to.deep.equal([10, 10, 2, 0]);
    expect(await tallyOf(store, post)).to.deep.equal({ sending: 3, cancelled: 22 });
    expect(
      (await store.deliveries.page(post.id, { limit: 100, state: "cancelled" })).every(
        (one) => one.reason === "stopped",
      ),
    ).to.equal(true);
  });
});
