/**
 * The mail transactions of one outgoing connection, one copy after the other, with as few round trips as the server allows: where it
 * offers PIPELINING (RFC 2920) the final dot and the next copy's MAIL, RCPT and DATA leave in one write.
 */
import type { Outcome } from "../lists/delivery.ts";
import { classify, sessionFate } from "./classify.ts";
import type { Stage, Verdict } from "./classify.ts";
import type { OutgoingCopy } from "./courier.ts";
import type { Extensions } from "./extensions.ts";
import { replyText } from "./reply.ts";
import type { Reply } from "./reply.ts";
import { sendLongText } from "./send-long-text.ts";
import type { SmtpWire, WireListener } from "./smtp-wire.ts";
import { prepareTransaction } from "./transaction.ts";
import type { Transaction } from "./transaction.ts";
import { textCutShort } from "./trouble-text.ts";
import { coalescedOctets } from "./write-slab.ts";

/** What the transactions need of the connection that they are part of. */
export interface TransactionsOwner {
  next(): OutgoingCopy | undefined;
  settled(copy: OutgoingCopy, outcome: Outcome): void;
  /** MAIL was accepted: the route works. */
  accepted(): void;
  /** There is nothing to carry now. */
  rests(): void;
  /** Nothing is awaited, and this connection should carry no more. */
  leaves(): void;
  /** The connection is of no use any more. */
  breaks(why: string): void;
}

export type TransactionsOptions = {
  readonly wire: SmtpWire;
  readonly offered: Extensions;
  readonly owner: TransactionsOwner;
  readonly timeoutMs: number;
};

type Awaited = { readonly stage: Stage; readonly transaction: Transaction };

/** A server that answers a final dot this quickly gets the next copy together with the dot. */
const quickMs = 1000;
/** So long a copy waits behind another one's final dot; then it goes back, for another connection to take. */
const patienceMs = 5000;

const commands: readonly Stage[] = ["mail", "rcpt", "data"];
const following: Readonly<Partial<Record<Stage, Stage>>> = { rset: "mail", mail: "rcpt", rcpt: "data" };

export class MailTransactions implements WireListener {
  readonly #options: TransactionsOptions;
  readonly #wire: SmtpWire;
  /** What the server has not answered yet, in the order of the answers. */
  #awaited: Awaited[] = [];
  /** Whose large text is being written. */
  #writing: Transaction | undefined;
  #carriedOne = false;
  /** The server still holds a transaction that came to nothing. */
  #unclean = false;
  #quick = false;
  #dotAt = 0;
  #dotWaited = 0;
  #leaving = false;

  constructor(options: TransactionsOptions) {
    this.#options = options;
    this.#wire = options.wire;
  }

  /** Takes the wire over and carries `first`, then what the owner has. */
  start(first: OutgoingCopy): void {
    const transaction = this.#prepare(first);
    if (transaction === undefined) this.#next();
    else this.#begin(transaction);
    this.#wire.listen(this);
  }

  /** Carries the owner's next copy; false when there is none. Only while resting. */
  pull(): boolean {
    const transaction = this.#take();
    if (transaction !== undefined) this.#begin(transaction);
    return transaction !== undefined;
  }

  /** Finishes the copy that is past DATA and gives back all others; then, or at once, the owner hears `leaves` or `breaks`. */
  stop(): void {
    this.#leaving = true;
    const [head] = this.#awaited;
    const finishing = this.#writing ?? (head?.stage === "dot" ? head.transaction : undefined);
    for (const { transaction } of this.#awaited) {
      if (transaction !== finishing) transaction.giveBack();
    }
    if (finishing === undefined || finishing.settled) this.#options.owner.breaks("stopped");
  }

