/** Work that is done for one at a time, in the order in which it was asked for: what holds a whole mail in memory, however many press the button. */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    // What failed is told to whoever asked, and holds up nobody.
    this.#last = result.catch(() => undefined);
    return result;
  }
}
