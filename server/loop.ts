/** The beat of a station: takes turns while there is work, sleeps until it is woken or a time comes, stops between turns. */
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";

export type LoopOptions = {
  readonly name: string;
  readonly log: Log;
  readonly clock: Clock;
  /** Does a piece of work; milliseconds until the next turn, or undefined to sleep until woken. */
  readonly turn: () => Promise<number | undefined>;
};

/** After trouble, such as a database that cannot be reached. */
const troubleMs = 1000;
/** Timers cannot be longer than 2^31 ms; and a clock that was set is noticed within the minute. */
const longestSleepMs = 60_000;

export class Loop {
  readonly #options: LoopOptions;
  #cancelSleep: () => void = () => undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    if (this.#running === undefined) this.#start();
  }

  /** Resolves when the turn that runs, if any, is over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelSleep();
    await this.#running;
  }

  #start(): void {
    this.#cancelSleep();
    this.#running = this.#run().then((isWell) => {
      this.#running = undefined;
      // Woken in the moment between the end of the last turn and here.
      if (isWell && this.#again && !this.#stopped) this.#start();
    });
  }

  /** Takes turns until there is nothing to do; false after trouble. */
  async #run(): Promise<boolean> {
    let sleep: number | undefined = 0;
    let isWell = true;
    while (isWell && !this.#stopped && (this.#again || sleep === 0)) {
      this.#again = false;
      try {
        sleep = await this.#options.turn();
      } catch (error) {
        this.#options.log.error(`${this.#options.name} had trouble`, error);
        sleep = troubleMs;
        isWell = false;
      }
    }
    if (!this.#stopped && sleep !== undefined)
      this.#cancelSleep = this.#options.clock.after(Math.min(sleep, longestSleepMs), () => this.wake());
    return isWell;
  }
}
