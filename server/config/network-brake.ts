/** How often the clients of one network may do a thing within a time: somebody who does it for others is stopped, not the whole street. */
import { networkOf, networksOf } from "./networks.ts";

export type NetworkLimit = {
  readonly most: number;
  /** Milliseconds. */
  readonly within: number;
  /** Networks that are never stopped. */
  readonly trusted?: readonly string[];
};

export class NetworkBrake {
  readonly #limit: NetworkLimit;
  readonly #trusts: (client: string) => boolean;
  /** When each network came within the time, oldest first. What lies here is bounded by what came in meanwhile. */
  readonly #times = new Map<string, number[]>();
  #sweptAt = 0;

  constructor(limit: NetworkLimit) {
    this.#limit = limit;
    this.#trusts = networksOf(limit.trusted ?? []);
  }

  /** False: this network has had its share, and nothing is counted. `client`: an IP address. */
  enter(client: string, now: number): boolean {
    if (this.#trusts(client)) return true;
    this.#sweep(now);
    const { most, within } = this.#limit;
    const network = networkOf(client);
    const recent = (this.#times.get(network) ?? []).filter((at) => at > now - within && at <= now + within);
    if (recent.length >= most) return false;
    recent.push(now);
    this.#times.set(network, recent);
    return true;
  }

  #sweep(now: number): void {
    const { within } = this.#limit;
    if (now < this.#sweptAt + within) return;
    this.#sweptAt = now;
    for (const [network, times] of this.#times) if ((times.at(-1) ?? 0) <= now - within) this.#times.delete(network);
  }
}
