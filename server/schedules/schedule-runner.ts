/**
 * The station of what is reserved for later: sleeps until the next time comes or something is changed. What is due stands in the
 * database alone; the timers, and the minute's wake by node-cron, only make it look.
 */
import type { Log } from "../log.ts";
import { Loop } from "../loop.ts";
import { isPassingTrouble } from "../store/database/passing-trouble.ts";
import type { Schedule } from "../store/schedules/schedules.ts";
import { giveUp, sendOccurrence } from "./send-occurrence.ts";
import type { OccurrenceNeeds } from "./send-occurrence.ts";

export type RunnerNeeds = OccurrenceNeeds & {
  readonly log: Log;
  /** Posts or notices wait to be sent. */
  readonly sent: () => void;
};

/** A schedule that cannot be read or made into a message is tried so often, and stands in nobody's way. */
const mostTries = 5;
const retryMs = 1000;
/** Where the database is full or away, it is tried until that is over. */
const passingMs = 10_000;

export class ScheduleRunner {
  readonly #needs: RunnerNeeds;
  readonly #loop: Loop;
  /** By id: how often it went wrong since it last went well. */
  readonly #tries = new Map<number, number>();
  /** Those that wait for the database. */
  readonly #waiting = new Set<number>();

  constructor(needs: RunnerNeeds) {
    this.#needs = needs;
    this.#loop = new Loop({ name: "scheduled sends", log: needs.log, clock: needs.clock, turn: () => this.#turn() });
  }

  /** Look at once: something was reserved or changed. */
  wake(): void {
    this.#loop.wake();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #turn(): Promise<number | undefined> {
    const { store, clock, sent } = this.#needs;
    const due = await store.schedules.due(clock.now());
    let isSent = false;
    this.#waiting.clear();
    for (const schedule of due) isSent = (await this.#step(schedule)) || isSent;
    if (isSent) sent();
    if (this.#tries.size > 0) return retryMs;
    if (this.#waiting.size > 0) return passingMs;
    const next = await store.schedules.nextAt();
    return next === undefined ? undefined : Math.max(0, next - clock.now());
  }

  async #step(schedule: Schedule): Promise<boolean> {
    const { id } = schedule;
    try {
      const isTaken = await sendOccurrence(this.#needs, schedule);
      this.#tries.delete(id);
      return isTaken;
    } catch (error) {
      this.#needs.log.error(`the scheduled send ${id} had trouble`, error);
      if (isPassingTrouble(error)) {
        this.#waiting.add(id);
        return false;
      }
      const tries = (this.#tries.get(id) ?? 0) + 1;
      this.#tries.set(id, tries);
      if (tries < mostTries) return false;
      // Where it is the database that has trouble, this fails too, and the schedule is tried again.
      const isOver = await giveUp(this.#needs, schedule);
      this.#tries.delete(id);
      return isOver;
    }
  }
}
