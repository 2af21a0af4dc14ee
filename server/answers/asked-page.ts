/** What a page behind a copy's link is about, found by its token. */
import type { Config } from "../config.ts";
import type { Language } from "../lists/mailing-list.ts";
import { readTokenId, tokenMatches } from "../mail/token.ts";
import { findAsked } from "../store/answers/asked.ts";
import type { Asked } from "../store/answers/asked.ts";
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
  readonly #found: Together<string, AskedPage | undefined>;

  constructor({ store, config }: { readonly store: Store; readonly config: Config }, purpose: "confirm-read" | "poll") {
    this.#purpose = purpose;
    this.#store = store;
    this.#config = config;
    this.#found = new Together({ run: (tokens) => this.findAll(tokens), most: groupSize });
  }

  /** Undefined: the token is none of ours, or what it stood for is gone. Changes nothing. */
  find(token: string): Promise<AskedPage | undefined> {
    return this.#found.ask(token);
  }

  /** In the order of the tokens, all by one statement. */
  async findAll(tokens: readonly string[]): Promise<readonly (AskedPage | undefined)[]> {
    const ids = tokens.flatMap((token) => readTokenId(token) ?? []);
    const found = await findAsked(this.#store.database, ids);
    return Promise.all(tokens.map((token) => this.#pageOf(token, found.get(readTokenId(token) ?? NaN))));
  }

  async #pageOf(token: string, asked: Asked | undefined): Promise<AskedPage | undefined> {
    const purpose = this.#purpose;
    if (asked === undefined || !tokenMatches(token, { purpose, id: asked.deliveryId, secret: asked.secret }))
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
