/**
 * A clock that tests push forward: real time, plus all that was said to have passed. One that stands moves by their word alone, so
 * that what they count in seconds is the same on the slowest machine.
 */
import type { Clock } from "../../server/clock.ts";
import { parseDuration } from "../../server/duration.ts";

type Alarm = { readonly at: number; readonly call: () => void; cancel: () => void };

export class TestClock implements Clock {
  #ahead = 0;
  readonly #stoodAt: number | undefined;
  readonly #alarms = new Set<Alarm>();

  constructor(moves: "by itself" | "by word" = "by itself") {
    this.#stoodAt = moves === "by word" ? Date.now() : undefined;
  }

  now(): number {
    return (this.#stoodAt ?? Date.now()) + this.#ahead;
  }

  after(ms: number, call: () => void): () => void {
    const alarm: Alarm = { at: this.now() + ms, call, cancel: () => undefined };
    const timer = setTimeout(() => this.#ring(alarm), ms).unref();
    alarm.cancel = () => clearTimeout(timer);
    this.#alarms.add(alarm);
    return () => {
      alarm.cancel();
      this.#alarms.delete(alarm);
    };
  }

  /** Lets a duration such as "15m" pass; whatever was to happen by then begins now. */
  passes(duration: string): void {
    this.#ahead += read(duration);
    for (const alarm of [...this.#alarms]) if (alarm.at <= this.now()) this.#ring(alarm);
  }

  /** Somebody sets the clock back; timers go on as they were. */
  isSetBack(duration: string): void {
    this.#ahead -= read(duration);
  }

  #ring(alarm: Alarm): void {
    alarm.cancel();
    if (this.#alarms.delete(alarm)) alarm.call();
  }
}

function read(duration: string): number {
  const ms = parseDuration(duration);
  if (ms === undefined) throw new Error(`${duration} is no duration`);
  return ms;
}
