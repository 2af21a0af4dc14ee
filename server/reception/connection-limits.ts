/** What one client may hold: connections an address (trusted networks aside), errors a session, and how long a session lasts. */
import { networksOf } from "../config/networks.ts";

type Limits = {
  readonly connectionsPerAddress: number;
  readonly errors: number;
  /** Milliseconds. */ readonly session: number;
};

type Open = { readonly client: string; readonly timer: NodeJS.Timeout; errors: number };

export class ConnectionLimits {
  readonly #limits: Limits;
  readonly #sessions = new Map<string, Open>();
  readonly #perClient = new Map<string, number>();
  readonly #trusts: (client: string) => boolean;

  /** `trusted`: addresses and networks such as "10.0.0.0/8". */
  constructor(limits: Limits, trusted: readonly string[]) {
    this.#limits = limits;
    this.#trusts = networksOf(trusted);
  }

  /** False: this client has its share already. `end` closes a session that has lasted too long, whatever it is doing. */
  opened({ id, client, end }: { readonly id: string; readonly client: string; readonly end: () => void }): boolean {
    const held = (this.#perClient.get(client) ?? 0) + 1;
    if (held > this.#limits.connectionsPerAddress && !this.#trusts(client)) return false;
    this.#perClient.set(client, held);
    const timer = setTimeout(end, this.#limits.session);
    timer.unref();
    this.#sessions.set(id, { client, timer, errors: 0 });
    return true;
  }

  closed(id: string): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    clearTimeout(session.timer);
    this.#sessions.delete(id);
    const held = (this.#perClient.get(session.client) ?? 1) - 1;
    if (held > 0) this.#perClient.set(session.client, held);
    else this.#perClient.delete(session.client);
  }

  /** Whether the session has made more errors than it may. */
  isOver(id: string): boolean {
    return (this.#sessions.get(id)?.errors ?? 0) > this.#limits.errors;
  }

  /** Counts an error; true when it was one too many. */
  erred(id: string): boolean {
    const session = this.#sessions.get(id);
    if (session === undefined) return true;
    session.errors++;
    return session.errors > this.#limits.errors;
  }

  stop(): void {
    for (const session of this.#sessions.values()) clearTimeout(session.timer);
  }
}
