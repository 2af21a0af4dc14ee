/** Sends that are reserved, in a real browser: by keyboard alone, on a phone. */
import { expect } from "chai";
import { blankContent } from "../../server/lists/composition.ts";
import type { Panel } from "../web/panel.ts";
import { Desk } from "./desk.ts";

describe("sends that are reserved, in a browser", () => {
  const desk = Desk.forEach();

  let panel: Panel;
  let path: string;
  beforeEach(async () => {
    ({ panel } = desk);
    const list = await panel.list("news", { members: ["bart@b.example"] });
    const { id: accountId } = await panel.owner("olivia");
    const senderId = (await panel.store.senders.all(list.id))[0]?.personId;
    const content = { ...blankContent, listIds: [list.id], senderId, subject: "Water", text: "Off.\n" };
    const draft = await panel.store.compositions.create(
      { accountId, kind: "draft", title: "", content },
      panel.clock.now(),
    );
    path = `/compose/${draft.id}`;
  });

  it("are chosen by keyboard alone, from the page that sends now", async () => {
    const page = await desk.signedIn();
    await page.goto(`${path}/confirm`);
    await page.getByRole("link", { name: "At a time…" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(`**${path}/schedule`);
    await page.focus("#kind-once");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await page.isVisible("#repeat")).to.equal(true);
    expect(await page.isVisible("#onceDate")).to.equal(false);
    await page.focus("#repeat");
    await page.keyboard.type("On the last weekday");
    expect(await page.isVisible("[name=day1]")).to.equal(false);
    // Enter in a field shows the times and saves nothing.
    await page.focus("#start");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".look");
    expect(await page.locator(".moments li").count()).to.equal(5);
    expect(await panel.store.schedules.nextAt()).to.equal(undefined);
    await page.getByRole("button", { name: "Plan this send" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/schedules/*");
    expect(await page.textContent(".facts")).to.contain("on the last weekday of each month at 8:00");
    await page.getByRole("button", { name: "Pause" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Paused. Nothing is sent until you resume.").waitFor();
    expect(await panel.store.schedules.nextAt()).to.equal(undefined);
  });

  it("fit a phone, where days of the week are as large as a thumb", async () => {
    const page = await desk.signedIn({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.goto(`${path}/schedule`);
    await page.check("#kind-calendar");
    const box = await page.locator(".days label").first().boundingBox();
    expect(box?.height).to.be.at.least(44);
    await page.locator(".days label").first().tap();
    await page.click("button[value=look]");
    await page.waitForSelector(".look");
    await page.click("button[value=save]");
    await page.waitForURL("**/schedules/*");
    for (const place of [page.url(), `${panel.url}/schedules`, `${panel.url}/`]) {
      await page.goto(place);
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place).to.equal(true);
    }
    await page.locator(".posts a").first().click();
    await page.getByText("Stop for good").first().click();
    await page.getByRole("button", { name: "Yes, stop" }).click();
    await page.getByText("Cancelled. Nothing is sent any more.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("It is planned again.").waitFor();
  });
});
