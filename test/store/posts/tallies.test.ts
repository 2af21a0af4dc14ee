import { expect } from "chai";
import { sql } from "kysely";
import { acceptMessage } from "../../../server/store/posts/acceptance.ts";
import { claimDeliveries, releaseClaims } from "../../../server/store/deliveries/claims.ts";
import type { Claim } from "../../../server/store/deliveries/claims.ts";
import { expandChunk } from "../../../server/store/deliveries/expansion.ts";
import { cancelWaiting } from "../../../server/store/deliveries/outcomes.ts";
import type { Store } from "../../../server/store/store.ts";
import { talliesOf } from "../../../server/store/posts/tallies.ts";
import { onBothDatabases } from "../both-databases.ts";
import { givenList, givenMembers, incoming, later, record } from "../given.ts";
import { seeded } from "../seeded.ts";

/** Everything that moves deliveries, in any order. */
class Walk {
  readonly #store: Store;
  readonly #random: (below: number) => number;
  readonly #posts: number[] = [];
  #claimed: Claim[] = [];
  #now = later;

  constructor(store: Store, random: (below: number) => number) {
    this.#store = store;
    this.#random = random;
  }

  async step(): Promise<void> {
    this.#now += this.#random(5000);
    const steps = [
      this.#post,
      this.#expand,
      this.#expand,
      this.#claim,
      this.#claim,
      this.#record,
      this.#record,
      this.#member,
      this.#member,
      this.#bounce,
      this.#stop,
      this.#cancel,
      this.#crash,
    ];
    await steps[this.#random(steps.length)]?.call(this);
  }

  async #post(): Promise<void> {
    const lists = await this.#store.lists.summaries();
    const some = lists.filter(() => this.#random(2) === 0);
    if (some.length === 0) return;
    const fingerprint = String(this.#random(12));
    const posts = await acceptMessage(
      this.#store.database,
      incoming(some, { fingerprint, receivedAt: this.#now, post: { startsAt: this.#now } }),
    );
    for (const { id } of posts) if (!this.#posts.includes(id)) this.#posts.push(id);
  }

  async #expand(): Promise<void> {
    await expandChunk(this.#store.database, this.#anyPost(), this.#now);
  }

  async #claim(): Promise<void> {
    this.#claimed.push(
      ...(await claimDeliveries(this.#store.database, { limit: 1 + this.#random(60), now: this.#now })),
    );
  }

  async #record(): Promise<void> {
    const claims = this.#claimed.splice(0, 1 + this.#random(40));
    const state = (["sent", "sent", "deferred", "failed", "pending"] as const)[this.#random(5)];
    if (state !== undefined)
      await record(this.#store, claims, { state, at: this.#now, dueAt: this.#now + this.#random(20_000) });
  }

  async #member(): Promise<void> {
    const status = (["active", "active", "paused", "left", "bounced"] as const)[this.#random(5)];
    if (status !== undefined) await this.#store.members.setStatus(1 + this.#random(140), status, this.#now);
  }

  async #bounce(): Promise<void> {
    const report = {
      permanence: "permanent",
      status: "5.0.0",
      diagnostic: "no",
      report: Buffer.from("report"),
      receivedAt: this.#now,
    } as const;
    await this.#store.bounces.record({ ...report, deliveryId: 1 + this.#random(500) });
  }

  async #stop(): Promise<void> {
    if (this.#random(4) === 0) await this.#store.posts.stop(this.#anyPost(), this.#now);
  }

  async #cancel(): Promise<void> {
    for (const postId of await this.#store.posts.stoppedWithWaiting())
      await cancelWaiting(this.#store.database, { postId, reason: "stopped", limit: 1 + this.#random(30) });
  }

  async #crash(): Promise<void> {
    if (this.#random(3) !== 0) return;
    this.#claimed = [];
    await releaseClaims(this.#store.database);
  }

  #anyPost(): number {
    return this.#posts[this.#random(Math.max(this.#posts.length, 1))] ?? 0;
  }
}

/** Post and state to count, of which none is zero. */
async function recount(store: Store): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ post_id: number; state: string; count: number }>`
    SELECT post_id, state, count(*) AS count FROM delivery WHERE post_id IS NOT NULL GROUP BY post_id, state`.execute(
    store.database.reader,
  );
  return new Map(rows.map((row) => [`${row.post_id} ${row.state}`, row.count]));
}

async function kept(store: Store): Promise<ReadonlyMap<string, number>> {
  const posts = await store.posts.page({ limit: 1000 });
  const tallies = await talliesOf(
    store.database,
    posts.map((post) => post.id),
  );
  const cells = [...tallies].flatMap(([post, tally]) =>
    Object.entries(tally).map(([state, count]) => [`${post} ${state}`, count] as const),
  );
  return new Map(cells.filter(([, count]) => count !== 0));
}

onBothDatabases("tallies", (open) => {
  for (const seed of [1, 2, 3]) {
    it(`equal a recount after any walk through a delivery's states (seed ${seed})`, async () => {
      const store = await open();
      for (const name of ["one", "two"]) await givenMembers(store, await givenList(store, name), 70);
      const walk = new Walk(store, seeded(seed));
      for (let step = 1; step <= 400; step++) {
        await walk.step();
        if (step % 50 === 0) expect(await kept(store)).to.deep.equal(await recount(store));
      }
      expect((await recount(store)).size).to.be.greaterThan(5);
    });
  }
});
