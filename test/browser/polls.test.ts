/** Answering a poll and watching the answers come, in a real browser: by keyboard, on a phone, in the dark. */
import { expect } from "chai";
import type { PollPlan } from "../../server/lists/poll.ts";
import { words } from "../../server/words/words.ts";
import { password } from "../web/panel.ts";
import type { Panel } from "../web/panel.ts";
import { Desk, isWide, phoneInTheDark } from "./desk.ts";

const w = words("ja").pollForm;
const plan: PollPlan = {
  anonymous: false,
  closesAt: undefined,
  questions: [
    ...["12月1日(火)", "12月2日(水)"].map((text) => ({ kind: "one" as const, text, choices: w.dateChoices })),
    { kind: "many", text: "持ち物", choices: ["水筒", "弁当"] },
    { kind: "text", text: "ご意見", choices: [] },
  ],
};

describe("a poll in a browser", () => {
  const desk = Desk.forEach({ config: { language: "ja" }, locale: "ja-JP" });

  let panel: Panel;
  beforeEach(async () => {
    ({ panel } = desk);
  });

  async function given(of: Partial<PollPlan> = {}) {
    const list = await panel.list("news", { language: "ja", members: ["hanako@b.example", "taro@b.example"] });
    const post = await panel.distributed(list, { subject: "懇談会", poll: { ...plan, ...of } });
    const [one = 0] = await panel.copies(2, "sent");
    return { post, path: `/p/${await panel.pollToken(one)}` };
  }

  it("is answered by keyboard alone, an unfinished answer too, and changed", async () => {
    const { post, path } = await given();
    const page = await desk.open(phoneInTheDark);
    await page.goto(path);
    expect(await isWide(page)).to.equal(false);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.getByRole("checkbox", { name: "弁当" }).press("Space");
    await page.fill("textarea", "よろしくお願いします");
    await page.getByRole("button", { name: "回答する" }).press("Enter");
    await page.getByText("1つ選んでください。").waitFor();
    expect(await page.inputValue("textarea")).to.equal("よろしくお願いします");
    expect(await page.getByRole("radio", { name: "12月1日(火) ○ 都合がよい" }).isChecked()).to.equal(true);
    await page.getByRole("radio", { name: "12月2日(水) × 都合が悪い" }).press("Space");
    await page.getByRole("button", { name: "回答する" }).press("Enter");
    await page.getByText("回答を受け付けました。").waitFor();
    await page.getByRole("link", { name: "回答を変更する" }).click();
    await page.getByRole("radio", { name: "12月2日(水) ○ 都合がよい" }).check();
    await page.getByRole("button", { name: "この回答に変更する" }).click();
    await page.getByText("回答を受け付けました。").waitFor();
    expect(await isWide(page)).to.equal(false);
    expect((await panel.store.posts.find(post))?.responses.answered).to.equal(1);
  });

  it("is answered by one tap on the mail's link and one on the button, whose rows fit a thumb", async () => {
    const attendance = { kind: "one", text: w.attendanceQuestion, choices: w.attendanceChoices } as const;
    const { path } = await given({ questions: [attendance] });
    const page = await desk.open(phoneInTheDark);
    await page.goto(`${path}/2`);
    const heights = await page
      .locator(".options label, button.thumb")
      .evaluateAll((all) =>
        (all as { getBoundingClientRect(): { height: number } }[]).map((one) => one.getBoundingClientRect().height),
      );
    expect(Math.min(...heights)).to.be.greaterThan(43);
    await page.getByRole("button", { name: "回答する" }).click();
    await page.getByText("欠席").waitFor();
  });

  it("counts before the eyes of whoever watches", async () => {
    const { post, path } = await given();
    await panel.owner();
    const page = await desk.open(phoneInTheDark);
    await page.goto("/sign-in");
    await page.fill("#username", "olivia");
    await page.fill("#password", password);
    await page.press("#password", "Enter");
    await page.waitForURL(/\/$/);
    await page.goto(`/posts/${post}/poll`);
    await page.getByText("2人中 0人が回答").waitFor();
    const form = new URLSearchParams({ q1: "1", q2: "2", q4: "楽しみです" });
    await fetch(`${panel.url}${path}`, { method: "POST", body: form });
    await page.getByText("2人中 1人が回答").waitFor();
    await page.locator("[data-rows]").getByText("hanako@b.example").waitFor();
    await page.getByText("★ 最有力").waitFor();
    expect(await isWide(page)).to.equal(false);
  });
});
