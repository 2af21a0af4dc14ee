/**
 * Read confirmations: a reader presses the button behind the link of their copy. Presses that come at the same time share a commit,
 * for after a post to a thousand members they come by the hundred; each is on disk before its page says so.
 */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { recordConfirmations } from "../store/confirmations.ts";
import type { Press } from "../store/confirmations.ts";
import type { Store } from "../store/store.ts";
import { askedPage } from "./asked-page.ts";
import type { AskedPage } from "./asked-page.ts";
import { GroupCommit } from "./group-commit.ts";

export type ConfirmationNeeds = {
  readonly store: Store;
  readonly config: Config;
  readonly clock: Clock;
  /** A confirmation is on disk. */
  readonly confirmed: () => void;
};

export type Pressed = { readonly page: AskedPage; readonly isFirst: boolean };

/** Keeps a commit far below 20 ms. */
const groupSize = 100;

export class Confirmations {
  readonly #needs: ConfirmationNeeds;
  readonly #commits: GroupCommit<Press>;

  constructor(needs: ConfirmationNeeds) {
    this.#needs = needs;
    const write = (presses: readonly Press[]): Promise<void> => recordConfirmations(needs.store.database, presses);
    this.#commits = new GroupCommit({ write, written: needs.confirmed, most: groupSize, weight: () => 1 });
  }

  /** What the token stands for; changes nothing. */
  lookUp(token: string): Promise<AskedPage | undefined> {
    return askedPage(this.#needs, "confirm-read", token);
  }

  /** Resolves when it is on disk; the first press counts, later ones change nothing. */
  async press(token: string): Promise<Pressed | undefined> {
    const page = await this.lookUp(token);
    if (page === undefined) return undefined;
    if (page.asked.confirmedAt !== undefined) return { page, isFirst: false };
    const at = this.#needs.clock.now();
    await this.#commits.record({ deliveryId: page.asked.deliveryId, at });
    return { page: { ...page, asked: { ...page.asked, confirmedAt: at } }, isFirst: true };
  }
}
