/**
 * What the clocks of a time zone show at a moment, and at which moment they show a time. Times on the clock are written as the
 * milliseconds that UTC's clocks would show them at, so that they can be reckoned with.
 */

const dayMs = 86_400_000;

/** Made once a zone and task: an Intl formatter is dear to make and cheap to use. Temporal needs a flag in the Nodes that we run on. */
export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;

  /** `zone`: IANA name. Throws when this machine knows no such zone. */
  constructor(zone: string) {
    // Swedish writes moments as ISO 8601 does.
    this.#format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  }

  /** What the clocks show. */
  timeAt(moment: number): number {
    return moment + this.#offsetAt(moment);
  }

  /**
   * When the clocks show it. Of a time that comes twice, as clocks are set back, the first; for one that never comes, as they are set
   * forward over it, the first moment after the gap.
   */
  momentOf(time: number): number {
    // No offset is over 14 hours, so these two lie on either side of the moment, and clocks are not changed twice within two days.
    const [before, after] = [this.#offsetAt(time - dayMs), this.#offsetAt(time + dayMs)];
    const candidates = [time - before, time - after].filter((moment) => this.timeAt(moment) === time);
    return candidates.length > 0 ? Math.min(...candidates) : this.#changeBetween(time - dayMs, time + dayMs);
  }

  /** The first moment at which the offset is that of `to`. */
  #changeBetween(from: number, to: number): number {
    const before = this.#offsetAt(from);
    let [low, high] = [from, to];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    return high;
  }

  #offsetAt(moment: number): number {
    const second = Math.floor(moment / 1000) * 1000;
    return Date.parse(`${this.#format.format(second).replace(" ", "T")}Z`) - second;
  }
}
