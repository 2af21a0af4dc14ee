/** Group commit: outcomes are recorded at most 100 or 20 ms after they came, many in one transaction. */
import type { Log } from "../log.ts";
import type { Database } from "../store/database.ts";
import { recordOutcomes } from "../store/outcomes.ts";
import type { RecordedOutcome } from "../store/outcomes.ts";

const groupSize = 100;
const groupMs = 20;
const troubleMs = 500;

export type RecorderDependencies = {
  readonly database: Database;
  readonly log: Log;
  /** A group is on disk. */
  readonly recorded: () => void;
};

export class OutcomeRecorder {
  readonly #needs: RecorderDependencies;
  #waiting: RecordedOutcome[] = [];
  #writing: Promise<void> | undefined;
  #inWrite = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(needs: RecorderDependencies) {
    this.#needs = needs;
  }

  /** Outcomes that are not on disk yet. */
  get waiting(): number {
    return this.#waiting.length + this.#inWrite;
  }

  add(outcome: RecordedOutcome): void {
    this.#waiting.push(outcome);
    if (this.#writing !== undefined) return;
    if (this.#waiting.length >= groupSize) this.#write();
    else this.#timer ??= setTimeout(() => this.#write(), groupMs);
  }

  /** Resolves when everything is on disk, or cannot be: then the next start releases it. */
  async stop(): Promise<void> {
    for (let tries = 0; this.waiting > 0 && tries < 5; tries++) {
      if (this.#writing === undefined) this.#write();
      await this.#writing;
    }
    clearTimeout(this.#timer);
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const group = this.#waiting.splice(0, groupSize * 2);
    this.#inWrite = group.length;
    this.#writing = this.#record(group).finally(() => {
      this.#writing = undefined;
      this.#inWrite = 0;
      if (this.#waiting.length >= groupSize) this.#write();
      else if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => this.#write(), groupMs);
      this.#needs.recorded();
    });
  }

  async #record(group: readonly RecordedOutcome[]): Promise<void> {
    try {
      await recordOutcomes(this.#needs.database, group);
    } catch (error) {
      this.#needs.log.error("outcomes could not be recorded", error);
      this.#waiting.unshift(...group);
      await new Promise((resolve) => setTimeout(resolve, troubleMs));
    }
  }
}
