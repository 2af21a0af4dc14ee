/** What one client may hold: connections an address, errors a session, and how long a session lasts. */
type Limits = { readonly connectionsPerAddress: number; readonly errors: number; /** Milliseconds. */ readonly session: number };

type Open = { readonly client: string; readonly timer: NodeJS.Timeout; errors: number };

export class ConnectionLimits {
  readonly #limits: Limits;
  readonly #sessions = new Map<string, Open>();
  readonly #perClient = new Map<string, number>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** False: this client has its share already. `end` closes a session that has lasted too long, whatever it is doing. */
  opened({ id, client, end }: { readonly id: string; readonly client: string; readonly end: () => void }): boolean {
    const held = (this.#perClient.get(client) ?? 0) + 1;
    if (held > this.#limits.connectionsPerAddress) return false;
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
