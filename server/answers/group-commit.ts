/**
 * Records that come at the same time share a commit: after a post to a thousand members readers answer by the hundred, and each
 * answer is on disk before its page says so.
 */

export type GroupCommitNeeds<Entry> = {
  readonly write: (group: readonly Entry[]) => Promise<void>;
  /** A group is on disk, or failed. */
  readonly written: () => void;
  /** Weight of a group; an entry that is heavier goes alone. */
  readonly most: number;
  readonly weight: (entry: Entry) => number;
};

type Waiting<Entry> = PromiseWithResolvers<void> & { readonly entry: Entry };

export class GroupCommit<Entry> {
  readonly #needs: GroupCommitNeeds<Entry>;
  #waiting: Waiting<Entry>[] = [];
  #isWriting = false;

  constructor(needs: GroupCommitNeeds<Entry>) {
    this.#needs = needs;
  }

  /** Resolves when it is on disk. */
  record(entry: Entry): Promise<void> {
    const waiting = { ...Promise.withResolvers<void>(), entry };
    this.#waiting.push(waiting);
    if (!this.#isWriting) void this.#write();
    return waiting.promise;
  }

  /** Nobody waits for company: what comes while a commit runs goes into the next. */
  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, this.#size());
      await this.#needs.write(group.map(({ entry }) => entry)).then(
        () => group.forEach(({ resolve }) => resolve()),
        (error: unknown) => group.forEach(({ reject }) => reject(error)),
      );
      this.#needs.written();
    }
    this.#isWriting = false;
  }

  #size(): number {
    let weight = 0;
    const over = this.#waiting.findIndex(({ entry }, place) => {
      weight += this.#needs.weight(entry);
      return place > 0 && weight > this.#needs.most;
    });
    return over === -1 ? this.#waiting.length : over;
  }
}
