/** Puts posts into the search index beside everything else, with rests: who sends and who receives comes first. */
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { Loop } from "../loop.ts";
import { indexPosts } from "../store/posts/index-posts.ts";
import type { Store } from "../store/store.ts";

/** Between two pieces, each of some 10 ms. */
const restMs = 200;

type Needs = { readonly store: Store; readonly clock: Clock; readonly log: Log };

export class PostIndexer {
  readonly #needs: Needs;
  readonly #loop: Loop;
  #restsUntil = 0;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#loop = new Loop({ name: "the search index", log: needs.log, clock: needs.clock, turn: () => this.#turn() });
  }

  /** A post was accepted. */
  wake(): void {
    this.#loop.wake();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #turn(): Promise<number | undefined> {
    const { store, clock } = this.#needs;
    const rest = this.#restsUntil - clock.now();
    // A clock that was set back must not make it rest for long.
    if (rest > 0 && rest <= restMs) return rest;
    if ((await indexPosts(store.database)) === 0) return undefined;
    this.#restsUntil = clock.now() + restMs;
    return restMs;
  }
}
