/**
 * Read confirmations: a reader presses the button behind the link of their copy. Presses that come at the same time share a commit,
 * for after a post to a thousand members they come by the hundred; each is on disk before its page says so.
 */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { recordConfirmations } from "../store/confirmations.ts";
import type { Press } from "../store/confirmations.ts";
import type { Store } from "../store/store.ts";
import { AskedPages } from "./asked-page.ts";
import type { AskedPage } from "./asked-page.ts";
import { Together } from "./together.ts";

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
  readonly #clock: Clock;
  readonly #pages: AskedPages;
  readonly #presses: Together<Press>;

  constructor({ store, config, clock, confirmed }: ConfirmationNeeds) {
    this.#clock = clock;
    this.#pages = new AskedPages({ store, config }, "confirm-read");
    this.#presses = new Together<Press>({
      run: async (presses) => {
        await recordConfirmations(store.database, presses);
        confirmed();
        return [];
      },
      most: groupSize,
    });
  }

  /** What the token stands for; changes nothing. */
  lookUp(token: string): Promise<AskedPage | undefined> {
    return this.#pages.find(token);
  }

  /** Resolves when it is on disk; the first press counts, later ones change nothing. */
  async press(token: string): Promise<Pressed | undefined> {
    const page = await this.lookUp(token);
    if (page === undefined) return undefined;
    if (page.asked.confirmedAt !== undefined) return { page, isFirst: false };
    const at = this.#clock.now();
    await this.#presses.ask({ deliveryId: page.asked.deliveryId, at });
    return { page: { ...page, asked: { ...page.asked, confirmedAt: at } }, isFirst: true };
  }
}
