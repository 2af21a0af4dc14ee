/** What a page behind a copy's link is about, found by its token. */
import type { Config } from "../config.ts";
import type { Language } from "../lists/mailing-list.ts";
import { readTokenId, tokenMatches } from "../mail/token.ts";
import { findAsked } from "../store/asked.ts";
import type { Asked } from "../store/asked.ts";
import type { Store } from "../store/store.ts";
import { ownSubject } from "./own-subject.ts";
import { Together } from "./together.ts";

export type AskedPage = { readonly asked: Asked; readonly language: Language; readonly timezone: string };

/** Links that are looked up at once. */
const groupSize = 200;

export class AskedPages {
  readonly #purpose: "confirm-read" | "poll";
  readonly #store: Store;
  readonly #config: Config;
  readonly #found: Together<number, Asked | undefined>;

  constructor({ store, config }: { readonly store: Store; readonly config: Config }, purpose: "confirm-read" | "poll") {
    this.#purpose = purpose;
    this.#store = store;
    this.#config = config;
    this.#found = new Together({
      run: async (ids) => {
        const found = await findAsked(store.database, ids);
        return ids.map((id) => found.get(id));
      },
      most: groupSize,
    });
  }

  /** Undefined: the token is none of ours, or what it stood for is gone. Changes nothing. */
  async find(token: string): Promise<AskedPage | undefined> {
    const id = readTokenId(token);
    const asked = id === undefined ? undefined : await this.#found.ask(id);
    const purpose = this.#purpose;
    if (id === undefined || asked === undefined || !tokenMatches(token, { purpose, id, secret: asked.secret }))
      return undefined;
    if (purpose === "poll" ? asked.pollId === undefined : !asked.asksConfirmation) return undefined;
    const { language, timezone } = asked;
    return {
      asked: { ...asked, subject: await ownSubject(this.#store, asked) },
      language: language ?? this.#config.language,
      timezone: timezone ?? this.#config.timezone,
    };
  }
}
