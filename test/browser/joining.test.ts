/** Joining in a real browser: the page behind the mail on a telephone without scripts, and who waits by keyboard. */
import { expect } from "chai";
import { defaultJoining } from "../../server/lists/joining.ts";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { makeToken } from "../../server/mail/token.ts";
import { Joinings } from "../../server/requests/joining.ts";
import { address, password } from "../web/panel.ts";
import type { Panel } from "../web/panel.ts";
import { Desk, isWide } from "./desk.ts";

describe("joining in a browser", () => {
  const desk = Desk.forEach({ config: { smtp: { trusted: ["127.0.0.1"] } } });

  let panel: Panel;
  let list: MailingList;
  beforeEach(async () => {
    ({ panel } = desk);
    list = await panel.list("news", {
      title: "Maple Street",
      language: "ja",
      joining: {
        ...defaultJoining,
        name: "required",
        attributes: [{ name: "学年", required: true, choices: ["1年", "2年"] }],
      },
    });
    await panel.owner("olivia");
  });

  async function asks(who: string): Promise<string> {
    const mail = { subject: "", beginning: Buffer.alloc(0), client: "127.0.0.1", at: panel.clock.now() };
    await new Joinings(panel).askByMail({
      ...mail,
      wish: { kind: "join", list },
      author: { address: address(who), name: "" },
    });
    const reader = panel.store.database.reader;
    const row = await reader.selectFrom("request").selectAll().orderBy("id", "desc").executeTakeFirstOrThrow();
    return `/s/${makeToken({ purpose: "join", id: row.id, secret: row.secret })}`;
  }
  const status = async (who: string): Promise<string | undefined> =>
    (await panel.store.members.findByAddress(list.id, address(who)))?.status;

  it("needs a thumb and no script, and keeps what was typed when something is missing", async () => {
    const path = await asks("hanako@b.example");
    const page = await desk.open({
      viewport: { width: 390, height: 800 },
      isMobile: true,
      hasTouch: true,
      javaScriptEnabled: false,
    });
    await page.goto(path);
    expect(await isWide(page).catch(() => false)).to.equal(false);
    await page.getByLabel("お名前").fill("山田 花子");
    await page.getByRole("button", { name: "登録する" }).tap();
    await page.getByText("1つ選んでください。").waitFor();
    expect(await page.getByLabel("お名前").inputValue()).to.equal("山田 花子");
    await page.getByLabel("学年").selectOption("2年");
    await page.getByRole("button", { name: "登録する" }).tap();
    await page.getByRole("heading", { name: "登録されました" }).waitFor();
    expect(await status("hanako@b.example")).to.equal("active");
  });

  it("shows administrators who waits; letting in and dismissing are done by keyboard alone", async () => {
    for (const who of ["anne", "bart", "cris"]) await asks(`${who}@b.example`);
    const page = await desk.open();
    await page.goto("/sign-in");
    await page.fill("#username", "olivia");
    await page.fill("#password", password);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${panel.url}/`);
    await page.goto(`/lists/${list.id}/joining`);
    await page.getByLabel("Choose anne@b.example").focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Make a member now" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("One person is a member now").waitFor();
    expect(await status("anne@b.example")).to.equal("active");

    await page.getByLabel("Choose bart@b.example").focus();
    await page.keyboard.press("Space");
    await page.locator("summary", { hasText: "Dismiss" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Dismiss them" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("One person was dismissed.").waitFor();
    expect(await status("bart@b.example")).to.equal(undefined);
    expect(await status("cris@b.example")).to.equal("waiting");
  });

  it("fits a telephone, and its sheet one page of A4, in both languages", async () => {
    await asks("a-very-long-address.of-somebody.with-many-names@a-very-long-domain-name.example");
    const page = await desk.open({ viewport: { width: 390, height: 800 }, isMobile: true });
    for (const language of ["ja", "en"]) {
      await page.goto(`/join/news@lists.example.org?language=${language}`);
      expect(await isWide(page)).to.equal(false);
      await page.goto(`/join/news@lists.example.org/print?language=${language}`);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
      expect(pdf.match(/\/Type\s*\/Page\b/g), language).to.have.lengthOf(1);
    }
  });
});
