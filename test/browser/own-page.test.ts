/** The pages behind members' links, in a real browser: by keyboard, on a phone, in the dark. */
import { expect } from "chai";
import { makeToken } from "../../server/mail/token.ts";
import { noticesTo } from "../web/notices.ts";
import type { Panel } from "../web/panel.ts";
import { Desk, isWide, phoneInTheDark } from "./desk.ts";

describe("a member's own pages in a browser", () => {
  const desk = Desk.forEach({ locale: "ja-JP" });

  let panel: Panel;
  beforeEach(async () => {
    ({ panel } = desk);
    await panel.list("news", {
      title: "第三小学校 3年B組 保護者のみなさま",
      language: "ja",
      members: ["hanako.yamada@docomo.ne.jp"],
    });
  });

  const token = async (purpose: "member" | "leave"): Promise<string> =>
    makeToken({ purpose, id: 1, secret: (await panel.store.members.secretOf(1)) ?? Buffer.alloc(0) });
  const status = async (): Promise<string | undefined> => (await panel.store.members.find(1))?.status;

  const pathIn = (text = ""): string => /\/m\/\w+\/[a-z2-7]+/.exec(text)?.[0] ?? text;

  it("pause, resume and change the language by keyboard alone", async () => {
    const page = await desk.open(phoneInTheDark);
    await page.goto(`/m/${await token("member")}`);
    expect(await isWide(page)).to.equal(false);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("一時停止しました。").waitFor();
    expect(await status()).to.equal("paused");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.getByText("配信を再開しました。").waitFor();
    expect(await status()).to.equal("active");

    await page.selectOption("#language", "en");
    await page.getByRole("button", { name: "この言語にする" }).press("Enter");
    await page.getByText("From now on it is this language.").waitFor();
    expect(await page.getAttribute("html", "lang")).to.equal("en");
  });

  it("lead from leaving back by one press", async () => {
    const page = await desk.open(phoneInTheDark);
    await page.goto(`/u/${await token("leave")}`);
    await page.getByRole("button", { name: "登録を解除する" }).click();
    await page.getByText("登録を解除しました").first().waitFor();
    expect(await status()).to.equal("left");
    await page.getByRole("button", { name: "元に戻す" }).click();
    await page.getByText("元に戻しました").waitFor();
    expect(await status()).to.equal("active");
  });

  it("take a new name and a new address by the mailed links", async () => {
    const page = await desk.open(phoneInTheDark);
    await page.goto(`/m/${await token("member")}`);
    await page.getByRole("button", { name: "リンクをメールで受け取る" }).click();
    await page.getByText("リンクをお送りしました").waitFor();
    const [edit] = await noticesTo(panel.store, "hanako.yamada@docomo.ne.jp");
    await page.goto(pathIn(edit?.text));
    await page.fill("#name", "山田 花子");
    await page.getByRole("button", { name: "保存" }).click();
    await page.getByText("保存しました。").waitFor();
    expect((await panel.store.members.find(1))?.name).to.equal("山田 花子");

    await page.fill("#address", "ｈａｎａｋｏ＠gmail.com");
    await page.getByRole("button", { name: "新しいアドレスに確認メールを送る" }).click();
    await page.getByText("hanako@gmail.com に確認メールをお送りしました").waitFor();
    expect(await isWide(page)).to.equal(false);
    const [asking] = await noticesTo(panel.store, "hanako@gmail.com");
    await page.goto(pathIn(asking?.text));
    await page.getByRole("button", { name: "このアドレスで受け取る" }).click();
    await page.getByText("このアドレスにお送りします").waitFor();
    expect((await panel.store.members.find(1))?.address).to.equal("hanako@gmail.com");
  });
});
