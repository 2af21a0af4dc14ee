/** Signing in, again and for the first time, in a real browser. */
import { expect } from "chai";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { Panel, password } from "../web/panel.ts";

describe("accounts in a browser", function () {
  this.timeout(40_000);

  let browser: Browser;
  let panel: Panel;
  let context: BrowserContext;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());
  beforeEach(async () => {
    panel = await Panel.open();
    context = await browser.newContext({ baseURL: panel.url, locale: "en" });
  });
  afterEach(async () => {
    await context.close();
    await panel.close();
  });

  const signIn = async (page: Page, username: string): Promise<void> => {
    await page.fill("#username", username);
    await page.fill("#password", password);
    await page.click("form.sheet button");
  };

  it("keep what a clerk typed when the sign-in was over meanwhile", async () => {
    const list = await panel.list("news");
    await panel.account("clara", { lists: [list] });
    const page = await context.newPage();
    await page.goto("/lists/1/members/new");
    await signIn(page, "clara");
    await page.fill("#address", "hanako@b.example");
    await page.fill("#name", "山田 花子");
    await page.fill("#attributes", "Class: 3-B\nBus: 2");
    const session = (await context.cookies()).find(({ name }) => name === "kairan.session");
    await panel.store.sessions.end(session?.value ?? "");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("what you typed is there again").waitFor();
    await signIn(page, "clara");
    await page.getByText("nothing was saved yet").waitFor();
    expect(await page.inputValue("#name")).to.equal("山田 花子");
    expect(await page.inputValue("#attributes")).to.equal("Class: 3-B\nBus: 2");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("hanako@b.example is a member now").waitFor();
    expect((await panel.store.members.counts(list.id)).active).to.equal(1);
  });
});
