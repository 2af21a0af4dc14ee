/**
 * Pages as they were rendered, by all that they show. After a post a thousand readers press its button, and those of one minute see the
 * same page to the letter; so does whoever tries links that are none of ours.
 */
const most = 100;

export class RecentPages {
  readonly #pages = new Map<string, string>();

  /** `facts`: all that tells one page from another. */
  page(facts: readonly unknown[], render: () => string): string {
    const key = JSON.stringify(facts);
    return this.#pages.get(key) ?? this.#keep(key, render());
  }

  #keep(key: string, page: string): string {
    const [oldest] = this.#pages.keys();
    if (oldest !== undefined && this.#pages.size >= most) this.#pages.delete(oldest);
    this.#pages.set(key, page);
    return page;
  }
}
