/** One outgoing connection from its opening to its end: opened for a copy, kept while there are more, then idle for a while, then QUIT. */
import type { Outcome } from "../lists/delivery.ts";
import { OpeningTrouble } from "./ask.ts";
import type { OutgoingCopy } from "./courier.ts";
import { MailTransactions } from "./mail-transactions.ts";
import type { TransactionsOwner } from "./mail-transactions.ts";
import { openSession } from "./open-session.ts";
import type { Relay } from "./relay.ts";
import { oneLine } from "./reply.ts";
import { SmtpWire } from "./smtp-wire.ts";
import type { WriteSlab } from "./write-slab.ts";

/** What the connection needs of the courier that opened it. */
export interface SessionOwner {
  next(): OutgoingCopy | undefined;
  settled(copy: OutgoingCopy, outcome: Outcome): void;
  /** The server accepted a MAIL. */
  proven(): void;
  rests(session: SmtpSession): void;
  /** The connection takes no more copies. */
  ends(session: SmtpSession): void;
  /** The connection ended against our will; `proven` when it had carried something before. */
  failed(session: SmtpSession, why: string): void;
  /** Encryption failed where it is only wished for: the copy wants a connection without. */
  wantsPlain(copy: OutgoingCopy): void;
}

export type SessionOptions = {
  readonly relay: Relay;
  readonly hostname: string;
  readonly timeoutMs: number;
  /** How long the connection is kept without work. */
  readonly idleMs: number;
  readonly slab: WriteSlab;
  readonly owner: SessionOwner;
  /** The copy that the connection is opened for. */
  readonly first: OutgoingCopy;
  readonly plain: boolean;
};

/** For the answer to QUIT, which matters to nobody. */
const quitMs = 1000;

export class SmtpSession implements TransactionsOwner {
  readonly openedAt = performance.now();
  readonly #options: SessionOptions;
  readonly #wire: SmtpWire;
  #transactions: MailTransactions | undefined;
  #state: "opening" | "working" | "resting" | "ending" = "opening";
  #restsSince = 0;
  #proven = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#wire = new SmtpWire(options.relay, options.slab);
    void this.#open();
  }

  /** Resolves when the socket is closed. */
  get closed(): Promise<undefined> {
    return this.#wire.closed;
  }

  /** The server has accepted a MAIL. */
  get proven(): boolean {
    return this.#proven;
  }

  get host(): string {
    return this.#wire.host;
  }

  /** Takes the next copy; false when there is none. Only while resting. */
  pull(): boolean {
    this.#state = "working";
    const took = this.#transactions?.pull() ?? false;
    if (!took) this.#state = "resting";
    return took;
  }

  /** `ms` more have passed in which the server could be heard. */
  tick(ms: number): void {
    this.#wire.tick(ms);
    this.#transactions?.tick(ms);
    if (this.#state === "resting" && performance.now() - this.#restsSince >= this.#options.idleMs) this.#quit();
  }

  /** Ends the connection as soon as the copy that is past DATA, if there is one, has its outcome. */
  stop(): void {
    if (this.#state === "opening") this.#giveFirst({ kind: "untried" });
    else if (this.#state === "resting") this.#quit();
    else if (this.#state === "working") this.#transactions?.stop();
  }

  /** Ends the connection now. */
  cut(): void {
    if (this.#state === "working") this.#transactions?.broke("stopped");
    this.#end();
  }

  next(): OutgoingCopy | undefined {
    return this.#options.owner.next();
  }

  settled(copy: OutgoingCopy, outcome: Outcome): void {
    this.#options.owner.settled(copy, outcome);
  }

  accepted(): void {
    if (this.#proven) return;
    this.#proven = true;
    this.#options.owner.proven();
  }

  rests(): void {
    this.#state = "resting";
    this.#restsSince = performance.now();
    this.#options.owner.rests(this);
  }

  leaves(): void {
    if (!this.#proven) this.#options.owner.failed(this, "the server takes nothing");
    this.#quit();
  }

  breaks(why: string): void {
    const working = this.#state === "working";
    this.#end();
    // An idle connection may be closed by the server at any time; nothing is wrong then.
    if (working) this.#options.owner.failed(this, why);
  }

  async #open(): Promise<void> {
    const { relay, hostname, timeoutMs, plain, first } = this.#options;
    const wire = this.#wire;
    try {
      const offered = await openSession({ wire, relay, hostname, timeoutMs, plain });
      if (this.#state !== "opening") return;
      this.#state = "working";
      this.#transactions = new MailTransactions({ wire, offered, owner: this, timeoutMs });
      this.#transactions.start(first);
    } catch (trouble) {
      if (!(trouble instanceof OpeningTrouble)) throw trouble;
      this.#notOpened(trouble);
    }
  }

  #notOpened(trouble: OpeningTrouble): void {
    if (this.#state !== "opening") return;
    const { owner, first, plain } = this.#options;
    if (trouble.worthPlain && !plain) {
      this.#end();
      return owner.wantsPlain(first);
    }
    const reply = oneLine(trouble.message);
    owner.failed(this, reply);
    this.#giveFirst({ kind: "deferred", reply, host: this.#wire.host });
  }

  #giveFirst(outcome: Outcome): void {
    this.#end();
    this.#options.owner.settled(this.#options.first, outcome);
  }

  #quit(): void {
    this.#state = "ending";
    this.#options.owner.ends(this);
    this.#wire.write(["QUIT\r\n"]);
    this.#wire.expectWithin(quitMs);
    this.#wire.listen({ reply: () => this.#wire.close(), broke: () => undefined });
  }

  #end(): void {
    this.#state = "ending";
    this.#options.owner.ends(this);
    this.#wire.close();
  }
}
