/** One mail transaction: a copy on its way through MAIL, RCPT, DATA and the final dot, and what has been said of it so far. */
import type { Outcome } from "../lists/delivery.ts";
import type { Stage, Verdict } from "./classify.ts";
import type { OutgoingCopy, RenderedCopy } from "./courier.ts";
import type { Extensions } from "./extensions.ts";
import { oneLine, replyText } from "./reply.ts";
import type { Reply } from "./reply.ts";
import { fitsEnvelope, mailCommand, rcptCommand } from "./smtp-command.ts";
import { noAnswer } from "./trouble-text.ts";

export type TransactionTerms = {
  readonly copy: OutgoingCopy;
  readonly offered: Extensions;
  /** The copy is the first that its connection carries: if the connection breaks on it, that is an attempt. */
  readonly first: boolean;
  /** The server, as deliveries name it. */
  readonly host: string;
  readonly settled: (copy: OutgoingCopy, outcome: Outcome) => void;
};

/** Gives undefined for a copy that cannot be sent at all, which is settled then: no other copy suffers from it. */
export function prepareTransaction(terms: TransactionTerms): Transaction | undefined {
  const { copy, offered, host, settled } = terms;
  if (!fitsEnvelope(copy)) {
    settled(copy, { kind: "failed", reply: "the address cannot be written in SMTP", host });
    return undefined;
  }
  try {
    return new Transaction(terms, copy.render(offered.eightBitMime));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    settled(copy, { kind: "deferred", reply: oneLine(`the copy could not be made: ${reason}`), host });
    return undefined;
  }
}

export class Transaction {
  readonly #terms: TransactionTerms;
  readonly #rendered: RenderedCopy;
  #mail: "unanswered" | "refused" | "accepted" = "unanswered";
  #rcptAccepted = false;
  #settled = false;

  constructor(terms: TransactionTerms, rendered: RenderedCopy) {
    this.#terms = terms;
    this.#rendered = rendered;
  }

  get text(): readonly Buffer[] {
    return this.#rendered.wire;
  }

  /** The copy has its outcome; what the server still answers changes nothing. */
  get settled(): boolean {
    return this.#settled;
  }

  /** The server holds a sender, so that only RSET or a final dot lets it take the next. */
  get begun(): boolean {
    return this.#mail === "accepted";
  }

  /** The server would deliver whatever came after DATA. */
  get hasRecipient(): boolean {
    return this.#rcptAccepted;
  }

  command(stage: Stage): string {
    const { copy, offered } = this.#terms;
    if (stage === "mail") return mailCommand(copy, this.#rendered, offered);
    if (stage === "rcpt") return rcptCommand(copy);
    return stage === "rset" ? "RSET\r\n" : "DATA\r\n";
  }

  /** Keeps what the server says of the copy. */
  note(stage: Stage, verdict: Verdict, reply: Reply): void {
    if (stage === "rset") return;
    const yes = verdict === "go-on";
    if (stage === "mail") this.#mail = yes ? "accepted" : "refused";
    if (stage === "rcpt") this.#rcptAccepted = yes;
    if (!yes) this.#settle({ kind: verdict, reply: replyText(reply), host: this.#terms.host });
  }

  defer(reply: string): void {
    this.#settle({ kind: "deferred", reply, host: this.#terms.host });
  }

  giveBack(): void {
    this.#settle({ kind: "untried" });
  }

  /** The connection broke before the answer at `stage`: an attempt if the server had come to this copy, else none. */
  breakOff(stage: Stage, why: string): void {
    if (this.#terms.first || this.#mail !== "unanswered") this.defer(noAnswer(stage, why));
    else this.giveBack();
  }

  #settle(outcome: Outcome): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#terms.settled(this.#terms.copy, outcome);
  }
}
