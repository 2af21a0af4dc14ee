/** A source of copies for courier tests: gives out what was added, in order, and keeps every outcome. What comes back untried goes to the end. */
import { hash } from "node:crypto";
import type { CopySource, Courier, OutgoingCopy } from "../../server/delivery/courier.ts";
import type { Outcome } from "../../server/lists/delivery.ts";

export type CopyMade = {
  readonly rcptTo: string;
  readonly text?: string;
  readonly render?: OutgoingCopy["render"];
  readonly mailFrom?: string;
};

export class CopyList implements CopySource {
  /** By recipient, `untried` included. */
  readonly outcomes = new Map<string, Outcome[]>();
  /** Copies that were given and are not settled. */
  readonly inFlight = new Set<OutgoingCopy>();
  /** As many as were ever in flight at once. */
  mostInFlight = 0;
  /** What the test does at each outcome, e.g. waking the courier as a queue would. */
  onSettled: (copy: OutgoingCopy, outcome: Outcome) => void = () => undefined;
  readonly #waiting: OutgoingCopy[] = [];
  readonly #watchers = new Set<() => void>();

  constructor(...copies: readonly (string | CopyMade)[]) {
    this.add(...copies);
  }

  add(...copies: readonly (string | CopyMade)[]): void {
    this.#waiting.push(...copies.map((copy) => outgoingCopy(typeof copy === "string" ? { rcptTo: copy } : copy)));
  }

  /** Copies that nobody has taken. */
  get left(): number {
    return this.#waiting.length;
  }

  next(): OutgoingCopy | undefined {
    const copy = this.#waiting.shift();
    if (copy !== undefined) this.inFlight.add(copy);
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight.size);
    return copy;
  }

  settled(copy: OutgoingCopy, outcome: Outcome): void {
    if (!this.inFlight.delete(copy)) throw new Error(`${copy.rcptTo} was settled twice`);
    this.outcomes.set(copy.rcptTo, [...(this.outcomes.get(copy.rcptTo) ?? []), outcome]);
    if (outcome.kind === "untried") this.#waiting.push(copy);
    this.onSettled(copy, outcome);
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** The outcome that is not `untried`, if there is one. */
  outcome(rcptTo: string): Exclude<Outcome, { kind: "untried" }> | undefined {
    return this.outcomes.get(rcptTo)?.find((outcome) => outcome.kind !== "untried");
  }

  kinds(): Readonly<Record<string, number>> {
    const kinds: Record<string, number> = {};
    for (const { kind } of [...this.outcomes.values()].flat()) kinds[kind] = (kinds[kind] ?? 0) + 1;
    return kinds;
  }

  /** Resolves when `holds` is true; it is asked after each outcome. */
  until(holds: (list: CopyList) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watcher = (): void => {
        if (!holds(this)) return;
        this.#watchers.delete(watcher);
        resolve();
      };
      this.#watchers.add(watcher);
      watcher();
    });
  }

  /** Wakes the courier, and again for what comes back; resolves when every copy has its outcome. */
  async sentBy(courier: Courier): Promise<void> {
    this.onSettled = (_, { kind }) => {
      if (kind === "untried") courier.wake();
    };
    courier.wake();
    await this.until(() => this.left === 0 && this.inFlight.size === 0);
  }
}

/** Addresses `name1@domain`, `name2@domain`, … */
export function people(count: number, name = "member"): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${name}${index + 1}@readers.example`);
}

function outgoingCopy({
  rcptTo,
  mailFrom = `news-bounces+${hash("sha1", rcptTo).slice(0, 12)}@lists.example`,
  text,
  render,
}: CopyMade): OutgoingCopy {
  const wire = [Buffer.from(`To: <${rcptTo}>\r\n`), Buffer.from(text ?? "Subject: hello\r\n\r\nHello.\r\n")];
  const octets = wire.reduce((sum, piece) => sum + piece.length, 0);
  return { mailFrom, rcptTo, render: render ?? (() => ({ wire, octets, eightBit: false })) };
}