  /** `ms` more have passed in which the server could be heard. */
  tick(ms: number): void {
    this.#dotWaited += ms;
    const [head, behind] = this.#awaited;
    if (head?.stage !== "dot" || behind === undefined) return;
    if (this.#dotWaited > Math.min(patienceMs, this.#options.timeoutMs)) behind.transaction.giveBack();
  }

  reply(reply: Reply): void {
    const awaited = this.#awaited.shift();
    if (awaited === undefined) return this.#unasked(reply);
    const { stage, transaction } = awaited;
    const verdict = classify(stage, reply);
    const fate = sessionFate(stage, reply);
    if (stage === "dot" && !transaction.settled) this.#quick = performance.now() - this.#dotAt < quickMs;
    transaction.note(stage, verdict, reply);
    if (fate === "closes" || (stage === "rset" && verdict !== "go-on")) return this.broke(replyText(reply));
    if (fate === "leaves") this.#leaving = true;
    this.#advance(awaited, verdict);
  }

  /** The wire is over: the copy that was being spoken of is deferred, one that was only queued behind it goes back. */
  broke(why: string): void {
    this.#options.owner.breaks(why);
    this.#writing?.defer(textCutShort(why));
    for (const { stage, transaction } of this.#awaited) transaction.breakOff(stage, why);
    this.#awaited = [];
  }

  /** Some servers refuse a large message before they have heard all of it; a yes at that point means nothing. */
  #unasked(reply: Reply): void {
    const verdict = classify("dot", reply);
    if (verdict === "sent") this.#writing?.defer(textCutShort(replyText(reply)));
    else this.#writing?.note("dot", verdict, reply);
    this.broke(replyText(reply));
  }

  /** Says what comes next, if the server does not have it already. */
  #advance({ stage, transaction }: Awaited, verdict: Verdict): void {
    const yes = verdict === "go-on";
    this.#wire.expectWithin(this.#options.timeoutMs);
    if (stage === "mail" && yes) this.#options.owner.accepted();
    if (stage === "dot") return this.#afterDot();
    if (stage === "data") return this.#afterData(transaction, yes);
    if (this.#options.offered.pipelining) return;
    const next = following[stage];
    if (yes && next !== undefined) this.#wire.write([this.#ask([next], transaction)]);
    else this.#abandon(transaction);
  }

  #afterData(transaction: Transaction, yes: boolean): void {
    if (!yes) return this.#abandon(transaction);
    if (!transaction.settled) return this.#sendText(transaction);
    // Nobody is to get an empty message, so a copy that was given back ends with its connection.
    if (transaction.hasRecipient) return this.broke("given back");
    // RFC 2920 section 3.1: a server may say 354 with no recipient left; a lone dot ends that.
    this.#awaited.push({ stage: "dot", transaction });
    this.#wire.write([".\r\n"]);
  }

  #afterDot(): void {
    const [behind] = this.#awaited;
    if (behind === undefined) this.#next();
    else if (behind.transaction.settled) this.broke("given back");
  }

  #abandon(transaction: Transaction): void {
    this.#unclean = transaction.begun;
    this.#next();
  }

  #next(): void {
    this.#wire.expectNothing();
    if (this.#leaving) this.#options.owner.leaves();
    else if (!this.pull()) this.#options.owner.rests();
  }

  /** The owner's next copy that can be sent at all. */
  #take(): Transaction | undefined {
    const { owner } = this.#options;
    for (let copy = owner.next(); copy !== undefined; copy = owner.next()) {
      const transaction = this.#prepare(copy);
      if (transaction !== undefined) return transaction;
    }
    return undefined;
  }

  #prepare(copy: OutgoingCopy): Transaction | undefined {
    const { offered, owner } = this.#options;
    const settled = (one: OutgoingCopy, outcome: Outcome): void => owner.settled(one, outcome);
    const transaction = prepareTransaction({ copy, offered, first: !this.#carriedOne, host: this.#wire.host, settled });
    if (transaction !== undefined) this.#carriedOne = true;
    return transaction;
  }

  #begin(transaction: Transaction): void {
    const stages = this.#unclean ? (["rset", ...commands] as const) : commands;
    this.#unclean = false;
    this.#wire.expectWithin(this.#options.timeoutMs);
    this.#wire.write([this.#ask(this.#options.offered.pipelining ? stages : stages.slice(0, 1), transaction)]);
  }

  /** The commands of these stages, whose answers are awaited from now on. */
  #ask(stages: readonly Stage[], transaction: Transaction): string {
    let text = "";
    for (const stage of stages) {
      this.#awaited.push({ stage, transaction });
      text += transaction.command(stage);
    }
    return text;
  }

  #sendText(transaction: Transaction): void {
    const pieces = transaction.text;
    const octets = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (octets <= coalescedOctets) return this.#finish(transaction, pieces);
    this.#writing = transaction;
    sendLongText({
      wire: this.#wire,
      pieces,
      moved: () => this.#wire.expectWithin(this.#options.timeoutMs),
      done: () => {
        this.#writing = undefined;
        this.#finish(transaction, []);
      },
    });
  }

  /** The rest of the text, the final dot, and the next copy's commands where they may go along. */
  #finish(transaction: Transaction, rest: readonly Buffer[]): void {
    this.#awaited.push({ stage: "dot", transaction });
    const together = this.#quick && this.#options.offered.pipelining && !this.#leaving;
    const behind = together ? this.#take() : undefined;
    this.#dotAt = performance.now();
    this.#dotWaited = 0;
    this.#wire.expectWithin(2 * this.#options.timeoutMs);
    this.#wire.write([...rest, behind === undefined ? ".\r\n" : `.\r\n${this.#ask(commands, behind)}`]);
  }
}
