/**
 * The distribution station: posts whose time has come get their deliveries, a chunk at a time, and the waiting copies of
 * stopped posts are cancelled. Several posts take turns, so a small one does not wait for a large one to be written down.
 */
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { expandPosts, nextStart, postsToExpand } from "../store/deliveries/expansion.ts";
import { cancelWaiting } from "../store/deliveries/outcomes.ts";
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

/** Between tries of a post that could not be written down: at first, and twice as long each time up to this. */
const firstWaitMs = 1000;
const longestWaitMs = 60_000;
/** Between looks, while there is such a post: the time of the next start is not known then. */
const watchMs = 1000;

export class Distribution {
  readonly #needs: DistributionDependencies;
  /** Posts that failed, and when they are tried again: they hold up no other. */
  readonly #putOff = new Map<number, { readonly until: number; readonly waitMs: number }>();
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
    const found = await postsToExpand(store.database, clock.now());
    const posts = found.filter((id) => (this.#putOff.get(id)?.until ?? 0) <= clock.now());
    let more = await this.#expand(posts);
    if (posts.length > 0) distributed();
    for (const postId of await store.posts.stoppedWithWaiting()) {
      const cancelled = await cancelWaiting(store.database, { postId, reason: "stopped", limit: cancelledAtOnce });
      more ||= cancelled > 0;
    }
    if (more) return 0;
    if (this.#putOff.size > 0) return watchMs;
    const next = await nextStart(store.database);
    return next === undefined ? undefined : Math.max(0, next - clock.now());
  }

  /** The next chunk of each; true when something is left. Where one fails the others are written down without it. */
  async #expand(posts: readonly number[]): Promise<boolean> {
    const { store, clock, log } = this.#needs;
    try {
      const more = await expandPosts(store.database, posts, clock.now());
      for (const id of posts) this.#putOff.delete(id);
      return more;
    } catch (error) {
      const [only, ...others] = posts;
      if (only === undefined) throw error;
      if (others.length > 0) return this.#expandEach(posts);
      const waitMs = Math.min(longestWaitMs, 2 * (this.#putOff.get(only)?.waitMs ?? firstWaitMs / 2));
      log.error("a post could not be written down for its members and is tried again", error, { post: only, waitMs });
      this.#putOff.set(only, { until: clock.now() + waitMs, waitMs });
      return false;
    }
  }

  async #expandEach(posts: readonly number[]): Promise<boolean> {
    let more = false;
    for (const id of posts) more = (await this.#expand([id])) || more;
    return more;
  }
}
