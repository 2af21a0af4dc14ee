/**
 * Messages that are ready at the same time share a commit: a disk takes some hundred commits a second under load, whatever is
 * in them. Nobody waits for company; what comes while a commit runs goes into the next.
 */
import { acceptIn, acceptMessage } from "./acceptance.ts";
import type { AcceptedPost, Incoming } from "./acceptance.ts";
import type { Database } from "../database/database.ts";

/** Of messages without staged pieces of more than a chunk each: keeps a group far below 20 ms. */
const groupSize = 20;

type Waiting = PromiseWithResolvers<readonly AcceptedPost[]> & { readonly incoming: Incoming };

export class GroupAcceptance {
  readonly #database: Database;
  #waiting: Waiting[] = [];
  #running = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves once the posts are on disk. */
  accept(incoming: Incoming): Promise<readonly AcceptedPost[]> {
    const waiting = { ...Promise.withResolvers<readonly AcceptedPost[]>(), incoming };
    this.#waiting.push(waiting);
    if (!this.#running) void this.#run();
    return waiting.promise;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, groupSize));
    this.#running = false;
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      const posts = await this.#database.write(async (write) => {
        const all: (readonly AcceptedPost[])[] = [];
        for (const { incoming } of group) all.push(await acceptIn(write, this.#database, incoming));
        return all;
      });
      for (const [index, waiting] of group.entries()) waiting.resolve(posts[index] ?? []);
    } catch {
      // One that cannot be taken must not cost the others their acceptance.
      for (const { incoming, resolve, reject } of group)
        await acceptMessage(this.#database, incoming).then(resolve, reject);
    }
  }
}
