/**
 * A real browser, and before it a panel that is new for each test: what every test in a browser begins and ends with. Whatever a test
 * has opened is closed after it.
 */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { Panel, password } from "../web/panel.ts";
import type { PanelOptions } from "../web/panel.ts";

export const phone: BrowserContextOptions = { viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true };

export const phoneInTheDark: BrowserContextOptions = { viewport: { width: 390, height: 800 }, colorScheme: "dark" };

export class Desk {
  #browser: Browser | undefined;
  #panel: Panel | undefined;
  #context: BrowserContext | undefined;
  /** What the console of the last opened page had to complain about. */
  complaints: string[] = [];
  readonly #locale: string;

  private constructor(locale: string) {
    this.#locale = locale;
  }

  /** For the tests of the `describe` that calls it. */
  static forEach({ locale = "en", ...options }: PanelOptions & { readonly locale?: string } = {}): Desk {
    const desk = new Desk(locale);
    before(async () => {
      desk.#browser = await launchChromium();
    });
    after(() => desk.#browser?.close());
    beforeEach(async () => {
      desk.#panel = await Panel.open(options);
    });
    afterEach(async () => {
      await desk.#context?.close();
      desk.#context = undefined;
      await desk.#panel?.close();
    });
    return desk;
  }

  get panel(): Panel {
    return standing(this.#panel);
  }

  /** Of the last opened page. */
  get context(): BrowserContext {
    return standing(this.#context);
  }

  /** A page of a browser that knows nothing yet. */
  async open(options: BrowserContextOptions = {}): Promise<Page> {
    await this.#context?.close();
    this.#context = await standing(this.#browser).newContext({
      baseURL: this.panel.url,
      locale: this.#locale,
      ...options,
    });
    // A slow machine is no fault of the page; the test's own time limit is the last word.
    this.#context.setDefaultTimeout(60_000);
    const page = await this.#context.newPage();
    const complaints: string[] = [];
    this.complaints = complaints;
    page.on("console", (message) => (message.type() === "error" ? complaints.push(message.text()) : undefined));
    page.on("pageerror", (error) => complaints.push(String(error)));
    return page;
  }

  /** Signed in as olivia, on the first page. */
  async signedIn(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.open(options);
    await this.signIn(page);
    return page;
  }

  async signIn(page: Page): Promise<void> {
    await page.goto("/sign-in");
    await fillSignIn(page, "olivia");
    await page.waitForURL(`${this.panel.url}/`);
  }
}

export async function fillSignIn(page: Page, username: string): Promise<void> {
  await page.fill("#username", username);
  await page.fill("#password", password);
  await page.click("form.sheet button");
}

/** Whether the page scrolls sideways. */
export function isWide(page: Page): Promise<boolean> {
  return page.evaluate<boolean>("document.documentElement.scrollWidth > document.documentElement.clientWidth");
}

function standing<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error("this is there only in a test, after it was opened");
  return part;
}
