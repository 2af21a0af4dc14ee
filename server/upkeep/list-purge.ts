/** Purges lists that were deleted long enough ago, or on somebody's word, beside everything else. */
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { Loop } from "../loop.ts";
import type { Store } from "../store/store.ts";

const everyMs = 3_600_000;

export class ListPurge {
  readonly #loop: Loop;
  readonly #end = new AbortController();

  constructor({ store, clock, log }: { readonly store: Store; readonly clock: Clock; readonly log: Log }) {
    const { signal } = this.#end;
    const turn = async (): Promise<number | undefined> => {
      try {
        await store.deletedLists.purge(clock.now(), signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      return everyMs;
    };
    this.#loop = new Loop({ name: "the purge of deleted lists", log, clock, turn });
  }

  /** Look at once: somebody gave a list up. */
  wake(): void {
    this.#loop.wake();
  }

  /** A large list is left half-purged and goes on at the next start. */
  async stop(): Promise<void> {
    this.#end.abort();
    await this.#loop.stop();
  }
}
