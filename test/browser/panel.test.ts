/** The panel in a real browser, as its people use it: live, on a phone, by keyboard, in the dark, in two languages. */
import { expect } from "chai";
import { blankContent } from "../../server/lists/composition.ts";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { address, password } from "../web/panel.ts";
import type { Panel } from "../web/panel.ts";
import { Desk, phone } from "./desk.ts";

describe("the panel in a browser", () => {
  const desk = Desk.forEach();

  let panel: Panel;
  let list: MailingList;
  beforeEach(async () => {
    ({ panel } = desk);
    list = await panel.list("news", {
      title: "Maple Street Primary",
      members: Array.from({ length: 40 }, (_, n) => `member${n}@b.example`),
    });
    await panel.owner("olivia");
  });

  it("signs in by keyboard alone and reaches the content past the navigation", async () => {
    const page = await desk.open();
    await page.goto("/sign-in");
    // The focus comes with the first picture of the page, a moment after it has loaded.
    await page.waitForFunction("document.activeElement.id === 'username'");
    await page.keyboard.type("olivia");
    await page.keyboard.press("Tab");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${panel.url}/`);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).to.equal("skip");
    await page.keyboard.press("Enter");
    await page.waitForFunction("document.activeElement.id === 'content'");
    expect(desk.complaints).to.deep.equal([]);
  });

  it("moves the progress while copies leave, without loading the page again", async () => {
    const page = await desk.signedIn();
    const post = await panel.distributed(list);
    await page.goto(`/posts/${post}`);
    await page.evaluate("window.same = true");
    await page.getByText("sent to 0 of 40", { exact: true }).waitFor();
    await panel.copies(12, "sent");
    await page.getByText("sent to 12 of 40", { exact: true }).waitFor();
    await panel.copies(2, "failed");
    await page.getByRole("link", { name: "Failed 2" }).waitFor();
    await panel.copies(26, "sent");
    await page.getByText("sent to 38 of 40", { exact: true }).waitFor();
    await page.getByText("Stop sending").waitFor({ state: "detached" });
    await page.getByText("Sent, 2 failed", { exact: true }).waitFor();
    // The rows below follow at their own pace.
    await page.locator("[data-rows] .state-sent").nth(37).waitFor();
    await page.locator("[data-rows] .state-pending").first().waitFor({ state: "detached" });
    expect(await page.evaluate("window.same")).to.equal(true);
    expect(desk.complaints).to.deep.equal([]);
  });

  it("brings a new post into the open history", async () => {
    const page = await desk.signedIn();
    await page.goto("/lists/1");
    await page.getByText("Three steps to the first mail").waitFor();
    const post = await panel.distributed(list, { subject: "No school tomorrow" });
    await page.getByText("No school tomorrow").waitFor();
    expect(await page.getByText("Three steps to the first mail").count()).to.equal(0);
    await panel.copies(10, "sent");
    await page.locator(`[data-post="${post}"]`).getByText("sent to 10 of 40").waitFor();
  });

  it("shows on the first page what is being sent, as it goes out", async () => {
    const page = await desk.signedIn();
    await page.getByText("Nothing was sent yet").waitFor();
    const post = await panel.distributed(list, { subject: "No school tomorrow" });
    const row = page.locator(`[data-post="${post}"]`);
    await row.getByText("Still going 40").waitFor();
    await panel.copies(38, "sent");
    await panel.copies(2, "failed");
    await row.getByText("Not arrived 2").waitFor();
    expect(await row.getByText("Still going").count()).to.equal(0);
    expect(await page.getByText("Nothing was sent yet").count()).to.equal(0);
    expect(desk.complaints).to.deep.equal([]);
  });

  it("tells the time in the zone that is being typed", async () => {
    const page = await desk.signedIn();
    await page.clock.setFixedTime("2026-04-09T02:00:00Z");
    await page.goto("/lists/1/settings");
    await page.fill("#timezone", "America/New_York");
    await page.getByText("It is Wednesday").waitFor();
    await page.fill("#timezone", "Mars");
    await page.getByText("It is … there now.").waitFor();
    expect(desk.complaints).to.deep.equal([]);
  });

  it("deletes a list by its name and brings it back from the notice, by keyboard", async () => {
    const page = await desk.signedIn();
    await page.goto("/lists/1/delete");
    await page.focus("#name");
    await page.keyboard.type("news");
    await page.keyboard.press("Enter");
    await page.getByText("is deleted. For seven days").waitFor();
    await page.getByRole("button", { name: "Undo" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("is back.").waitFor();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).to.equal("Maple Street Primary");
  });

  it("stops a post after asking, by keyboard", async () => {
    const page = await desk.signedIn();
    const post = await panel.distributed(list);
    await panel.copies(10, "sent");
    await page.goto(`/posts/${post}`);
    const question = page.getByText("Stop now?");
    await page.locator("summary", { hasText: "Stop sending" }).focus();
    await page.keyboard.press("Enter");
    await question.waitFor();
    await page.keyboard.press("Escape");
    await question.waitFor({ state: "hidden" });
    expect((await panel.store.posts.find(post))?.stoppedAt).to.equal(undefined);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Sending is stopped").waitFor();
    expect((await panel.store.posts.find(post))?.stoppedAt).to.be.a("number");
  });

  it("shows nothing after signing out: not by Back, not by an old link, not in another tab", async () => {
    const page = await desk.signedIn();
    const post = await panel.distributed(list, { subject: "Secret outing" });
    const tab = await desk.context.newPage();
    await tab.goto(`/posts/${post}`);
    await tab.getByText("Secret outing").first().waitFor();
    await page.goto("/lists/1");
    await page.getByText("Secret outing").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are signed out").waitFor();
    await tab.bringToFront();
    await tab.waitForURL(/\/sign-in/);
    await page.bringToFront();
    await page.goBack();
    await page.waitForURL(/\/sign-in/);
    await page.goto(`/posts/${post}`);
    expect(page.url()).to.include("/sign-in");
    for (const one of [page, tab]) expect(await one.content()).not.to.include("Secret outing");
  });

  it("fits a phone: no page scrolls sideways, and what can be touched is large enough", async () => {
    await panel.store.members.save(
      list.id,
      [
        {
          address: address(`${"very.long.local.part.".repeat(2)}x@${"long-domain-label.".repeat(5)}example`),
          name: "いろはにほへとちりぬるをわかよたれそつねならむ".repeat(3),
          attributes: { 組: "3-B" },
        },
        { address: address("short@b.example"), name: "", attributes: { 組: "3-B" } },
      ],
      panel.clock.now(),
    );
    const post = await panel.distributed(list, {
      subject: `${"Donaudampfschifffahrtselektrizitäten".repeat(4)} 長い件名`,
    });
    const [delivery] = await panel.copies(41, "deferred", `450 4.7.1 ${"nobreaks".repeat(60)}`);
    await panel.store.refusals.record({
      listId: list.id,
      at: panel.clock.now(),
      client: "2001:db8::1",
      mailFrom: "a@b.example",
      author: `${"x".repeat(60)}@${"y".repeat(60)}.example`,
      subject: "z".repeat(300),
      reason: "not-a-sender",
      reply: `550 ${"w".repeat(200)}`,
    });
    await panel.store.lists.update(list.id, { title: "とても長いタイトル".repeat(10) });
    await panel.list("x".repeat(30), { title: "Donaudampfschifffahrtselektrizitäten".repeat(2), prefix: "[a]" });
    await panel.store.members.setStatus(1, "bounced", panel.clock.now());
    await panel.store.deletedLists.add((await panel.list("y".repeat(30))).id, panel.clock.now());
    const senderId = (await panel.store.senders.all(list.id))[0]?.personId;
    const recipients = { kind: "conditions", all: [{ field: "組", is: ["3-B"] }] } as const;
    const content = { ...blankContent, listIds: [list.id], recipients, senderId, subject: "件名", text: "本文" };
    const draft = {
      accountId: (await panel.store.accounts.findByUsername("olivia"))?.id ?? 0,
      kind: "draft",
      title: "",
    } as const;
    const { id: written } = await panel.store.compositions.create({ ...draft, content }, panel.clock.now());
    const page = await desk.signedIn({ ...phone, locale: "ja" });
    // An owner's six entries, on the narrowest telephones too.
    await page.setViewportSize({ width: 320, height: 600 });
    const last = await page.locator("nav.main a").last().boundingBox();
    expect((last?.x ?? 320) + (last?.width ?? 0)).to.be.at.most(320);
    await page.setViewportSize({ width: 390, height: 800 });
    for (const path of [
      "/",
      "/lists/1",
      "/lists/1/members",
      "/lists/1/members/1",
      "/lists/1/members/new",
      "/lists/1/senders",
      "/lists/1/refused",
      "/lists/1/settings",
      "/lists/1/settings/copy?from=2",
      "/lists/1/delete",
      "/lists/2",
      "/lists/new",
      "/lists",
      "/search?q=member",
      `/posts/${post}`,
      `/posts/${post}/mail`,
      `/deliveries/${delivery}`,
      `/deliveries/${delivery}/copy`,
      `/compose/${written}/confirm`,
      "/account",
      "/none",
    ]) {
      await page.goto(path);
      expect(await page.evaluate("document.documentElement.scrollWidth"), path).to.equal(390);
      const small =
        await page.evaluate(`[...document.querySelectorAll("button, a.button, summary.button, input:not([type=hidden]):not(.hidden):not([type=checkbox]), select, .tabs a")]
        .filter((each) => each.checkVisibility()).map((each) => [each.textContent.trim(), each.getBoundingClientRect()]).filter(([, box]) => box.height < 40 || box.width < 40).map(([text, box]) => text + " " + box.width + "x" + box.height)`);
      expect(small, path).to.deep.equal([]);
    }
  });

  it("loses nothing of a table on a phone", async () => {
    const post = await panel.distributed(list);
    await panel.copies(1, "deferred", "450 4.2.1 come again");
    const page = await desk.signedIn(phone);
    await page.goto(`/posts/${post}?state=deferred`);
    await page.getByText("could not take it then").click();
    for (const text of ["member0@b.example", "450 4.2.1 come again", "Next try"])
      expect(await page.getByText(text).first().isVisible(), text).to.equal(true);
  });

  it("can be read in the light and in the dark, in both languages", async () => {
    const post = await panel.distributed(list);
    await panel.copies(5, "sent");
    await panel.copies(5, "failed");
    await panel.copies(5, "deferred");
    await panel.list("empty");
    await panel.store.members.setStatus(1, "bounced", panel.clock.now());
    for (const colorScheme of ["light", "dark"] as const) {
      for (const locale of ["en", "ja"]) {
        const page = await desk.signedIn({ colorScheme, locale });
        for (const path of [
          "/",
          "/lists",
          "/lists/1",
          `/posts/${post}`,
          "/lists/1/members",
          "/lists/1/settings",
          "/lists/1/delete",
          "/lists/2",
          "/search?q=member1",
        ]) {
          await page.goto(path);
          expect(await page.evaluate("document.documentElement.lang")).to.equal(locale);
          expect(await page.evaluate(dimTexts), `${colorScheme} ${locale} ${path}`).to.deep.equal([]);
        }
      }
    }
  });

  it("runs no script and asks for nothing from elsewhere, whatever a mail holds", async () => {
    const attack = [
      '<script>top.hit=1;fetch("https://evil.example/a")</script>',
      '<img src="https://evil.example/b" onerror="top.hit=1">',
      "<style>@import url(https://evil.example/c);p{background:url(https://evil.example/d)}</style>",
      '<p style="background:url(https://evil.example/e)">text</p>',
      '<link rel=stylesheet href="https://evil.example/f">',
      '<meta http-equiv=refresh content="0;url=https://evil.example/g">',
      '<svg><script>top.hit=1</script><image href="https://evil.example/h"/></svg>',
      '<video poster="https://evil.example/i"></video>',
      '<form action="https://evil.example/j"><button autofocus>go</button></form>',
      '<iframe src="https://evil.example/k"></iframe>',
      "<p>the end</p>",
    ].join("\n");
    const header =
      "From: Anne <anne@north.example>\r\nSubject: <script>hit=1</script>\r\nContent-Type: text/html\r\n\r\n";
    const post = await panel.distributed(list, {
      mail: header + attack,
      subject: "<script>hit=1</script>",
      authorName: '"><img src=x onerror=hit=1>',
    });
    const page = await desk.open();
    const asked: string[] = [];
    await desk.context.route("**/*", (route) => {
      if (!route.request().url().startsWith(panel.url) && !route.request().url().startsWith("data:"))
        asked.push(route.request().url());
      return route.continue();
    });
    await desk.signIn(page);
    for (const path of ["/lists/1", `/posts/${post}`, `/posts/${post}/mail/frame`, `/posts/${post}/mail`])
      await page.goto(path);
    await page.frameLocator("iframe").getByText("the end").waitFor();
    await page.waitForLoadState("networkidle").catch(() => undefined);
    expect(asked).to.deep.equal([]);
    expect(await page.evaluate("window.hit")).to.equal(undefined);
    expect(await page.title()).to.include("<script>hit=1</script>");
  });

  it("works without scripts too", async () => {
    const page = await desk.signedIn({ javaScriptEnabled: false });
    const post = await panel.distributed(list);
    await page.goto(`/posts/${post}`);
    await page.locator("summary", { hasText: "Stop sending" }).click();
    await page.getByRole("button", { name: "Yes, stop sending" }).click();
    await page.getByText("Sending is stopped").waitFor();
  });

  it("has names for all that can be pressed or filled in, one main heading, and headings in order", async () => {
    const post = await panel.distributed(list);
    const [delivery] = await panel.copies(1, "sent");
    const page = await desk.signedIn();
    for (const path of [
      "/",
      "/lists/1",
      "/lists/1/members",
      "/lists/1/members/1",
      "/lists/1/senders",
      "/lists/1/refused",
      "/lists/1/settings",
      "/lists/1/delete",
      "/lists/new",
      "/lists",
      "/search?q=member1",
      `/posts/${post}`,
      `/posts/${post}/mail`,
      `/deliveries/${delivery}`,
      "/account",
    ]) {
      await page.goto(path);
      expect(await page.locator("h1").count(), path).to.equal(1);
      const unnamed = await page.evaluate(
        `[...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((each) => each.labels.length === 0 && each.getAttribute("aria-hidden") !== "true").map((each) => each.name)`,
      );
      expect(unnamed, path).to.deep.equal([]);
      const silent = await page.evaluate(
        `[...document.querySelectorAll("button, a[href], summary")].filter((each) => each.textContent.trim() === "").map((each) => each.outerHTML)`,
      );
      expect(silent, path).to.deep.equal([]);
      const ids = await page.evaluate<string[]>(`[...document.querySelectorAll("[id]")].map((each) => each.id)`);
      expect(new Set(ids).size, `${path} repeats an id`).to.equal(ids.length);
    }
  });
});

/** Texts whose contrast with their ground is below 4.5 (WCAG 2.2, 1.4.3). */
const dimTexts = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
  const ground = (element) => {
    for (let each = element; each !== null; each = each.parentElement) {
      const color = channels(getComputedStyle(each).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const dim = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
    if (!own || !element.checkVisibility() || element.closest(".hidden, svg, .skip, option")) continue;
    const [one, other] = [light(channels(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < 4.5) dim.push(element.textContent.trim().slice(0, 30) + " " + contrast.toFixed(2) + " " + element.className);
  }
  return [...new Set(dim)];
})()`;
