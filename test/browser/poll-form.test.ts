/** The part of a form in which a poll is written, in a real browser: with scripts and without, on a phone, in the dark. */
import { createServer } from "node:http";
import type { Server } from "node:http";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { Eta } from "eta";
import type { Browser, Page } from "playwright-core";
import type { PollPlan } from "../../server/lists/poll.ts";
import { FormFields } from "../../server/web/form-fields.ts";
import { changePollForm } from "../../server/web/poll-buttons.ts";
import { readPollForm } from "../../server/web/poll-form.ts";
import { readStaticFiles } from "../../server/web/static-files.ts";
import type { StaticFiles } from "../../server/web/static-files.ts";
import { words } from "../../server/words/words.ts";
import { launchChromium } from "../support/chromium.ts";

const w = words("ja");

/** A page with that part alone, in a form that says what it read. */
class FormPage {
  readonly #eta = new Eta({
    views: join(import.meta.dirname, "../../views"),
    autoEscape: true,
    functionHeader: "const { w } = it;",
  });
  readonly #server: Server;
  readonly #files: StaticFiles;
  plan: PollPlan | undefined;

  constructor(files: StaticFiles) {
    this.#files = files;
    this.#server = createServer((request, response) => {
      const file = this.#files.files.get(request.url?.slice(1) ?? "");
      if (file !== undefined) return void response.setHeader("Content-Type", file.type).end(file.bytes);
      void text(request).then((body) =>
        response.setHeader("Content-Type", "text/html; charset=utf-8").end(this.#page(body)),
      );
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #page(body: string): string {
    const form = new URLSearchParams(body);
    const change = changePollForm(form, w);
    const fields = new FormFields(change?.form ?? form, w);
    if (change === undefined) this.plan = readPollForm(fields, w, { timezone: "Asia/Tokyo", now: 0 });
    const page = { w, ...fields.forPage, timezone: "Asia/Tokyo", ...(change && { faults: change.faults }) };
    return `<!doctype html><html lang="ja"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/css/kairan.css">
<script type="module" src="/js/panel.js"></script><main class="wrap">
<form class="sheet" method="post"><button name="send">送信</button>${this.#eta.render("/parts/poll-form", page)}</form></main>`;
  }
}

describe("a poll that is written in a browser", () => {
  let browser: Browser;
  let files: StaticFiles;
  let form: FormPage;
  let url: string;
  before(async () => {
    [browser, files] = await Promise.all([
      launchChromium(),
      readStaticFiles(join(import.meta.dirname, "../../static")),
    ]);
  });
  after(() => browser.close());
  beforeEach(async () => {
    form = new FormPage(files);
    url = await form.open();
  });
  afterEach(() => form.close());

  const openPage = async (javaScriptEnabled: boolean): Promise<Page> => {
    const context = await browser.newContext({
      javaScriptEnabled,
      viewport: { width: 390, height: 800 },
      colorScheme: "dark",
    });
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };
  const named = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  const isWide = (page: Page): Promise<boolean> =>
    page.evaluate<boolean>("document.documentElement.scrollWidth > innerWidth");

  for (const withScripts of [true, false]) {
    it(`takes ready-made questions, more and less of them ${withScripts ? "at once" : "without scripts"}`, async () => {
      const page = await openPage(withScripts);
      expect(await page.locator("#question-1").isVisible()).to.equal(false);
      await page.check("#poll");
      await named(page, "出欠確認").click();
      await page.locator("#question-1[value], #question-1:focus").waitFor();
      expect(await page.inputValue("#question-1")).to.equal("出席されますか?");
      await named(page, "質問を追加").click();
      await page.fill("#question-2", "アレルギーはありますか?");
      await page.selectOption("#kind-2", "text");
      expect(await page.locator("#choices-2").isVisible()).to.equal(false);
      await page.locator("summary", { hasText: "日程調整" }).click();
      await page.fill("#poll-dates", "12月1日(火)\n12月2日(水)");
      await named(page, "質問にする").click();
      await page.locator("#question-4").waitFor();
      await named(page, "質問3を削除").click();
      await page.locator("#question-4").waitFor({ state: "detached" });
      expect(await isWide(page)).to.equal(false);
      await page.fill("#closes-at", "2036-12-01T17:00");
      await page.check("#anonymous");
      await named(page, "送信").click();
      await page.waitForLoadState();
      expect(form.plan).to.deep.equal({
        anonymous: true,
        closesAt: Date.parse("2036-12-01T08:00:00Z"),
        questions: [
          { kind: "one", text: "出席されますか?", choices: ["出席", "欠席", "未定"] },
          { kind: "text", text: "アレルギーはありますか?", choices: [] },
          { kind: "one", text: "12月2日(水)", choices: w.pollForm.dateChoices },
        ],
      });
      await page.context().close();
    });
  }
});
