/** `LIST-request@`: commands by mail, in two languages and every shape of mail. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { obey } from "../../server/requests/obey.ts";
import type { WrittenReport } from "../../server/requests/obey.ts";
import { bodyText } from "../support/body-text.ts";
import { World, address, postId } from "../support/world.ts";

describe("a mail to a list's request address", () => {
  let world: World;
  let list: MailingList;
  beforeEach(async () => {
    world = await World.open();
    list = await world.list("news", { title: "Town", members: ["bart@b.example", "cris@c.example"] });
  });
  afterEach(() => world.close());

  const says = (author: string, subject: string, body = ""): Promise<string> =>
    world.sends(author, "news-request", `From: ${author}\r\nSubject: ${subject}\r\n\r\n${body}\r\n`);
  const status = async (who: string): Promise<string | undefined> =>
    (await world.app.store.members.findByAddress(list.id, address(who)))?.status;
  const answer = async (who: string, nth = 1): Promise<string> => {
    await world.sink.until((sink) => sink.copiesFor(who).length >= nth);
    return bodyText(world.inbox(who)[nth - 1]?.text ?? Buffer.alloc(0));
  };

  it("pauses and resumes, and is answered from where the next command can go", async () => {
    expect(await says("bart@b.example", "pause")).to.match(/^250 2\.0\.0 /);
    expect(await status("bart@b.example")).to.equal("paused");
    const told = await answer("bart@b.example");
    expect(told)
      .to.include("Mail of this list is paused for you.")
      .and.match(/https:\/\/kairan\.example\.org\/m\/[a-z2-7]+/);
    expect(world.inbox("bart@b.example")[0]?.text.toString())
      .to.match(/^From: Town <news-request@lists\.example\.org>\r$/m)
      .and.match(/^Auto-Submitted: auto-replied\r$/m);

    await says("bart@b.example", "Re: “Town”: Paused", "Resume\r\n\r\n> Answer this mail with “pause”\r\n");
    expect(await status("bart@b.example")).to.equal("active");
    expect(await answer("bart@b.example", 2)).to.include("You get all mail of this list.");
  });

  it("may be Japanese, in ISO-2022-JP, and is answered in the member's language", async () => {
    const bart = await world.app.store.members.findByAddress(list.id, address("bart@b.example"));
    await world.app.store.ownData.setLanguage(bart?.personId ?? 0, "ja");
    // 一時停止
    await says("bart@b.example", "=?ISO-2022-JP?B?GyRCMGw7fkRkO18bKEI=?=");
    expect(await status("bart@b.example")).to.equal("paused");
    expect(await answer("bart@b.example")).to.include("このリストの配信を一時停止しています。");
  });

  it("lets go whoever asks, with one goodbye", async () => {
    await says("bart@b.example", "hello", "unsubscribe");
    expect(await status("bart@b.example")).to.equal("left");
    expect(await answer("bart@b.example")).to.include("/u/back/");
    await world.settled();
    expect(world.inbox("bart@b.example")).to.have.lengthOf(1);
  });

  it("changes the address once the new one has answered", async () => {
    await says("bart@b.example", "address bart@new.example");
    expect(await answer("bart@b.example")).to.include("We have written to bart@new.example");
    await world.sink.until((sink) => sink.copiesFor("bart@new.example").length === 1);
    expect(await status("bart@new.example")).to.equal(undefined);
    const confirm =
      /news-confirm\+[a-z2-7]+/.exec(world.inbox("bart@new.example")[0]?.text.toString() ?? "")?.[0] ?? "";
    await world.sends("bart@new.example", confirm, "From: bart@new.example\r\n\r\n");
    expect(await status("bart@new.example")).to.equal("active");
  });

  for (const [what, subject, said] of [
    ["no address", "address", "Name the new address in the same line"],
    ["another member's", "address cris@c.example", "on the list already"],
    ["their own", "address bart@b.example", "entered for you already"],
  ] as const) {
    it(`says what is wrong when the new address is ${what}`, async () => {
      await says("bart@b.example", subject);
      expect(await answer("bart@b.example")).to.include(said);
      await world.settled();
      expect(world.inbox("cris@c.example")).to.have.lengthOf(0);
    });
  }

  it("that a member wrote and nobody can read is answered by help, not again and again", async () => {
    for (let n = 0; n < 4; n++) await says("bart@b.example", "stop!!", "what is this");
    expect(await answer("bart@b.example"))
      .to.include("address NEW-ADDRESS")
      .and.include("say pause or leave");
    await world.settled();
    expect(world.inbox("bart@b.example")).to.have.lengthOf(1);
    expect(await status("bart@b.example")).to.equal("active");
  });

  it("of a sender brings the report of a post, with a file of all who got it", async () => {
    const post = postId(await world.posts("anne@north.example", "news", { subject: "Water" }));
    await world.quiet(post);
    await says("anne@north.example", "report 1");
    await world.sink.until((sink) => sink.copiesFor("anne@north.example").length >= 1);
    const report = world.inbox("anne@north.example")[0]?.text.toString() ?? "";
    expect(report)
      .to.match(/^Subject: Sent to 2 of 2: Water\r$/m)
      .and.match(/filename="?news-1\.csv/);
    const file = Buffer.from(
      /news-1\.csv[^]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(report)?.[1] ?? "",
      "base64",
    ).toString();
    expect(file).to.contain("bart@b.example,Sent").and.contain("cris@c.example,Sent");
    await world.app.store.lists.update(list.id, { cooloffMs: 3_600_000 });
    await world.posts("anne@north.example", "news", { subject: "[confirm] Later" });
    await says("anne@north.example", "レポート 2026-01-01..2099-12-31");
    expect(await answer("anne@north.example", 2)).to.be.a("string");
    const period = world.inbox("anne@north.example")[1]?.text.toString();
    expect(period)
      .to.match(/Later\r\n {4}Waiting\r\n/)
      .and.match(/Water\r\n {4}sent to 2 of 2\r\n/);
  });

  it("of a sender who asks for a report that nobody can read is answered by help", async () => {
    await says("anne@north.example", "report please");
    expect(await answer("anne@north.example")).to.include("report 2026-12-01 12:00..24:00");
    // Who only sends is no stranger either when they ask for it by name.
    await world.app.store.senders.add(list.id, { addresses: [address("emil@north.example")], name: "" }, 0);
    await says("emil@north.example", "help");
    expect(await answer("emil@north.example")).to.include("report 2026-12-01 12:00..24:00");

    // After fifty a day none is made any more: under a sender's name anybody may ask.
    const { clock, config } = world;
    const { store } = world.app;
    const author = { address: address("anne@north.example"), name: "" };
    let made = 0;
    const report = async (): Promise<WrittenReport> => ({ subject: `${++made}`, text: "", attachments: [] });
    const needs = { store, clock, config, report, join: async () => "taken" as const };
    const asks = { beginning: Buffer.from("\r\n\r\n"), subject: "report 1", client: "", at: clock.now() };
    for (let mails = 0; mails < 52; mails++) await obey(needs, { ...asks, wish: { kind: "command", list }, author });
    expect(made).to.equal(50);
  });

  it("from a stranger is answered only where they ask for help, or for what members alone can do", async () => {
    for (const subject of ["hello", "report", ""]) await says("eve@e.example", subject, "buy this");
    await world.settled();
    expect(world.inbox("eve@e.example")).to.have.lengthOf(0);

    await says("eve@e.example", "help");
    expect(await answer("eve@e.example"))
      .to.include("news-subscribe@lists.example.org")
      .and.not.include("address NEW-ADDRESS");
    await says("eve@e.example", "pause");
    expect(await answer("eve@e.example", 2)).to.include("sends no mail to eve@e.example");
    for (const subject of ["help", "resume", "leave", "address x@x.example"]) await says("eve@e.example", subject);
    await world.settled();
    expect(world.inbox("eve@e.example")).to.have.lengthOf(2);
  });

  it("to join is the same as a blank mail to the joining address", async () => {
    await says("dora@d.example", "subscribe");
    expect(await answer("dora@d.example")).to.include("/s/");
    expect(await status("dora@d.example")).to.equal("waiting");
  });

  it("is whose From it is, whatever the envelope says", async () => {
    await world.sends("cris@c.example", "news-request", "From: bart@b.example\r\nSubject: pause\r\n\r\n");
    expect([await status("bart@b.example"), await status("cris@c.example")]).to.deep.equal(["paused", "active"]);
    await answer("bart@b.example");
    await world.settled();
    expect(world.inbox("cris@c.example")).to.have.lengthOf(0);
  });

  it("from a machine does nothing and is answered by nothing", async () => {
    for (const field of ["Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <x.example>"])
      expect(await says("bart@b.example", `pause\r\n${field}`)).to.match(/^550 5\.7\.1 /);
    expect(await world.sends("", "news-request", "From: bart@b.example\r\nSubject: pause\r\n\r\n")).to.match(
      /^550 5\.7\.1 /,
    );
    await world.settled();
    expect(await status("bart@b.example")).to.equal("active");
    expect(world.inbox("bart@b.example")).to.have.lengthOf(0);
  });

  it("does nothing for whoever has left", async () => {
    await says("bart@b.example", "leave");
    for (const subject of ["resume", "pause"]) await says("bart@b.example", subject);
    expect(await status("bart@b.example")).to.equal("left");
  });
});
