/**
 * The station of changes to many members: what a page has begun and has not brought to its end goes on here, a piece of each in
 * turn, also after a restart.
 */
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { Loop } from "../loop.ts";
import type { Store } from "../store/store.ts";

export type BulkRunnerDependencies = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Members have changed. */
  readonly changed: () => void;
};

export class BulkRunner {
  readonly #needs: BulkRunnerDependencies;
  readonly #loop: Loop;

  constructor(needs: BulkRunnerDependencies) {
    this.#needs = needs;
    this.#loop = new Loop({ name: "bulk changes", log: needs.log, clock: needs.clock, turn: () => this.#turn() });
  }

  /** Look at once: a change has begun, or its way back. */
  wake(): void {
    this.#loop.wake();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #turn(): Promise<number | undefined> {
    const { store, clock, changed } = this.#needs;
    const open = await store.bulkChanges.atWork();
    for (const id of open) await store.bulkChanges.advance(id, clock.now());
    if (open.length > 0) changed();
    return open.length > 0 ? 0 : undefined;
  }
}
