/**
 * The courier for fan-out: a warm pool of connections to one server, each taking copy after copy from the source. Opens a
 * connection only for a copy that no open one is free to take, and goes gently at a server that does not answer.
 */
import { ConnectionGate } from "./connection-gate.ts";
import type { CopySource, Courier, OutgoingCopy } from "./courier.ts";
import type { Outcome } from "../lists/delivery.ts";
import type { Log } from "../log.ts";
import type { Relay } from "./relay.ts";
import { SmtpSession } from "./smtp-session.ts";
import type { SessionOwner } from "./smtp-session.ts";
import { WriteSlab } from "./write-slab.ts";

export type SmtpCourierOptions = {
  readonly source: CopySource;
  readonly relay: Relay;
  /** Our name in EHLO. */
  readonly hostname: string;
  /** Open at once, at most. */
  readonly connections: number;
  /** Of every phase of a session; twice this after the final dot. */
  readonly timeoutMs: number;
  /** How long a connection is kept open without work, 30 s unless told otherwise. */
  readonly idleMs?: number;
  readonly log?: Pick<Log, "warn">;
};

/** Nothing is opened before the first `wake`. */
export function createSmtpCourier(options: SmtpCourierOptions): Courier {
  return new SmtpCourier(options);
}

/** One timer looks after the patience with all connections, this many times within a timeout. */
const ticksPerTimeout = 100;
const usualIdleMs = 30_000;

class SmtpCourier implements Courier, SessionOwner {
  readonly #options: SmtpCourierOptions;
  readonly #slab = new WriteSlab();
  readonly #gate = new ConnectionGate(Math.random);
  readonly #sessions = new Set<SmtpSession>();
  readonly #resting = new Set<SmtpSession>();
  #ticker: NodeJS.Timeout | undefined;
  #later: NodeJS.Timeout | undefined;
  #stopped: Promise<void> | undefined;

  constructor(options: SmtpCourierOptions) {
    this.#options = options;
  }

  wake(): void {
    if (this.#stopped !== undefined) return;
    for (const session of this.#resting) {
      this.#resting.delete(session);
      if (session.pull()) continue;
      this.#resting.add(session);
      return;
    }
    this.#grow();
  }

  stop(graceMs: number): Promise<void> {
    this.#stopped ??= this.#stop(graceMs);
    return this.#stopped;
  }

  next(): OutgoingCopy | undefined {
    return this.#stopped === undefined ? this.#options.source.next() : undefined;
  }

  settled(copy: OutgoingCopy, outcome: Outcome): void {
    this.#options.source.settled(copy, outcome);
  }

  proven(): void {
    this.#gate.succeeded();
    this.#grow();
  }

  rests(session: SmtpSession): void {
    this.#resting.add(session);
  }

  ends(session: SmtpSession): void {
    this.#resting.delete(session);
  }

  failed(session: SmtpSession, why: string): void {
    if (this.#stopped !== undefined) return;
    // Some servers close after every copy; what that did to a copy stands in its delivery.
    if (session.proven) return this.#gate.doubted();
    this.#gate.failed(session.openedAt, performance.now());
    this.#options.log?.warn("outgoing connection failed", { host: session.host, reply: why });
  }

  wantsPlain(copy: OutgoingCopy): void {
    if (this.#stopped === undefined) this.#open(copy, true);
    else this.settled(copy, { kind: "untried" });
  }

  /** Opens connections for the copies that wait, as many and as fast as allowed. */
  #grow(): void {
    while (this.#stopped === undefined && this.#sessions.size < this.#options.connections) {
      const wait = this.#gate.waitMs(performance.now());
      if (wait > 0) return this.#growLater(wait);
      const copy = this.next();
      if (copy === undefined) return;
      this.#open(copy, false);
    }
  }

  #growLater(wait: number): void {
    this.#later ??= setTimeout(() => {
      this.#later = undefined;
      this.#grow();
    }, wait).unref();
  }

  #open(first: OutgoingCopy, plain: boolean): void {
    const { relay, hostname, timeoutMs, idleMs = usualIdleMs } = this.#options;
    const session = new SmtpSession({
      relay,
      hostname,
      timeoutMs,
      idleMs,
      slab: this.#slab,
      owner: this,
      first,
      plain,
    });
    this.#gate.opened(session.openedAt);
    this.#sessions.add(session);
    void session.closed.then(() => this.#closed(session));
    this.#ticker ??= this.#startTicker();
  }

  #closed(session: SmtpSession): void {
    this.#sessions.delete(session);
    if (this.#sessions.size === 0) {
      clearInterval(this.#ticker);
      this.#ticker = undefined;
    }
    this.#grow();
  }

  /**
   * However late a tick comes, it stands for one: a time in which this process did not get to read what the server had said is no
   * silence of the server's.
   */
  #startTicker(): NodeJS.Timeout {
    const tickMs = Math.min(1000, Math.max(10, this.#options.timeoutMs / ticksPerTimeout));
    const tick = (): void => {
      for (const session of this.#sessions) session.tick(tickMs);
    };
    return setInterval(tick, tickMs).unref();
  }

  async #stop(graceMs: number): Promise<void> {
    clearTimeout(this.#later);
    const sessions = [...this.#sessions];
    for (const session of sessions) session.stop();
    const grace = setTimeout(() => sessions.forEach((session) => session.cut()), graceMs);
    await Promise.all(sessions.map((session) => session.closed));
    clearTimeout(grace);
  }
}
