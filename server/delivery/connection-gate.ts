/** Decides when a courier may open another connection: slowly while the route is unproven, after growing pauses while it fails. */

const firstPauseMs = 250;
const longestPauseMs = 30_000;
/** While nothing is known of the route one more connection is tried this often, so that a silent one holds up nobody. */
const rampMs = 50;

/** Times are milliseconds of any clock that only goes forward; `random` gives numbers from 0 up to but not including 1. */
export class ConnectionGate {
  readonly #random: () => number;
  #proven = false;
  #failures = 0;
  #closedUntil = 0;
  #failedAt = -Infinity;
  #lastOpened = -Infinity;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** How long to wait before the next connection; 0 to open it now. */
  waitMs(now: number): number {
    const ramp = this.#proven ? 0 : this.#lastOpened + rampMs - now;
    return Math.max(0, ramp, this.#closedUntil - now);
  }

  opened(now: number): void {
    this.#lastOpened = now;
  }

  /** A connection carried a copy as far as an accepted MAIL: open as many as there is work for. */
  succeeded(): void {
    this.#proven = true;
    this.#failures = 0;
    this.#closedUntil = 0;
  }

  /** A connection that worked has broken: the next ones show whether the server is still there. */
  doubted(): void {
    this.#proven = false;
  }

  /** A connection opened at `openedAt` came to nothing. Those that were under way together count as one failure. */
  failed(openedAt: number, now: number): void {
    this.#proven = false;
    if (openedAt < this.#failedAt) return;
    const pause = firstPauseMs * 2 ** this.#failures * (1 + this.#random() / 2);
    this.#failures = Math.min(this.#failures + 1, 16);
    this.#failedAt = now;
    this.#closedUntil = now + Math.min(pause, longestPauseMs);
  }
}
