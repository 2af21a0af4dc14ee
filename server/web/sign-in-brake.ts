/**
 * Slows guessing down, by account and by client address, in memory. Waits grow to half a minute and no further: whoever guesses
 * at an owner's account must not be able to lock the owner out.
 */
import { canonicalAddress, parseAddress } from "../mail/address.ts";

type Tries = { readonly count: number; readonly lastAt: number };

const longestWaitMs = 30_000;
/** After this long without a try all is forgotten. */
const memoryMs = 15 * 60_000;
const mostKeys = 50_000;

/** Tries without a wait. An office may share one address, so there are more for that. */
const free = { account: 4, client: 12 } as const;

export class SignInBrake {
  readonly #tries = new Map<string, Tries>();

  /**
   * Milliseconds to wait before this try may be made; 0 counts it as made. A try counts before its password is checked, so that many
   * at once are not checked together.
   */
  enter(username: string, client: string, now: number): number {
    const account = accountKey(username);
    const address = clientKey(client);
    const waitMs = Math.max(this.#wait(account, free.account, now), this.#wait(address, free.client, now));
    if (waitMs > 0) return waitMs;
    this.#count(account, now);
    this.#count(address, now);
    return 0;
  }

  /** The password was right: the account starts anew, and the address has this one try back. */
  succeeded(username: string, client: string): void {
    this.#tries.delete(accountKey(username));
    const address = clientKey(client);
    const tries = this.#tries.get(address);
    if (tries !== undefined) this.#tries.set(address, { ...tries, count: tries.count - 1 });
  }

  #wait(key: string, freeTries: number, now: number): number {
    const tries = this.#tries.get(key);
    // A clock that was put back must not lock anybody out.
    if (tries === undefined || Math.abs(now - tries.lastAt) > memoryMs) return 0;
    const over = tries.count - freeTries;
    if (over < 0) return 0;
    const wait = Math.min(longestWaitMs, 1000 * 2 ** Math.min(over, 10));
    return Math.max(0, Math.min(tries.lastAt, now) + wait - now);
  }

  #count(key: string, now: number): void {
    const tries = this.#tries.get(key);
    const count = tries === undefined || now - tries.lastAt > memoryMs ? 1 : tries.count + 1;
    // Written anew, so that the first in the map is the one not tried for longest.
    this.#tries.delete(key);
    this.#tries.set(key, { count, lastAt: now });
    if (this.#tries.size > mostKeys) for (const oldest of this.#tries.keys()) return void this.#tries.delete(oldest);
  }
}

/** An address can be typed in as many ways as it has letters, and is one account all the same. */
function accountKey(typed: string): string {
  const address = parseAddress(typed);
  return `account ${address === undefined ? typed.slice(0, 200) : canonicalAddress(address)}`;
}

/** A customer has a whole /64 of IPv6. */
function clientKey(address: string): string {
  const isIpv6 = address.includes(":") && !address.startsWith("::ffff:");
  return `client ${isIpv6 ? address.split(":").slice(0, 4).join(":") : address}`;
}
