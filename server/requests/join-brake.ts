/** How many wishes to join one network may bring in an hour: somebody who asks in others' names is stopped, not the whole street. */
import { networkOf, networksOf } from "../config/networks.ts";

const hourMs = 3_600_000;

export class JoinBrake {
  readonly #perHour: number;
  readonly #trusts: (client: string) => boolean;
  /** When each network asked in the last hour, oldest first. What lies here is bounded by what came in within an hour. */
  readonly #asked = new Map<string, number[]>();
  #sweptAt = 0;

  constructor({ perHour, trusted }: { readonly perHour: number; readonly trusted: readonly string[] }) {
    this.#perHour = perHour;
    this.#trusts = networksOf(trusted);
  }

  /** False: this network has had its share, and nothing is counted. `client`: an IP address. */
  enter(client: string, now: number): boolean {
    if (this.#trusts(client)) return true;
    this.#sweep(now);
    const network = networkOf(client);
    const recent = (this.#asked.get(network) ?? []).filter((at) => at > now - hourMs && at <= now + hourMs);
    if (recent.length >= this.#perHour) return false;
    recent.push(now);
    this.#asked.set(network, recent);
    return true;
  }

  #sweep(now: number): void {
    if (now < this.#sweptAt + hourMs) return;
    this.#sweptAt = now;
    for (const [network, times] of this.#asked) if ((times.at(-1) ?? 0) <= now - hourMs) this.#asked.delete(network);
  }
}
