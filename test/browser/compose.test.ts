/** Writing and sending in a real browser: saved while typing, a live number, by keyboard, on a phone. */
import { expect } from "chai";
import { join } from "node:path";
import { writeFile } from "node:fs/promises";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { address } from "../web/panel.ts";
import type { Panel } from "../web/panel.ts";
import { Desk, phone } from "./desk.ts";

describe("writing a mail in a browser", () => {
  const desk = Desk.forEach();

  let panel: Panel;
  beforeEach(async () => {
    ({ panel } = desk);
    const list = await panel.list("news", { title: "Maple Street" });
    await panel.store.members.save(
      list.id,
      Array.from({ length: 60 }, (_, n) => ({
        address: address(`m${n}@b.example`),
        name: `Member ${n}`,
        attributes: { age: String(20 + n) },
      })),
      panel.clock.now(),
    );
    await panel.owner("olivia");
  });

  const draft = async () => panel.store.compositions.find(1);

  it("saves by itself, on an address of its own, and goes on from there after loading again", async () => {
    const page = await desk.signedIn();
    await page.goto("/compose");
    await page.fill("#subject", "Sports day");
    await page.waitForURL(`${panel.url}/compose/1`);
    await page.getByText(/^Saved \d/).waitFor();
    await page.fill("#text", "It is on Sunday.");
    await page.locator("[name=edition][value='2']").waitFor({ state: "attached" });
    await page.reload();
    expect(await page.inputValue("#text")).to.equal("It is on Sunday.");
    expect((await draft())?.content).to.deep.include({ subject: "Sports day", text: "It is on Sunday." });
    expect(desk.complaints).to.deep.equal([]);
  });

  it("says whom it reaches while conditions are typed, and adds rows", async () => {
    const page = await desk.signedIn(phone);
    await page.goto("/compose");
    await page.getByText("Reaches 60 people").waitFor();
    await page.check("#to-conditions");
    await page.selectOption("#field-0", "age");
    await page.selectOption("#relation-0", "between");
    await page.fill("#value-0", "20-29");
    await page.getByText("Reaches 10 people").waitFor();
    await page.getByRole("button", { name: "Add a condition" }).click();
    await page.selectOption("#field-1", "name");
    await page.selectOption("#relation-1", "contains");
    await page.fill("#value-1", "Member 3");
    await page.getByText("Reaches 1 person").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).to.equal(true);
    expect(desk.complaints).to.deep.equal([]);
  });

  it("is sent and called back by keyboard alone", async () => {
    const page = await desk.signedIn();
    await page.goto("/compose");
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.focus("#sender");
    await page.evaluate(
      "scrollBy(0, document.querySelector('#subject').getBoundingClientRect().top - innerHeight + 20)",
    );
    await page.keyboard.press("Tab");
    const bottom = "document.querySelector('#subject').getBoundingClientRect().bottom";
    const bar = "document.querySelector('.compose-bar').getBoundingClientRect().top";
    expect(await page.evaluate(`${bottom} <= ${bar}`), "not behind the bar at the bottom").to.equal(true);
    await page.keyboard.type("No school");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.inputValue("#text")).to.equal("{name}");
    await page.focus("#text");
    await page.keyboard.press("End");
    await page.keyboard.type(", stay at home.");
    await page.getByRole("button", { name: "Preview and send" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "60 people, now" }).waitFor();
    await page.getByText("Member 0, stay at home.").waitFor();
    await page.getByRole("button", { name: "Send now" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("It is on its way.").waitFor();
    const callBack = page.getByRole("button", { name: /Call back \(\d+ s left\)/ });
    const first = await callBack.innerText();
    expect(first).to.match(/\((60|[1-5]?\d) s left/);
    // It counts: what it said first is gone, and it is still there.
    await page.getByRole("button", { name: first, exact: true }).waitFor({ state: "hidden" });
    await callBack.focus();
    await page.keyboard.press("Enter");
    await page.getByText("Called back: nothing was sent.").waitFor();
    expect(await page.inputValue("#subject")).to.equal("No school");
    expect((await draft())?.kind).to.equal("draft");
    expect(desk.complaints).to.deep.equal([]);
  });

  it("counts a large list to its end before the last question is answered", async () => {
    const many = Array.from({ length: 3100 }, (_, n) => ({
      address: address(`x${n}@b.example`),
      name: "",
      attributes: {},
    }));
    await panel.store.members.save(1, many, panel.clock.now());
    const page = await desk.signedIn();
    await page.goto("/compose");
    await page.fill("#subject", "Many");
    await page.fill("#text", "To many.");
    await page.check("#to-conditions");
    await page.selectOption("#field-0", "address");
    await page.selectOption("#relation-0", "contains");
    await page.fill("#value-0", "b.example");
    await page.getByText("Reaches 3,160 people", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Preview and send" }).click();
    await page.getByRole("heading", { name: "3,160 people, now", exact: true }).waitFor();
    expect(desk.complaints).to.deep.equal([]);
  });

  it("makes one post of two quick presses", async () => {
    const page = await desk.signedIn();
    await page.goto("/compose");
    await page.fill("#subject", "Once");
    await page.fill("#text", "Only once.");
    await page.getByRole("button", { name: "Preview and send" }).click();
    await page.getByRole("button", { name: "Send now" }).dblclick();
    await page.waitForURL(`${panel.url}/posts/1`);
    await page.goBack();
    await page.waitForURL(/\/(posts|compose)\//);
    expect(await panel.store.posts.page({ limit: 9 })).to.have.length(1);
  });

  it("attaches files as they are chosen, and takes one out again", async () => {
    const folder = await temporaryFolder();
    const files = ["map.pdf", "plan.txt"].map((name) => join(folder.path, name));
    for (const file of files) await writeFile(file, "content");
    const page = await desk.signedIn();
    await page.goto("/compose");
    await page.setInputFiles("#file", files);
    await page.getByRole("button", { name: "Remove plan.txt" }).waitFor();
    await page.waitForURL(`${panel.url}/compose/1`);
    expect((await panel.store.compositions.attachments(1)).map(({ name }) => name)).to.deep.equal([
      "map.pdf",
      "plan.txt",
    ]);
    await page.fill("#subject", "Map");
    await page.getByRole("button", { name: "Remove map.pdf" }).click();
    await page.getByRole("button", { name: "Remove map.pdf" }).waitFor({ state: "detached" });
    expect(await page.inputValue("#subject")).to.equal("Map");
    expect((await panel.store.compositions.attachments(1)).map(({ name }) => name)).to.deep.equal(["plan.txt"]);
    await folder.remove();
    expect(desk.complaints).to.deep.equal([]);
  });

  it("stops saving and says so when another window has changed the draft", async () => {
    const page = await desk.signedIn();
    await page.goto("/compose");
    await page.fill("#subject", "Mine");
    await page.waitForURL(`${panel.url}/compose/1`);
    const found = await draft();
    if (found === undefined) throw new Error("no draft");
    await panel.store.compositions.save(
      { id: 1, edition: found.edition, content: { ...found.content, subject: "Theirs" } },
      1,
    );
    await page.fill("#subject", "Mine too");
    await page.getByText("was changed in another window").waitFor();
    expect((await draft())?.content.subject).to.equal("Theirs");
    await page.getByRole("button", { name: "Save draft" }).click();
    await page.getByText("saving it replaces the other version").waitFor();
    expect(await page.inputValue("#subject")).to.equal("Mine too");
  });
});
