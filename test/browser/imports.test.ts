/** A clerk's first import, on a phone and at a desk, in a real browser. */
import { expect } from "chai";
import encodingJapanese from "encoding-japanese";
import type { Page } from "playwright-core";
import { address } from "../web/panel.ts";
import type { Panel } from "../web/panel.ts";
import { Desk, phone } from "./desk.ts";

const classList = [
  "学年,児童氏名,保護者メール,組",
  ...Array.from({ length: 60 }, (_, n) => `3年,児童${n},p${n}@example.jp,${"ABC"[n % 3]}`),
  "3年,髙橋 花,ｈａｎａ＠ｅｘａｍｐｌｅ．ｊｐ,A",
].join("\r\n");

describe("importing in a browser", () => {
  const desk = Desk.forEach({ config: { language: "ja" }, locale: "ja" });

  let panel: Panel;
  beforeEach(async () => {
    ({ panel } = desk);
    await panel.list("news", { title: "緑小学校", members: ["bart@b.example"] });
    await panel.owner("olivia");
  });

  const choose = async (page: Page): Promise<void> => {
    await page.goto("/lists/1/import");
    const buffer = Buffer.from(encodingJapanese.convert(classList, { from: "UNICODE", to: "SJIS", type: "array" }));
    await page.setInputFiles("#file", { name: "3年名簿.csv", mimeType: "text/csv", buffer });
    await page.getByRole("button", { name: "内容を確認する" }).click();
    await page.getByText("61人を追加します。").waitFor();
  };

  it("takes a Shift_JIS class list with headings of the school's own, on a phone, and takes it back", async () => {
    const page = await desk.signedIn(phone);
    await choose(page);
    await page.getByRole("link", { name: "修正 1" }).click();
    await page.getByText("ｈａｎａ＠ｅｘａｍｐｌｅ．ｊｐ").waitFor();
    await page.locator("summary", { hasText: "列の割り当て" }).click();
    await page.getByLabel("児童氏名").selectOption("name");
    await page.getByRole("button", { name: "この割り当てで読み直す" }).click();
    await page.getByRole("link", { name: "追加 61" }).click();
    await page.getByText("児童0", { exact: true }).waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).to.equal(390);
    expect((await panel.store.members.counts(1)).active).to.equal(1);

    await page.getByRole("button", { name: "登録する", exact: true }).click();
    await page.getByRole("heading", { name: "読み込みが終わりました" }).waitFor();
    const hana = await panel.store.members.findByAddress(1, address("hana@example.jp"));
    expect(hana).to.include({ name: "髙橋 花" });
    expect(hana?.attributes).to.deep.equal({ 学年: "3年", 組: "A" });

    await page.locator("summary", { hasText: "この読み込みを取り消す" }).click();
    await page.getByRole("button", { name: "はい、取り消します" }).click();
    await page.getByText("61人を元に戻しました。").waitFor();
    expect((await panel.store.members.counts(1)).active).to.equal(1);
    expect(desk.complaints).to.deep.equal([]);
  });

  it("works without scripts, by pages that come again", async () => {
    const page = await desk.signedIn({ javaScriptEnabled: false });
    await choose(page);
    await page.getByRole("button", { name: "登録する", exact: true }).click();
    await page.getByRole("heading", { name: "読み込みが終わりました" }).waitFor();
    expect((await panel.store.members.counts(1)).active).to.equal(62);
  });

  it("has a name for all that can be pressed or filled in, on each of its pages", async () => {
    const page = await desk.signedIn();
    await page.goto("/lists/1/import");
    const unnamed = `[...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((each) => each.labels.length === 0).map((each) => each.name)`;
    expect(await page.evaluate(unnamed)).to.deep.equal([]);
    await choose(page);
    expect(await page.evaluate(unnamed)).to.deep.equal([]);
    expect(await page.locator("h1").count()).to.equal(1);
    const ids = await page.evaluate<string[]>(`[...document.querySelectorAll("[id]")].map((each) => each.id)`);
    expect(new Set(ids).size).to.equal(ids.length);
  });
});
