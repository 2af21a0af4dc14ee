/** Group commit: outcomes are recorded at most 100 or 20 ms after they came, many in one transaction. */
import type { Log } from "../log.ts";
import type { Database } from "../store/database/database.ts";
import { recordOutcomes } from "../store/deliveries/outcomes.ts";
import type { RecordedOutcome } from "../store/deliveries/outcomes.ts";

const groupSize = 100;
/** What gathered while the last group was written goes in one. */
const mostAtOnce = 200;
const groupMs = 20;
const troubleMs = 500;

export type RecorderDependencies = {
  readonly database: Database;
  readonly log: Log;
  /** A group is on disk. */
  readonly recorded: (group: readonly RecordedOutcome[]) => void;
};

export class OutcomeRecorder {
  readonly #needs: RecorderDependencies;
  #waiting: RecordedOutcome[] = [];
  #inWrite = 0;
  #writing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(needs: RecorderDependencies) {
    this.#needs = needs;
  }

  /** Outcomes that are not on disk yet. */
  get waiting(): number {
    return this.#waiting.length + this.#inWrite;
  }

  add(outcome: RecordedOutcome): void {
    this.#waiting.push(outcome);
    this.#plan();
  }

  /** Resolves when everything is on disk, or could not be put there: then the next start tries those copies again. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#writing;
    while (this.#waiting.length > 0 && (await this.#write())) continue;
  }

  /** A full group is written at once, a smaller one soon; one write at a time. */
  #plan(waitMs = groupMs): void {
    if (this.#writing !== undefined || this.#stopping || this.#waiting.length === 0) return;
    if (this.#waiting.length >= groupSize && waitMs === groupMs) this.#begin();
    else this.#timer ??= setTimeout(() => this.#begin(), waitMs);
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#write().then((written) => {
      this.#writing = undefined;
      this.#plan(written ? groupMs : troubleMs);
    });
  }

  /** False when the database would not take the group, which then waits again. */
  async #write(): Promise<boolean> {
    const group = this.#waiting.splice(0, mostAtOnce);
    this.#inWrite = group.length;
    try {
      await recordOutcomes(this.#needs.database, group);
    } catch (error) {
      this.#needs.log.error("outcomes could not be recorded", error);
      this.#waiting.unshift(...group);
      return false;
    } finally {
      this.#inWrite = 0;
    }
    this.#needs.recorded(group);
    return true;
  }
}
