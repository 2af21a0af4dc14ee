/** Signing in, again and for the first time, in a real browser. */
import { expect } from "chai";
import { linkIn, noticesTo } from "../web/notices.ts";
import type { Panel } from "../web/panel.ts";
import { Desk, fillSignIn } from "./desk.ts";

describe("accounts in a browser", () => {
  const desk = Desk.forEach();

  let panel: Panel;
  beforeEach(() => {
    ({ panel } = desk);
  });

  it("keep what a clerk typed when the sign-in was over meanwhile", async () => {
    const list = await panel.list("news");
    await panel.account("clara", { lists: [list] });
    const page = await desk.open();
    await page.goto("/lists/1/members/new");
    await fillSignIn(page, "clara");
    await page.fill("#address", "hanako@b.example");
    await page.fill("#name", "山田 花子");
    await page.fill("#attributeName0", "Class");
    await page.fill("#attributeValue0", "3-B");
    const session = (await desk.context.cookies()).find(({ name }) => name === "kairan.session");
    await panel.store.sessions.end(session?.value ?? "");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("what you typed is there again").waitFor();
    await fillSignIn(page, "clara");
    await page.getByText("nothing was saved yet").waitFor();
    expect(await page.inputValue("#name")).to.equal("山田 花子");
    expect(await page.inputValue("#attributeName0")).to.equal("Class");
    expect(await page.inputValue("#attributeValue0")).to.equal("3-B");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("hanako@b.example is a member now").waitFor();
    expect((await panel.store.members.counts(list.id)).active).to.equal(1);
  });

  it("are opened by the link of an invitation, and see their own list only", async () => {
    const [list] = [await panel.list("news"), await panel.list("other")];
    await panel.owner("olivia");
    const owner = await desk.open();
    await owner.goto(`/lists/${list.id}/senders`);
    await fillSignIn(owner, "olivia");
    await owner.fill("#who", "adam@example.org");
    await owner.fill("#administratorName", "Adam");
    await owner
      .locator("form", { has: owner.locator("#who") })
      .getByRole("button")
      .click();
    await owner.getByText("An invitation to adam@example.org is on its way").waitFor();
    const [mail] = await noticesTo(panel.store, "adam@example.org");
    // Somebody else, in a browser of their own.
    const page = await desk.open();
    await page.goto(linkIn(mail ?? expect.fail("no mail")));
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Choose a password now").waitFor();
    await page.fill("#next", "a new and long sentence");
    await page.fill("#repeat", "a new and long sentence");
    await page
      .locator("form", { has: page.locator("#next") })
      .getByRole("button")
      .click();
    await page.getByText("List news").first().waitFor();
    expect(await page.getByText("List other").count()).to.equal(0);
    expect((await page.goto("/accounts"))?.status()).to.equal(403);
  });
});
