/** The members' page in a real browser: by keyboard alone, on a phone, without scripts. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { address } from "../web/panel.ts";
import type { Panel } from "../web/panel.ts";
import { Desk } from "./desk.ts";

describe("members in a browser", () => {
  const desk = Desk.forEach();

  let panel: Panel;
  let list: MailingList;
  beforeEach(async () => {
    ({ panel } = desk);
    list = await panel.list("news");
    await panel.store.members.save(
      list.id,
      Array.from({ length: 120 }, (_, index) => ({
        address: address(`p${index}@b.example`),
        name: index % 4 === 0 ? `山田 ${index}` : `鈴木 ${index}`,
        attributes: { 組: `${index % 3}-B`, 電話: `090-${index}`, 備考: "", 役員: "なし" },
      })),
      panel.clock.now(),
    );
    await panel.owner("olivia");
  });

  const counts = () => panel.store.members.counts(list.id);

  it("are searched, ticked, paused and given back by keyboard alone", async () => {
    const page = await desk.signedIn();
    await page.goto("/lists/1/members");
    await page.focus("#q");
    await page.keyboard.type("山田");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=/);
    expect(await page.locator("tbody tr").count()).to.equal(30);
    await page.focus("[data-pick-all] input");
    await page.keyboard.press("Space");
    await page.getByText("30 selected").waitFor();
    await page.keyboard.press("Tab");
    // The first column's links come first; from a row's box, Space takes that row out again.
    await page.focus("tbody tr:first-child input");
    await page.keyboard.press("Space");
    await page.getByText("29 selected").waitFor();
    await page.focus("button[value=pause]");
    await page.keyboard.press("Enter");
    await page.getByText("29 members paused.").waitFor();
    expect(page.url()).to.include("q=");
    expect((await counts()).paused).to.equal(29);
    await page.locator(".notice button").focus();
    await page.keyboard.press("Enter");
    await page.getByText("Taken back: 29 members").waitFor();
    expect((await counts()).paused).to.equal(0);
    expect(desk.complaints).to.deep.equal([]);
  });

  it("are sorted by a column's head, and by the select on a phone", async () => {
    const page = await desk.signedIn();
    await page.goto("/lists/1/members");
    await page.getByRole("link", { name: "電話" }).click();
    await page.waitForURL(/sort=/);
    expect(await page.locator("th[aria-sort=ascending]").innerText()).to.include("電話");
    await page.setViewportSize({ width: 390, height: 800 });
    await page.selectOption("#sort", "-name");
    await page.waitForURL(/sort=-name/);
    expect(await page.locator("tbody strong").first().innerText()).to.equal("鈴木 119");
  });

  it("fit a phone with forty attributes, emoji and letters that run from the right, and can be touched", async () => {
    await panel.store.members.save(
      list.id,
      [
        {
          address: address("odd@b.example"),
          name: "שלום עולם 👩‍👩‍👧‍👦 ".repeat(9),
          attributes: Object.fromEntries(
            Array.from({ length: 40 }, (_, index) => [`Nobreaks${"x".repeat(60)}${index}`, "👩‍👩‍👧‍👦".repeat(20)]),
          ),
        },
      ],
      panel.clock.now(),
    );
    await panel.list("empty");
    await panel.store.members.setStatus(1, "left", panel.clock.now());
    for (const viewport of [
      { width: 390, height: 800 },
      { width: 1280, height: 800 },
    ]) {
      const page = await desk.signedIn({ viewport });
      for (const path of [
        "/lists/1/members?sort=-",
        "/lists/1/members/1",
        "/lists/1/members/121",
        "/lists/1/members/new",
        "/lists/2/members",
      ]) {
        await page.goto(path);
        expect(await page.evaluate("document.documentElement.scrollWidth"), path).to.equal(viewport.width);
      }
      await page.goto("/lists/1/members");
      const boxes = await page.locator("tbody .pick").all();
      const box = await boxes[0]?.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).to.be.at.least(40);
    }
  });

  it("are changed in bulk without scripts too", async () => {
    const page = await desk.signedIn({ javaScriptEnabled: false });
    await page.goto("/lists/1/members?status=active");
    await page.check("#bulk-all");
    await page.click("button[value=remove]");
    await page.getByRole("heading", { name: "Remove 120 members?" }).waitFor();
    await page.getByRole("button", { name: "Yes, remove" }).click();
    await page.getByText("120 members removed.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Taken back: 120 members").waitFor();
    expect(await counts()).to.include({ active: 120, left: 0 });
  });
});
