/** Mail that would go round, undo what its author may not, or be lost between two steps. */
import { expect } from "chai";
import { sql } from "kysely";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { makeToken } from "../../server/mail/token.ts";
import type { SunkCopy } from "../support/sink-script.ts";
import { World, address, domain } from "../support/world.ts";

const letter = "From: Bart <bart@b.example>\r\nSubject: Re: Water\r\nMessage-ID: <re@b.example>\r\n\r\nThank you.\r\n";
const report = [
  "From: <feedback@provider.example>",
  "Auto-Submitted: auto-generated",
  'Content-Type: multipart/report; report-type="feedback-report"; boundary="x"',
  "Subject: FW: Water",
  "",
  "--x",
  "Content-Type: text/plain",
  "",
  "This is an abuse report.",
  "--x",
  "Content-Type: message/feedback-report",
  "",
  "Feedback-Type: abuse",
  "User-Agent: Provider/1.0",
  "Version: 1",
  "--x--",
  "",
].join("\r\n");

describe("hostile mail", () => {
  let world: World;
  let news: MailingList;
  beforeEach(async () => {
    world = await World.open();
    news = await world.list("news", { members: ["cris@c.example"] });
    const account = { passwordHash: undefined, isOwner: false, listIds: [news.id] };
    const { accounts } = world.app.store;
    await accounts.add({ ...account, username: "hana", address: address("hana@office.example") }, world.clock.now());
    const boss = { ...account, username: "boss", address: address("boss@office.example"), isOwner: true, listIds: [] };
    await accounts.add(boss, world.clock.now());
  });
  afterEach(() => world.close());

  const mail = async (who: string, count = 1): Promise<SunkCopy> => {
    await world.sink.until((sink) => sink.copiesFor(who).length >= count);
    const copy = world.inbox(who).at(count - 1);
    if (copy === undefined) throw new Error(`no mail for ${who}`);
    return copy;
  };
  const member = async (who: string, list = news) => world.app.store.members.findByAddress(list.id, address(who));
  const replyAddress = (copy: SunkCopy): string => /^From: .*<([^>]+)>\r$/m.exec(copy.text.toString())?.[1] ?? "";

  describe("for the people behind a list", () => {
    it("says where it has been, and is taken no second time when another server sends it back", async () => {
      await world.sends("bart@b.example", "news-owner", letter);
      const copy = await mail("hana@office.example");
      expect(copy.text.toString()).to.match(
        /^Delivered-To: news-owner@lists\.example\.org\r\nReceived: from \[127\.0\.0\.1\] by lists\.example\.org [^]*\+0000\r\nFrom: Bart/,
      );
      expect(copy.text.toString().endsWith(letter)).to.equal(true);
      // A list's owner address on another server, whose administrator's address is this one.
      const back = `Received: by other.example; Wed, 08 Apr 2026 08:00:00 +0900\r\n${copy.text.toString()}`;
      expect(await world.sends("club-bounces+a@other.example", "news-owner", back)).to.match(/^554 5\.4\.6 /);
      expect(await world.sends("bart@b.example", "news-owner", letter)).to.match(/^250 /);
    });

    it("is whole, however long it is", async () => {
      const long = `${letter}${"0123456789abcdef\r\n".repeat(40_000)}`;
      await world.sends("bart@b.example", "news-owner", long);
      expect((await mail("hana@office.example")).text.toString().endsWith(long)).to.equal(true);
    });
  });

  describe("from a provider whose user pressed “this is spam”", () => {
    it("reaches the owners at abuse@, whoever its envelope says it is from, and comes back no second time", async () => {
      for (const [count, mailFrom] of ["", "feedback@provider.example"].entries()) {
        expect(await world.sends(mailFrom, "abuse", report)).to.match(/^250 /);
        expect((await mail("boss@office.example", count + 1)).text.toString().endsWith(report)).to.equal(true);
      }
      expect(await world.sends("", "abuse", world.inbox("boss@office.example")[0]?.text ?? "")).to.match(/^554 /);
    });

    it("is refused elsewhere, and so is at abuse@ what else machines write", async () => {
      for (const to of ["postmaster", "news-owner", "news", "news-subscribe", "news-request"])
        expect(await world.sends("", to, report), to).to.match(/^550 5\.7\.1 /);
      expect(await world.sends("", "abuse", report.replace("feedback-report", "delivery-status"))).to.match(/^550 /);
      expect(await world.sends("", "abuse", letter)).to.match(/^550 5\.7\.1 /);
    });
  });

  it("cannot make somebody leave by one list's token at another list", async () => {
    const club = await world.list("club", { members: ["cris@c.example"] });
    const { id = 0 } = (await member("cris@c.example")) ?? {};
    const secret = await world.app.store.members.secretOf(id);
    const token = makeToken({ purpose: "leave", id, secret: secret ?? Buffer.alloc(0) });
    expect(await world.sends("x@x.example", `club-unsubscribe+${token}@${domain}`, letter)).to.match(/^550 5\.1\.1 /);
    expect(await member("cris@c.example")).to.include({ status: "active" });
    expect(await member("cris@c.example", club)).to.include({ status: "active" });
  });

  for (const [how, to, subject] of [
    ["a blank mail", "news-unsubscribe", ""],
    ["a command", "news-request", "leave"],
  ] as const)
    it(`that leaves by ${how} takes back a joining that waits`, async () => {
      await world.sends("dora@d.example", "news-subscribe", "From: dora@d.example\r\n\r\n");
      const confirm = replyAddress(await mail("dora@d.example"));
      expect(await world.sends("dora@d.example", to, `From: dora@d.example\r\nSubject: ${subject}\r\n\r\n`)).to.match(
        /^250 /,
      );
      expect(await member("dora@d.example")).to.equal(undefined);
      expect(await world.sends("dora@d.example", confirm, "From: dora@d.example\r\n\r\nyes\r\n")).to.match(/^550 /);
      expect(await member("dora@d.example")).to.equal(undefined);
    });

  it("in the name of one of our own addresses is answered to nobody", async () => {
    for (const [to, subject] of [
      ["news-unsubscribe", ""],
      ["news-request", "pause"],
      ["news-subscribe", ""],
    ] as const)
      for (const from of [`news@${domain}`, `news-request@${domain}`, `postmaster@${domain}`])
        expect(await world.sends("x@x.example", to, `From: ${from}\r\nSubject: ${subject}\r\n\r\n`)).to.match(/^250 /);
    await world.sends("bart@b.example", "news-owner", letter);
    await mail("hana@office.example");
    await world.settled();
    expect(world.sink.copies).to.have.lengthOf(1);
  });

  it("that confirms a joining makes a member and queues the welcome together, or does neither", async () => {
    await world.sends("dora@d.example", "news-subscribe", "From: dora@d.example\r\n\r\n");
    const confirm = replyAddress(await mail("dora@d.example"));
    const { database } = world.app.store;
    await database.write((write) =>
      sql`CREATE TRIGGER full BEFORE INSERT ON delivery BEGIN SELECT RAISE(ABORT, 'no room'); END`.execute(write),
    );
    const replies = () => world.sends("dora@d.example", confirm, "From: dora@d.example\r\n\r\nyes\r\n");
    expect(await replies()).to.match(/^451 /);
    expect(await member("dora@d.example")).to.include({ status: "waiting" });
    await database.write((write) => sql`DROP TRIGGER full`.execute(write));
    expect(await replies()).to.match(/^250 /);
    expect(await member("dora@d.example")).to.include({ status: "active" });
    expect((await mail("dora@d.example", 2)).text.toString()).to.include("/m/arrived/");
  });
});
