/** Watches what becomes of attempts: when the last one ended, and whether one after the other ends with the same words. */
import type { RecordedOutcome } from "../store/deliveries/outcomes.ts";
import type { Streak } from "./health-rules.ts";

/** More different copies than this need not be told apart. */
const mostCopies = 100;

type Run = { readonly reply: string; readonly since: number; readonly copies: Set<number>; tries: number };

export class OutcomeWatch {
  #lastAt: number;
  #run: Run | undefined;

  /** `now`: when the server starts, which counts as a sign of life. */
  constructor(now: number) {
    this.#lastAt = now;
  }

  /** In the order in which they were recorded. */
  note(outcomes: readonly RecordedOutcome[]): void {
    for (const { id, state, reply, at } of outcomes) {
      if (state === "pending") continue;
      this.#lastAt = Math.max(this.#lastAt, at);
      const isSame = this.#run !== undefined && likeness(this.#run.reply) === likeness(reply);
      // One that is given up after its last try says no more than the tries before.
      if (state === "sent" || (state === "failed" && !isSame)) this.#run = undefined;
      else {
        if (!isSame || this.#run === undefined) this.#run = { reply, since: at, copies: new Set(), tries: 0 };
        this.#run.tries++;
        if (this.#run.copies.size < mostCopies) this.#run.copies.add(id);
      }
    }
  }

  get lastAt(): number {
    return this.#lastAt;
  }

  get streak(): Streak | undefined {
    if (this.#run === undefined) return undefined;
    const { reply, since, copies, tries } = this.#run;
    return { reply, since, tries, copies: copies.size };
  }
}

/** Without the address or number that makes each reply another. */
function likeness(reply: string): string {
  return reply.replace(/<[^>]*>|\S+@\S+|\b(?=\w*\d)\w{6,}\b/g, "…");
}
