/**
 * Read confirmations: a reader presses the button behind the link of their copy. Presses that come at the same time share a commit,
 * for after a post to a thousand members they come by the hundred; each is on disk before its page says so.
 */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { recordConfirmations } from "../store/answers/confirmations.ts";
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
  readonly #needs: ConfirmationNeeds;
  readonly #pages: AskedPages;
  readonly #presses: Together<string, Pressed | undefined>;

  constructor(needs: ConfirmationNeeds) {
    this.#needs = needs;
    this.#pages = new AskedPages(needs, "confirm-read");
    this.#presses = new Together({ run: (tokens) => this.#record(tokens), most: groupSize });
  }

  /** What the token stands for; changes nothing. */
  lookUp(token: string): Promise<AskedPage | undefined> {
    return this.#pages.find(token);
  }

  /** Resolves when it is on disk; the first press counts, later ones change nothing. Undefined: the token is none of ours. */
  press(token: string): Promise<Pressed | undefined> {
    return this.#presses.ask(token);
  }

  /** Whom nobody asked, or who has confirmed before, needs no transaction: guessing tokens makes nobody wait for a disk. */
  async #record(tokens: readonly string[]): Promise<readonly (Pressed | undefined)[]> {
    const { store, clock, confirmed } = this.#needs;
    const pages = await this.#pages.findAll(tokens);
    const at = clock.now();
    const first = pages.flatMap((page) =>
      page === undefined || page.asked.confirmedAt !== undefined ? [] : page.asked,
    );
    if (first.length > 0) {
      const presses = first.map(({ deliveryId }) => ({ deliveryId, at }));
      await recordConfirmations(store.database, presses);
      confirmed();
    }
    return pages.map((page) => page && pressed(page, at));
  }
}

function pressed(page: AskedPage, at: number): Pressed {
  if (page.asked.confirmedAt !== undefined) return { page, isFirst: false };
  return { page: { ...page, asked: { ...page.asked, confirmedAt: at } }, isFirst: true };
}
