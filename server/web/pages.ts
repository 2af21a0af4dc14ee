/** Renders views/ with what every page knows: words, dates, who is signed in, and how addresses of ours are written. */
import { languages } from "../lists/mailing-list.ts";
import type { Language } from "../lists/mailing-list.ts";
import { datesIn } from "../words/dates.ts";
import type { Dates } from "../words/dates.ts";
import { words } from "../words/words.ts";
import { withTyped } from "./kept-form.ts";
import type { PanelContext, PanelState } from "./panel-context.ts";
import { RecentPages } from "./recent-pages.ts";
import { Views } from "./views.ts";

/** Characters. */
const shortPage = 4000;

export type PageSettings = {
  readonly base: string;
  readonly staticVersion: string;
  readonly trial: boolean;
  /** Copies are kept and never sent. */
  readonly isKept: boolean;
};

export type AlikePage = { readonly name: string; readonly view: object; readonly language: Language };

export class Pages {
  readonly #views = new Views();
  readonly #recent = new RecentPages();
  /** What all pages know. */
  readonly #settled: object;
  /** A formatter is dear to make, a millisecond that pages behind links in mail do not have when everybody opens them at once. */
  readonly #dates = new Map<string, Dates>();

  constructor({ base, staticVersion, trial, isKept }: PageSettings) {
    this.#settled = {
      languages,
      // Each in itself, for those who do not read the page's language.
      languageNames: Object.fromEntries(languages.map((language) => [language, words(language).language.name])),
      trial,
      isKept,
      at: (path: string): string => `${base}${path}`,
      asset: (path: string): string => `${base}/static/${staticVersion}/${path}`,
    };
  }

  /** The page becomes the answer. `view` is all that its template shows beside what every page knows. */
  show(ctx: PanelContext, name: string, view: object): void {
    const { kept, words: w } = ctx.state;
    const shown = kept === undefined ? view : withTyped(view, kept);
    if (kept !== undefined) ctx.state.notice = { text: "typed" in view ? w.keptForm.typed : w.keptForm.button };
    const page = this.#views.render(`/${name}`, {
      ...this.#common(ctx.state),
      here: `${ctx.path}${ctx.search}`,
      section: sectionOf(ctx.path),
      ...shown,
    });
    answer(ctx, page);
  }

  /** A page that is the same for all whom it shows the same `view`: it knows nothing of who is asking. */
  showAlike(ctx: PanelContext, { name, view, language }: AlikePage): void {
    const render = (): string =>
      this.#views.render(`/${name}`, { ...this.#settled, w: words(language), language, ...view });
    answer(ctx, this.#recent.page([name, language, view], render));
  }

  dates(language: Language, timezone: string): Dates {
    const key = `${language} ${timezone}`;
    const dates = this.#dates.get(key) ?? datesIn(language, timezone);
    this.#dates.set(key, dates);
    return dates;
  }

  /** A part of a page, for live updates. */
  part(state: PanelState, name: string, view: object): string {
    return this.#views.render(`/${name}`, { ...this.#common(state), ...view });
  }

  #common(state: PanelState): object {
    return {
      ...this.#settled,
      w: state.words,
      dates: state.dates,
      language: state.language,
      account: state.account,
      csrf: state.csrf,
      notice: state.notice,
    };
  }
}

function answer(ctx: PanelContext, page: string): void {
  ctx.type = "html";
  // A short text leaves in one piece with the header; of a long one Koa and Node would each count the octets once more.
  ctx.body = page.length < shortPage ? page : Buffer.from(page);
}

/** Which part of the main navigation a page belongs to. */
function sectionOf(path: string): string {
  const [, first = ""] = path.split("/");
  return { "": "home", posts: "lists", deliveries: "lists" }[first] ?? first;
}
