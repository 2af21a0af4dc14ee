/** The history in a real browser: narrowed by keyboard and without scripts, on a phone, and on paper. */
import { expect } from "chai";
import type { Page } from "playwright-core";
import { words } from "../../server/words/words.ts";
import type { Panel } from "../web/panel.ts";
import { Desk, phoneInTheDark } from "./desk.ts";

const w = words("ja").historyFilter;

describe("the history in a browser", () => {
  const desk = Desk.forEach({ config: { language: "ja" }, locale: "ja-JP" });

  let panel: Panel;
  beforeEach(async () => {
    ({ panel } = desk);
    const news = await panel.list("news", { title: "三年二組", members: ["hanako@b.example"] });
    await panel.distributed(news, { subject: "運動会のお知らせ" });
    await panel.copies(1, "failed");
    await panel.accepted(news, { subject: "給食だより" });
    await panel.owner();
  });

  const subjects = (page: Page): Promise<readonly string[]> => page.locator(".post-subject").allTextContents();

  it("is narrowed by keyboard and without scripts, and widened again", async () => {
    const page = await desk.signedIn({ ...phoneInTheDark, javaScriptEnabled: false });
    await page.goto("/history");
    expect(await subjects(page)).to.deep.equal(["給食だより", "運動会のお知らせ"]);
    await page.locator(".narrow summary").press("Enter");
    await page.getByLabel(w.outcome).selectOption({ label: w.outcomes.astray });
    await page.getByRole("button", { name: w.show }).press("Enter");
    await page.locator(".taken").waitFor();
    expect(await subjects(page)).to.deep.equal(["運動会のお知らせ"]);
    await page.fill("#q", "給食");
    await page.press("#q", "Enter");
    await page.getByText(w.notFound).waitFor();
    await page.locator(".taken").getByRole("link", { name: w.outcomes.astray }).press("Enter");
    await page.locator(".post").waitFor();
    expect(await subjects(page)).to.deep.equal(["給食だより"]);
  });

  it("is black on white on paper, whatever the screen, with its filter in words and without what can be pressed", async () => {
    const page = await desk.signedIn(phoneInTheDark);
    await panel.store.database.write((write) => write.updateTable("post").set({ asks_confirmation: 1 }).execute());
    for (const path of ["/history?outcome=astray", "/lists/1?outcome=astray", "/posts/1?state=failed"]) {
      await page.goto(path);
      await page.emulateMedia({ media: "print" });
      expect(await page.locator(".on-paper").first().isVisible(), path).to.equal(true);
      expect(await page.locator("button:visible, input:visible, nav.main:visible").count(), path).to.equal(0);
      const colours = await page.evaluate<string>(
        "getComputedStyle(document.documentElement).backgroundColor + ' ' + getComputedStyle(document.querySelector('h1')).color",
      );
      expect(colours, path).to.equal("rgb(255, 255, 255) rgb(0, 0, 0)");
      // Nobody has confirmed, and it looks like it.
      const bar = "getComputedStyle(document.querySelector('.response-bar .rest')).fill";
      expect(await page.evaluate(bar), path).to.equal("rgb(255, 255, 255)");
      await page.emulateMedia({ media: "screen" });
      expect(await page.locator(".on-paper").first().isVisible(), path).to.equal(false);
      expect(await page.locator("[data-print]").isVisible(), path).to.equal(true);
    }
  });
});
