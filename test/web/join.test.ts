/** The pages of joining: the one form behind a confirmation mail, the test mail's, and the ones for everybody. */
import { expect } from "chai";
import { decodeQR } from "qr/decode.js";
import type { Joining } from "../../server/lists/joining.ts";
import { defaultJoining } from "../../server/lists/joining.ts";
import type { Member } from "../../server/lists/member.ts";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { makeToken } from "../../server/mail/token.ts";
import { Joinings } from "../../server/requests/joining.ts";
import { qrCode } from "../../server/web/qr-code.ts";
import { Panel, address } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

const asked: Joining = {
  ...defaultJoining,
  name: "required",
  code: "もみじ",
  attributes: [
    { name: "学年", required: true, choices: ["1年", "2年"] },
    { name: "Street", required: false, choices: [] },
  ],
};

describe("the page that finishes joining", () => {
  let panel: Panel;
  let list: MailingList;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open({ config: { smtp: { trusted: ["127.0.0.1"] } } });
    list = await panel.list("news", { title: "River <Club>" });
    visitor = new Visitor(panel);
  });
  afterEach(() => panel.close());

  async function asks(who = "hanako@b.example", name = ""): Promise<string> {
    const current = (await panel.store.lists.find(list.id)) ?? list;
    const mail = { subject: "", beginning: Buffer.alloc(0), client: "127.0.0.1", at: panel.clock.now() };
    const author = { address: address(who), name };
    await new Joinings(panel).askByMail({ ...mail, wish: { kind: "join", list: current }, author });
    const reader = panel.store.database.reader;
    const row = await reader.selectFrom("request").selectAll().orderBy("id", "desc").executeTakeFirstOrThrow();
    return `/s/${makeToken({ purpose: "join", id: row.id, secret: row.secret })}`;
  }
  const presses = async (path: string, fields: Readonly<Record<string, string>> = {}): Promise<[number, string]> => {
    const response = await visitor.open("POST", path, {
      headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: "null" },
      body: new URLSearchParams(fields).toString(),
    });
    return [response.status, await response.text()];
  };
  const member = (who = "hanako@b.example"): Promise<Member | undefined> =>
    panel.store.members.findByAddress(list.id, address(who));

  it("is one form without cookie or script, and looking does nothing", async () => {
    const path = await asks();
    for (const method of ["HEAD", "GET", "GET"]) {
      const answer = await visitor.send(method, path);
      expect(answer.status).to.equal(200);
      expect(answer.headers.getSetCookie()).to.deep.equal([]);
      expect(answer.text).not.to.include("<script").and.not.to.include("hanako@");
    }
    const { text } = await visitor.get(path);
    expect(text.match(/<form/g)).to.have.lengthOf(1);
    expect(readable(text)).to.include("Join “River <Club>”").and.include("***@b.example");
    expect((await member())?.status).to.equal("waiting");
  });

  it("makes a member at the press of its button, and offers a test mail", async () => {
    const path = await asks();
    const [status, text] = await presses(path, { name: "Hanako" });
    expect(status).to.equal(200);
    expect(readable(text)).to.include("You are a member");
    expect(await member()).to.include({ status: "active", joinedBy: "page", name: "Hanako" });
    expect(readable((await visitor.get(path)).text)).to.include("You are a member already");

    expect(readable((await presses(`${path}/test`))[1])).to.include("on its way");
    expect(readable((await presses(`${path}/test`))[1])).to.include("a short while ago");
    const mails = await panel.store.database.reader.selectFrom("delivery").select("rcpt_to").execute();
    expect(mails).to.have.lengthOf(2);
  });

  it("asks what the list wants to know, keeps what was typed, and takes nothing else", async () => {
    await panel.store.lists.update(list.id, { joining: asked });
    const path = await asks();
    for (const [wrong, fields] of [
      ["everything", {}],
      ["the code", { name: "花子", a0: "1年", code: "さくら" }],
      ["the choice", { name: "花子", a0: "9年", code: "もみじ" }],
      ["the name", { name: " ", a0: "1年", code: "もみじ" }],
    ] as const) {
      const [status, text] = await presses(path, { ...fields, a1: 'Elm "St" <3>' });
      expect(status, wrong).to.equal(422);
      expect(text, wrong).to.include("Elm &quot;St&quot; &lt;3&gt;");
      expect((await member())?.status, wrong).to.equal("waiting");
    }
    // Full-width, with a blank, in another case: still the word that was told.
    const [status] = await presses(path, {
      name: "花子",
      a0: "2年",
      a1: "Elm",
      code: " もみ じ",
      secret: "x",
      a7: "y",
    });
    expect(status).to.equal(200);
    expect((await member())?.attributes).to.deep.equal({ 学年: "2年", Street: "Elm" });
  });

  it("says what has become of a link that is past its time, superseded, or of a list that is closed", async () => {
    const first = await asks();
    panel.clock.passes("11m");
    const second = await asks();
    expect(readable((await visitor.get(first)).text))
      .to.include("Ask again")
      .and.include("news-subscribe@lists.example.org");
    await panel.store.lists.update(list.id, { joining: { ...defaultJoining, until: panel.clock.now() - 1 } });
    expect(readable((await presses(second))[1]))
      .to.include("Nobody can join now")
      .and.include("news-owner@");
    await panel.store.lists.update(list.id, { joining: defaultJoining });
    panel.clock.passes("7d");
    expect(readable((await presses(second))[1])).to.include("Ask again");
    await new Joinings(panel).sweep();
    expect(await member()).to.equal(undefined);
    expect(readable((await visitor.get(second)).text)).to.include("Ask again");
  });

  it("knows no forged token, nor one of another purpose, and says the same of all", async () => {
    const path = await asks();
    const { id, secret } = await panel.store.database.reader
      .selectFrom("request")
      .selectAll()
      .executeTakeFirstOrThrow();
    const other = makeToken({ purpose: "edit", id, secret });
    const flipped = path.replace(/^\/s\/(.)/, (_, one: string) => `/s/${one === "a" ? "b" : "a"}`);
    const pages = new Set<string>();
    for (const forged of [flipped, `/s/${other}`, "/s/x", "/s/%00", `${path}a`])
      for (const method of ["GET", "POST"]) {
        const answer = await visitor.send(method, forged);
        expect(answer.status, `${method} ${forged}`).to.equal(404);
        pages.add(answer.text);
      }
    expect(pages.size).to.equal(1);
  });

  it("of the test mail notes that it arrived, when its button is pressed and not before", async () => {
    await presses(await asks());
    const { id } = (await member()) ?? expect.fail();
    const secret = (await panel.store.members.secretOf(id)) ?? expect.fail();
    const path = `/m/arrived/${makeToken({ purpose: "arrived", id, secret })}`;
    expect(readable((await visitor.get(path)).text)).to.include("It arrived");
    expect((await member())?.arrivedAt).to.equal(undefined);
    expect(readable((await presses(path))[1])).to.include("Thank you");
    expect((await member())?.arrivedAt).to.be.a("number");
    expect((await visitor.get(`/m/arrived/${makeToken({ purpose: "leave", id, secret })}`)).status).to.equal(404);
  });

  it("for everybody tells how to join, in either language, and only of lists that are there", async () => {
    for (const path of ["/join/news@lists.example.org", "/join/NEWS@lists.example.org/print"]) {
      const { status, text, headers } = await visitor.get(path);
      expect(status).to.equal(200);
      expect(headers.getSetCookie()).to.deep.equal([]);
      expect(text).not.to.include("<script");
      expect(readable(text)).to.include("news-subscribe@lists.example.org").and.include("docomo");
      expect(readable((await visitor.get(`${path}?language=ja`)).text)).to.include("登録方法");
    }
    for (const missing of ["news@other.example", "club@lists.example.org", "news", "a@b@c", "%00@lists.example.org"])
      expect((await visitor.get(`/join/${missing}`)).status, missing).to.equal(404);
    await panel.store.lists.update(list.id, { joining: { ...defaultJoining, mode: "closed" } });
    const closed = readable((await visitor.get("/join/news@lists.example.org")).text);
    expect(closed).to.include("Nobody can join").and.not.to.include("news-subscribe@");
  });

  it("shows a code that telephones read", () => {
    const { size, path } = qrCode("mailto:news-subscribe@lists.example.org");
    const scale = 4;
    const pixels = size * scale;
    const data = new Uint8Array(pixels * pixels * 4).fill(255);
    for (const [, x = "", y = ""] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
      for (let dy = 0; dy < scale; dy++)
        for (let dx = 0; dx < scale; dx++)
          data.fill(
            0,
            ((Number(y) * scale + dy) * pixels + Number(x) * scale + dx) * 4,
            ((Number(y) * scale + dy) * pixels + Number(x) * scale + dx) * 4 + 3,
          );
    expect(decodeQR({ width: pixels, height: pixels, data })).to.equal("mailto:news-subscribe@lists.example.org");
  });
});
