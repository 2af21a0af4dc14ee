/**
 * What comes at the same time is done together: after a post to a thousand members readers press by the hundred. Their links are looked
 * up by one statement, and their presses and answers share a commit, each on disk before its page says so.
 */
import { setImmediate as turn } from "node:timers/promises";

export type TogetherNeeds<Entry, Result> = {
  /** Results in the order of the entries. */
  readonly run: (group: readonly Entry[]) => Promise<readonly Result[]>;
  /** Weight of a group; an entry that is heavier goes alone. */
  readonly most: number;
  readonly weight?: (entry: Entry) => number;
};

type Waiting<Entry, Result> = PromiseWithResolvers<Result> & { readonly entry: Entry };

export class Together<Entry, Result = void> {
  readonly #needs: TogetherNeeds<Entry, Result>;
  #waiting: Waiting<Entry, Result>[] = [];
  #isRunning = false;

  constructor(needs: TogetherNeeds<Entry, Result>) {
    this.#needs = needs;
  }

  /** Resolves when its group is through. */
  ask(entry: Entry): Promise<Result> {
    const waiting = { ...Promise.withResolvers<Result>(), entry };
    this.#waiting.push(waiting);
    if (!this.#isRunning) void this.#run();
    return waiting.promise;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      await this.#company();
      const group = this.#waiting.splice(0, this.#size());
      await this.#needs.run(group.map(({ entry }) => entry)).then(
        (results) => group.forEach(({ resolve }, place) => resolve(results[place] as Result)),
        (error: unknown) => group.forEach(({ reject }) => reject(error)),
      );
    }
    this.#isRunning = false;
  }

  /**
   * Until a turn of the event loop, in which all that has come is read, brings nobody more: whoever comes alone waits for one. What has come is
   * read before it is recorded, not after, so this takes no time that a crowd would not wait anyway, and the disk is asked less often.
   */
  async #company(): Promise<void> {
    let before = -1;
    while (before < this.#waiting.length && this.#waiting.length < this.#needs.most) {
      before = this.#waiting.length;
      await turn();
    }
  }

  #size(): number {
    const { most, weight = () => 1 } = this.#needs;
    let sum = 0;
    const over = this.#waiting.findIndex(({ entry }, place) => {
      sum += weight(entry);
      return place > 0 && sum > most;
    });
    return over === -1 ? this.#waiting.length : over;
  }
}
