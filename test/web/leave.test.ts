/** The way out: a page that only a person's press, or a mail program's one click, makes act. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { makeToken } from "../../server/mail/token.ts";
import { Panel } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

describe("the page to leave a list", () => {
  let panel: Panel;
  let list: MailingList;
  let path: string;
  beforeEach(async () => {
    panel = await Panel.open();
    list = await panel.list("news", { title: "River <Club>", members: ["bart@b.example"] });
    const secret = await panel.store.members.secretOf(1);
    path = `/u/${makeToken({ purpose: "leave", id: 1, secret: secret ?? Buffer.alloc(0) })}`;
  });
  afterEach(() => panel.close());

  const isMember = async (): Promise<boolean> => (await panel.store.members.find(1))?.status === "active";

  it("asks, without cookie or script, and GET and HEAD do nothing", async () => {
    const visitor = new Visitor(panel);
    for (const method of ["HEAD", "GET", "GET"]) {
      const answer = await visitor.send(method, path, { headers: { Purpose: "prefetch" } });
      expect(answer.status).to.equal(200);
      expect(answer.headers.getSetCookie()).to.deep.equal([]);
      expect(answer.text).not.to.include("<script");
      expect(answer.headers.get("cache-control")).to.equal("no-store");
      expect(answer.headers.get("referrer-policy")).to.equal("no-referrer");
    }
    const { text } = await visitor.get(path);
    expect(readable(text)).to.include("Leave “River <Club>”?").and.include("b***@b.example will get no more mail");
    expect(text.match(/<form/g)).to.have.lengthOf(1);
    expect(await isMember()).to.equal(true);
  });

  it("lets the member go at the press of its button, and says so again afterwards", async () => {
    const visitor = new Visitor(panel);
    const answer = await visitor.open("POST", path, {
      headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: panel.url },
      body: "",
    });
    expect(answer.status).to.equal(200);
    expect(readable(await answer.text()))
      .to.include("You have left")
      .and.include("news-owner@lists.example.org");
    expect(await isMember()).to.equal(false);
    expect(readable((await visitor.get(path)).text)).to.include("You have left already");
  });

  it("of who had paused leads back to the list, and says that mail stays paused", async () => {
    const visitor = new Visitor(panel);
    await panel.store.members.setStatus(1, "paused", panel.clock.now());
    panel.clock.passes("1m");
    const left = await visitor.send("POST", path, { body: "" });
    const back = /"(\/u\/back\/[a-z2-7]+)"/.exec(left.text)?.[1] ?? "";
    expect(readable((await visitor.get(back)).text)).to.include("was paused before, and stays so");
    expect(readable((await visitor.send("POST", back, { body: "" })).text)).to.include("Its mail is paused");
    expect((await panel.store.members.find(1))?.status).to.equal("paused");
  });

  const oneClicks: readonly (readonly [string, Record<string, string>, string])[] = [
    ["a form", { "Content-Type": "application/x-www-form-urlencoded" }, "List-Unsubscribe=One-Click"],
    [
      "multipart",
      { "Content-Type": "multipart/form-data; boundary=b" },
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
    ],
    [
      "a mail service's own origin",
      {
        "Content-Type": "application/x-www-form-urlencoded",
        Origin: "https://mail.example",
        "Sec-Fetch-Site": "cross-site",
      },
      "List-Unsubscribe=One-Click",
    ],
    ["no body at all", {}, ""],
  ];
  for (const [what, headers, body] of oneClicks) {
    it(`takes the one click of RFC 8058 with ${what}, without redirect`, async () => {
      const answer = await new Visitor(panel).open("POST", path, { headers, body });
      await answer.text();
      expect(answer.status).to.equal(200);
      expect(await isMember()).to.equal(false);
    });
  }

  it("opens a link that a full stop or bracket was copied along with", async () => {
    const visitor = new Visitor(panel);
    for (const end of ["。", ".", "）", "%E3%80%8D", "\u3000"]) {
      expect((await visitor.get(path + end)).status, end).to.equal(200);
      expect((await visitor.get(`${path}a${end}`)).status, end).to.equal(404);
    }
  });

  it("knows no forged token, and says the same of all", async () => {
    const visitor = new Visitor(panel);
    const flipped = path.replace(/^\/u\/(.)/, (_, first: string) => `/u/${first === "a" ? "b" : "a"}`);
    const pages = new Set<string>();
    for (const forged of [flipped, "/u/x", `/u/${"a".repeat(300)}`, "/u/%00", `${path}a`]) {
      for (const method of ["GET", "POST"]) {
        const answer = await visitor.send(method, forged);
        expect(answer.status, `${method} ${forged}`).to.equal(404);
        pages.add(answer.text);
      }
    }
    expect(pages.size).to.equal(1);
    expect(await isMember()).to.equal(true);
  });

  it("speaks the list's language", async () => {
    await panel.store.lists.update(list.id, { language: "ja" });
    expect(readable((await new Visitor(panel).get(path)).text)).to.include("「River <Club>」の登録を解除しますか?");
  });
});
