/**
 * The queue: claims deliveries that are due in batches, gives them to the courier as it pulls, and records what became of
 * them in group commits. It holds a bounded number of copies whatever the size of the list.
 */
import type { Clock } from "../clock.ts";
import type { Outcome } from "../lists/delivery.ts";
import type { Log } from "../log.ts";
import { Loop } from "../loop.ts";
import { saysNobodyThere } from "../mail/failure-reason.ts";
import { claimDeliveries, nextRetryAt } from "../store/deliveries/claims.ts";
import type { Claim } from "../store/deliveries/claims.ts";
import type { RecordedOutcome } from "../store/deliveries/outcomes.ts";
import type { Store } from "../store/store.ts";
import { BatchSize } from "./batch-size.ts";
import type { CopySource, Courier, OutgoingCopy, RenderedCopy } from "./courier.ts";
import { OutcomeRecorder } from "./outcome-recorder.ts";
import { nextAttempt } from "./retry.ts";

/** What distribution makes of a claim; `app.ts` connects the two. */
export type PreparedForSending = {
  readonly mailFrom: string;
  readonly rcptTo: string;
  readonly template: { render(values: Readonly<Record<string, string>>, eightBitAllowed: boolean): RenderedCopy };
  readonly values: Readonly<Record<string, string>>;
};

export type QueueDependencies = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly connections: number;
  /** Waits between attempts, in milliseconds. */
  readonly retryMs: readonly number[];
  /** `later`: there is no room for it beside the others; undefined: it cannot be made any more. */
  readonly prepare: (claims: readonly Claim[]) => Promise<readonly (PreparedForSending | "later" | undefined)[]>;
  /** Deliveries changed their states: were claimed, or came to these outcomes. */
  readonly recorded: (outcomes: readonly RecordedOutcome[]) => void;
};

type Ready = OutgoingCopy & { readonly claim: Claim; readonly claimedAt: number };

/** Outcomes not yet on disk, beyond the copies in flight: what a kill can double at most. */
const unrecordedMost = 100;
const noAddress: Outcome = {
  kind: "failed",
  reply: "553 5.1.3 this is no address to which mail can be sent",
  host: "",
};
/** How old a claim may get before its copy has left. */
const readyMs = 10_000;

export class DeliveryQueue implements CopySource {
  readonly #needs: QueueDependencies;
  readonly #recorder: OutcomeRecorder;
  readonly #loop: Loop;
  readonly #batch: BatchSize;
  #courier: Courier | undefined;
  #ready: Ready[] = [];
  #flying = 0;
  #stopping = false;

