/**
 * How many deliveries a claim takes: as many as leave in about a fifth of a second. Few for a slow relay, so that a stop or a
 * leaving member is heard soon; many for a fast one, so that claims cost nothing.
 */
/** A claim of more would hold the database for longer than 20 ms. */
const most = 250;
const quickMs = 100;
const slowMs = 400;

export class BatchSize {
  readonly #least: number;
  #size: number;
  #lastAt = 0;

  constructor(connections: number) {
    this.#least = Math.min(most, Math.max(20, connections));
    this.#size = this.#least;
  }

  get size(): number {
    return this.#size;
  }

  /** A claim gave so many. Full ones in quick succession ask for larger ones, full ones far apart for smaller ones. */
  claimed(count: number, now: number): void {
    const took = now - this.#lastAt;
    this.#lastAt = now;
    if (count < this.#size) return;
    if (took < quickMs) this.#size = Math.min(most, this.#size * 2);
    else if (took > slowMs) this.#size = Math.max(this.#least, Math.floor(this.#size / 2));
  }

  /** There was room for no more than so many. */
  shrinkTo(count: number): void {
    this.#size = Math.max(1, count);
  }
}
