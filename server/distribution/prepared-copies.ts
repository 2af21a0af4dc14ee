/**
 * The prepared form of posts, compiled once and kept while their copies leave: a copy of a member is then only a few small
 * buffers among shared ones. Bounded by octets, whatever the number of posts.
 */
import { systemClock } from "../clock.ts";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { CopySigner } from "../mail/copy-signature.ts";
import { compileVerbatim } from "../mail/copy-template.ts";
import type { Claim } from "../store/deliveries/claims.ts";
import { serverMail } from "../store/deliveries/deliveries.ts";
import type { Store } from "../store/store.ts";
import { compilePost } from "./compile-post.ts";
import { personalise } from "./personalise.ts";
import type { Prepared, PreparedCopy } from "./personalise.ts";

/** All prepared posts together; one is always kept, however large. */
const keptOctets = 64 * 1024 * 1024;

type Kept = { readonly prepared: Promise<Prepared | undefined>; readonly octets: number };

export type PreparedCopiesOptions = { readonly clock?: Clock; readonly mostOctets?: number };

export class PreparedCopies {
  readonly #store: Store;
  readonly #config: Config;
  readonly #clock: Clock;
  readonly #mostOctets: number;
  readonly #kept = new Map<string, Kept>();

  /** The clock tells when a copy is signed. */
  constructor(
    store: Store,
    config: Config,
    { clock = systemClock, mostOctets = keptOctets }: PreparedCopiesOptions = {},
  ) {
    this.#store = store;
    this.#config = config;
    this.#clock = clock;
    this.#mostOctets = mostOctets;
  }

  /**
   * In the order of the claims; undefined where list, message or a usable address is gone; `later` once what was prepared for
   * this batch is as large as may be held: a hundred large posts that wait must not all be in memory at once.
   */
  async prepare(claims: readonly Claim[]): Promise<readonly (PreparedCopy | "later" | undefined)[]> {
    const shared = new Map<string, Prepared | "later" | undefined>();
    let octets = 0;
    for (const claim of claims) {
      const key = keyOf(claim);
      if (shared.has(key)) continue;
      const kept = octets > this.#mostOctets ? undefined : await this.#shared(key, claim);
      octets += kept?.octets ?? 0;
      shared.set(key, kept === undefined ? "later" : await kept.prepared);
    }
    return claims.map((claim) => {
      const prepared = shared.get(keyOf(claim));
      return typeof prepared === "object" ? personalise(prepared, claim) : prepared;
    });
  }

  async #shared(key: string, claim: Claim): Promise<Kept> {
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const size = (await this.#store.messages.size(claim.messageId)) ?? 0;
    const prepared = this.#compile(claim);
    // At once: a read that fails while nobody listens would end the server.
    prepared.catch(() => this.#kept.delete(key));
    // Original and prepared form, which may differ in its line ends and encodings.
    const kept = { prepared, octets: 2 * size };
    this.#kept.set(key, kept);
    this.#forgetOldest();
    return kept;
  }

  #forgetOldest(): void {
    let octets = [...this.#kept.values()].reduce((sum, kept) => sum + kept.octets, 0);
    for (const [key, kept] of this.#kept) {
      if (octets <= this.#mostOctets || this.#kept.size === 1) return;
      octets -= kept.octets;
      this.#kept.delete(key);
    }
  }

  async #compile(claim: Claim): Promise<Prepared | undefined> {
    const list = await this.#store.lists.find(claim.listId);
    if (list === undefined && claim.listId !== serverMail) return undefined;
    const message = await this.#store.messages.read(claim.messageId);
    const signer = this.#signer(list?.domain ?? this.#config.domains[0] ?? "");
    if (claim.postId === null || list === undefined) return { list, template: compileVerbatim(message, signer) };
    return compilePost({ store: this.#store, config: this.#config }, { claim, list, message, signer });
  }

  /** With each key of the domain in From, which is what DMARC compares. */
  #signer(domain: string): CopySigner | undefined {
    const keys = this.#config.dkim.filter((key) => key.domain === domain);
    return keys.length === 0 ? undefined : { keys, now: () => this.#clock.now() };
  }
}

/** Members of one language share a prepared post; notices are sent as they are. */
function keyOf(claim: Claim): string {
  return claim.postId === null ? `notice ${claim.messageId}` : `post ${claim.postId} ${claim.language ?? ""}`;
}