  constructor(needs: QueueDependencies) {
    this.#needs = needs;
    this.#batch = new BatchSize(needs.connections);
    this.#recorder = new OutcomeRecorder({
      database: needs.store.database,
      log: needs.log,
      recorded: (group) => {
        needs.recorded(group);
        this.#courier?.wake();
        // What was given back untried is due again, and nobody else will say so.
        if (this.#ready.length <= this.#batch.size / 2) this.#loop.wake();
      },
    });
    this.#loop = new Loop({ name: "queue", log: needs.log, clock: needs.clock, turn: () => this.#turn() });
  }

  start(courier: Courier): void {
    this.#courier = courier;
    this.wake();
  }

  /** Deliveries may be due, or a post was stopped. */
  wake(): void {
    this.#loop.wake();
  }

  next(): OutgoingCopy | undefined {
    if (this.#stopping || this.#flying + this.#recorder.waiting >= this.#needs.connections + unrecordedMost)
      return undefined;
    const copy = this.#ready.pop();
    if (copy === undefined) return undefined;
    this.#flying++;
    if (this.#ready.length <= this.#batch.size / 2) this.#loop.wake();
    return copy;
  }

  settled(copy: OutgoingCopy, outcome: Outcome): void {
    this.#flying--;
    this.#recorder.add(this.#record((copy as Ready).claim, outcome));
  }

  /** Everything in flight is finished and recorded, everything claimed is given back. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    await this.#loop.stop();
    await this.#courier?.stop(graceMs);
    this.#giveBack(this.#ready.splice(0));
    await this.#recorder.stop();
  }

  /** Claims one batch when the last is half used; says when a retry is due. */
  async #turn(): Promise<number | undefined> {
    await this.#dropStale();
    const { store, clock } = this.#needs;
    if (this.#stopping) return undefined;
    if (this.#ready.length > this.#batch.size / 2) return readyMs;
    const limit = this.#batch.size;
    const claims = await claimDeliveries(store.database, { limit, now: clock.now() });
    this.#batch.claimed(claims.length, clock.now());
    if (claims.length > 0) this.#needs.recorded([]);
    await this.#makeReady(claims);
    if (claims.length >= limit) return readyMs;
    const next = await nextRetryAt(store.database);
    const idle = this.#ready.length > 0 ? readyMs : undefined;
    return next === undefined ? idle : Math.min(Math.max(1, next - clock.now()), idle ?? Infinity);
  }

  async #makeReady(claims: readonly Claim[]): Promise<void> {
    if (claims.length === 0) return;
    let prepared: readonly (PreparedForSending | "later" | undefined)[];
    try {
      prepared = await this.#needs.prepare(claims);
    } catch (error) {
      // Poison is parked: these wait for their next attempt, with the reason, and block nobody.
      this.#needs.log.error("copies could not be made", error);
      for (const claim of claims)
        this.#recorder.add(
          this.#record(claim, { kind: "deferred", reply: "the copy could not be made here", host: "" }),
        );
      return;
    }
    const claimedAt = this.#needs.clock.now();
    const made: Ready[] = [];
    for (const [index, claim] of claims.entries()) {
      const copy = prepared[index];
      if (copy === undefined) this.#recorder.add(this.#record(claim, noAddress));
      else if (copy === "later") this.#recorder.add(this.#record(claim, { kind: "untried" }));
      else made.push({ ...outgoing(claim, copy), claimedAt });
    }
    if (prepared.includes("later")) this.#batch.shrinkTo(made.length);
    // Pulled from the end: the new ones go behind those that wait.
    this.#ready = [...made.reverse(), ...this.#ready];
    this.#courier?.wake();
  }

  /**
   * A stop takes effect on what is claimed and has not left, too. And what could not leave for a while, since the relay is
   * down, is given back: whether its member still receives must be asked again.
   */
  async #dropStale(): Promise<void> {
    const posts = [...new Set(this.#ready.flatMap((ready) => ready.claim.postId ?? []))];
    const running = await this.#needs.store.posts.runningAmong(posts);
    const oldest = this.#needs.clock.now() - readyMs;
    const isFresh = ({ claim, claimedAt }: Ready): boolean =>
      claimedAt > oldest && (claim.postId === null || running.has(claim.postId));
    const dropped = this.#ready.filter((ready) => !isFresh(ready));
    if (dropped.length === 0) return;
    this.#ready = this.#ready.filter(isFresh);
    this.#giveBack(dropped);
  }

  #giveBack(copies: readonly Ready[]): void {
    for (const { claim } of copies) this.#recorder.add(this.#record(claim, { kind: "untried" }));
  }

  #record(claim: Claim, outcome: Outcome): RecordedOutcome {
    const now = this.#needs.clock.now();
    const common = { id: claim.id, postId: claim.postId, at: now, dueAt: 0 };
    if (outcome.kind === "untried") return { ...common, state: "pending", reply: "", host: "" };
    const said = { reply: outcome.reply, host: outcome.host };
    if (outcome.kind === "sent") return { ...common, ...said, state: "sent" };
    if (outcome.kind === "failed")
      return { ...common, ...said, state: "failed", nobodyThere: saysNobodyThere(outcome.reply) };
    const due = nextAttempt({ attempts: claim.attempts + 1, retryMs: this.#needs.retryMs, now, random: Math.random });
    return due === undefined
      ? { ...common, ...said, state: "failed" }
      : { ...common, ...said, state: "deferred", dueAt: due };
  }
}

function outgoing(
  claim: Claim,
  { mailFrom, rcptTo, template, values }: PreparedForSending,
): OutgoingCopy & { readonly claim: Claim } {
  return { claim, mailFrom, rcptTo, render: (eightBitAllowed) => template.render(values, eightBitAllowed) };
}
