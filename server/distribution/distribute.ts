/**
 * The distribution station: posts whose time has come get their deliveries, a chunk at a time, and the waiting copies of
 * stopped posts are cancelled. Several posts take turns, so a small one does not wait for a large one to be written down.
 */
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { expandPosts, nextStart, postsToExpand } from "../store/expansion.ts";
import { cancelWaiting } from "../store/outcomes.ts";
import type { Store } from "../store/store.ts";
import { Loop } from "../loop.ts";

/** Copies cancelled in one transaction: some 5 ms. */
const cancelledAtOnce = 500;

export type DistributionDependencies = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Deliveries are waiting for the queue. */
  readonly distributed: () => void;
};

export class Distribution {
  readonly #needs: DistributionDependencies;
  readonly #loop: Loop;

  constructor(needs: DistributionDependencies) {
    this.#needs = needs;
    this.#loop = new Loop({ name: "distribution", log: needs.log, clock: needs.clock, turn: () => this.#turn() });
  }

  /** Look at once: a post was accepted, approved or stopped. */
  wake(): void {
    this.#loop.wake();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** One chunk of every post that has something to do; says when to come back. */
  async #turn(): Promise<number | undefined> {
    const { store, clock, distributed } = this.#needs;
    const posts = await postsToExpand(store.database, clock.now());
    let more = await expandPosts(store.database, posts, clock.now());
    if (posts.length > 0) distributed();
    for (const postId of await store.posts.stoppedWithWaiting()) {
      const cancelled = await cancelWaiting(store.database, { postId, reason: "stopped", limit: cancelledAtOnce });
      more ||= cancelled > 0;
    }
    if (more) return 0;
    const next = await nextStart(store.database);
    return next === undefined ? undefined : Math.max(0, next - clock.now());
  }
}
