/** The member's own page: what the link at the end of each copy opens. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { makeToken } from "../../server/mail/token.ts";
import { Panel, address } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";
import type { Answer } from "./visitor.ts";

describe("the member's own page", () => {
  let panel: Panel;
  let list: MailingList;
  let id: number;
  let path: string;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open();
    list = await panel.list("news", { title: "River <Club>", members: ["bart@b.example"] });
    id = (await panel.store.members.findByAddress(list.id, address("bart@b.example")))?.id ?? 0;
    const secret = (await panel.store.members.secretOf(id)) ?? Buffer.alloc(0);
    path = `/m/${makeToken({ purpose: "member", id, secret })}`;
    visitor = new Visitor(panel);
  });
  afterEach(() => panel.close());

  const press = async (what: string, fields: Readonly<Record<string, string>> = {}): Promise<string> =>
    readable((await visitor.post(path, { do: what, ...fields })).text);
  const status = async (): Promise<string | undefined> => (await panel.store.members.find(id))?.status;
  const mails = async (): Promise<readonly string[]> => {
    const rows = await panel.store.database.reader
      .selectFrom("delivery")
      .innerJoin("message_chunk", "message_chunk.message_id", "delivery.message_id")
      .select(["rcpt_to", "bytes"])
      .execute();
    return rows.map((row) => `${row.rcpt_to ?? ""} ${row.bytes.toString()}`);
  };

  it("shows list, masked address and state, and GET and HEAD change nothing", async () => {
    for (const method of ["HEAD", "GET"]) {
      const answer = await visitor.send(method, path);
      expect(answer.status).to.equal(200);
      expect(answer.headers.getSetCookie()).to.deep.equal([]);
      expect(answer.headers.get("referrer-policy")).to.equal("no-referrer");
      expect(answer.text).not.to.include("<script").and.not.include("bart@b.example");
    }
    const { text } = await visitor.get(path);
    expect(readable(text)).to.include("River <Club>").and.include("b***@b.example").and.include("You get all mail");
    expect(text.match(/<form/g)).to.have.lengthOf(1);
  });

  it("pauses and resumes at a press", async () => {
    expect(await press("pause"))
      .to.include("Paused: you get nothing")
      .and.include("Get mails again");
    expect(await status()).to.equal("paused");
    expect(await press("pause")).to.include("Nothing was changed");
    expect(await press("resume"))
      .to.include("You get mails again.")
      .and.include("Pause the mails");
    expect(await status()).to.equal("active");
  });

  it("lets the member leave and, while it can be undone, come back", async () => {
    expect(await press("leave"))
      .to.include("You have left the list")
      .and.include("Come back");
    expect(await press("leave")).to.include("Nothing was changed");
    expect(await status()).to.equal("left");
    expect((await mails()).filter((mail) => mail.startsWith("bart@b.example"))).to.have.lengthOf(1);
    expect(await press("return")).to.include("You are back on the list.");
    expect(await status()).to.equal("active");

    await press("leave");
    panel.clock.passes("31d");
    expect(readable((await visitor.get(path)).text))
      .to.include("You are not on this list any more.")
      .and.include("news-subscribe@lists.example.org")
      .and.not.include("Come back");
    expect(await press("return")).to.include("Nothing was changed");
  });

  it("does not bring back whom an administrator removed, nor resumes who left", async () => {
    await panel.store.members.setStatus(id, "left", panel.clock.now());
    for (const what of ["return", "resume", "pause", "edit"])
      expect(await press(what)).to.include("Nothing was changed");
    expect(await status()).to.equal("left");
  });

  it("changes the member's language, at once and for good", async () => {
    expect(await press("language", { language: "ja" })).to.include("今後はこの言語でお届けします。");
    expect(readable((await visitor.get(path)).text)).to.include("配信を一時停止する");
    expect(await press("language", { language: "xx" })).to.include("配信を一時停止する");
  });

  it("mails the link to one's data to the member alone, not again at once, and some times a day", async () => {
    expect(await press("edit")).to.include("The link is on its way");
    expect(await press("edit")).to.include("A link went to you a short while ago");
    for (let n = 0; n < 9; n++) {
      panel.clock.passes("3m");
      await press("edit");
    }
    const sent = await mails();
    expect(sent).to.have.lengthOf(5);
    expect(sent[0])
      .to.match(/^bart@b\.example /)
      .and.match(/\/m\/edit\/[a-z2-7]{17,27}\r?$/m);
  });

  it("ignores a form without a button of its own", async () => {
    for (const what of ["", "remove", "LEAVE", "leave,leave"]) await press(what);
    await visitor.open("POST", path, { body: "", headers: {} });
    expect(await status()).to.equal("active");
  });

  it("knows no forged token, nor one of another purpose", async () => {
    const secret = (await panel.store.members.secretOf(id)) ?? Buffer.alloc(0);
    const leave = makeToken({ purpose: "leave", id, secret });
    const answers: Answer[] = [];
    for (const token of [leave, "x", path.slice(3, -1), `${path.slice(3)}a`, "%00"])
      for (const method of ["GET", "POST"]) answers.push(await visitor.send(method, `/m/${token}`));
    expect(new Set(answers.map(({ status: code, text }) => `${code} ${text}`)).size).to.equal(1);
    expect(answers[0]?.status).to.equal(404);
  });
});
