/** Somebody sends a blank mail, answers the one that comes back, and is a member: whatever telephone it is, and whoever tries to misuse it. */
import { expect } from "chai";
import type { MemberStatus } from "../../server/lists/member.ts";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { MessageReader } from "../../server/mail/message-view.ts";
import type { SunkCopy } from "../support/sink-script.ts";
import { World, address, domain, postId } from "../support/world.ts";

const week = "7d";

describe("joining by mail", () => {
  let world: World;
  let news: MailingList;
  beforeEach(async () => {
    world = await World.open();
    news = await world.list("news", { title: "Maple Street" });
  });
  afterEach(() => world.close());

  const asks = (from: string, rest = "\r\n"): Promise<string> =>
    world.sends("phone@gate.example", "news-subscribe", `From: ${from}\r\n${rest}`);
  const status = async (who: string): Promise<MemberStatus | undefined> =>
    (await world.app.store.members.findByAddress(news.id, address(who)))?.status;
  const mails = async (who: string, count = 1): Promise<readonly SunkCopy[]> => {
    await world.sink.until((sink) => sink.copiesFor(who).length >= count);
    return world.inbox(who);
  };
  const mail = async (who: string, count = 1): Promise<SunkCopy> => {
    const copy = (await mails(who, count)).at(count - 1);
    if (copy === undefined) throw new Error(`no mail for ${who}`);
    return copy;
  };
  const replyAddress = (copy: SunkCopy): string => /^From: .*<([^>]+)>\r$/m.exec(copy.text.toString())?.[1] ?? "";
  const replies = (to: string, from: string): Promise<string> =>
    world.sends("phone@gate.example", to, `From: ${from}\r\nTo: ${to}\r\nSubject: Re: join\r\n\r\n> join\r\n`);
  const reader = new MessageReader({ ms: 5000, megabytes: 64 });
  after(() => reader.close());
  const text = async (copy: SunkCopy): Promise<string> => {
    const view = await reader.view(copy.text);
    return "unreadable" in view ? "" : (view.text ?? "");
  };
  const job = async (name: string): Promise<void> => {
    await world.app.jobs.find((each) => each.name === name)?.run();
  };

  const shapes: readonly (readonly [string, string, string])[] = [
    ["without even an empty line", "a@phone.example", ""],
    [
      "of ISO-2022-JP with nothing in it",
      "b@phone.example",
      "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b$B!!\x1b(B\r\n",
    ],
    ["of HTML alone", "c@phone.example", "Content-Type: text/html\r\n\r\n<div><br></div>&nbsp;\r\n"],
    ["with a signature and a subject", "d@phone.example", "Subject: hello\r\n\r\n-- \r\nsent from a telephone\r\n"],
  ];
  it("takes a blank mail of any shape and answers each with one question", async () => {
    for (const [shape, from, rest] of shapes) expect(await asks(from, rest), shape).to.match(/^250 2\.0\.0 /);
    for (const [shape, from] of shapes) {
      await mail(from);
      expect(await status(from), shape).to.equal("waiting");
    }
    expect(world.sink.copies).to.have.lengthOf(shapes.length);
  });

  it("asks by a mail that says what it is, from the address to which the answer goes, and repeats nothing of a stranger's", async () => {
    await asks('"Buy at evil.example" <victim@phone.example>', "Subject: BUY NOW\r\n\r\nhttp://evil.example\r\n");
    const copy = await mail("victim@phone.example");
    const header = copy.text.toString().split("\r\n\r\n")[0] ?? "";

    expect(header).to.match(/^Auto-Submitted: auto-replied\r$/m);
    expect(replyAddress(copy)).to.match(/^news-confirm\+[a-z2-7]{17,27}@lists\.example\.org$/);
    expect(header).to.match(new RegExp(`^Reply-To: <?${replyAddress(copy).replace(/[+.]/g, "\\$&")}>?\r$`, "m"));
    expect(copy.mailFrom).to.match(/^news-bounces\+/);
    const said = await text(copy);
    const [url = ""] = /https?:\/\/\S+/.exec(said) ?? [];
    expect(url).to.match(/^https:\/\/kairan\.example\.org\/s\/[a-z2-7]+$/);
    expect(said.split(/\r?\n/)).to.include(url);
    expect(url.length).to.be.at.most(76);
    expect(`${header}${said}`).not.to.match(/evil|buy/i);
  });

  it("is finished by a reply, from whichever address of the person it comes, and greets the new member", async () => {
    await asks("Cris <cris@c.example>");
    const to = replyAddress(await mail("cris@c.example"));
    expect(await replies(to, "Cris at work <work@office.example>")).to.match(/^250 /);

    expect(await status("cris@c.example")).to.equal("active");
    expect(await status("work@office.example")).to.equal(undefined);
    expect(await text(await mail("cris@c.example", 2))).to.match(
      /https:\/\/kairan\.example\.org\/m\/arrived\/[a-z2-7]+\n/,
    );
    const member = await world.app.store.members.findByAddress(news.id, address("cris@c.example"));
    expect(member).to.include({ joinedBy: "mail", name: "Cris at work" });
    await world.quiet(postId(await world.posts("anne@north.example", "news")));
    expect(world.inbox("cris@c.example")).to.have.lengthOf(3);
  });

  it("knows a carrier's address in quotes and without as one, and writes to it", async () => {
    await asks("<hana..y.@docomo.ne.jp>");
    await asks('<"Hana..y."@docomo.ne.jp>');
    const to = replyAddress((await mails('"hana..y."@docomo.ne.jp'))[0] ?? (await mail("hana..y.@docomo.ne.jp")));
    await replies(to, '"hana..y."@docomo.ne.jp');
    expect(await status("hana..y.@docomo.ne.jp")).to.equal("active");
    expect((await world.app.store.members.counts(news.id)).active).to.equal(1);
  });

  it("does nothing for robots, forged tokens, and tokens that have been used", async () => {
    for (const line of ["Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <x.example>"])
      expect(await asks("robot@r.example", `${line}\r\n\r\n`)).to.match(/^550 5\.7\.1 /);
    expect(await world.sends("", "news-join", "From: null@r.example\r\n\r\n")).to.match(/^550 5\.7\.1 /);
    expect(await replies(`news-confirm+${"a".repeat(26)}@${domain}`, "eve@evil.example")).to.match(/^550 5\.1\.1 /);

    await asks("cris@c.example");
    const to = replyAddress(await mail("cris@c.example"));
    await world.sends("c@c.example", to, "From: cris@c.example\r\nAuto-Submitted: auto-replied\r\n\r\naway\r\n");
    expect(await status("cris@c.example")).to.equal("waiting");
    await replies(to, "cris@c.example");
    const member = await world.app.store.members.findByAddress(news.id, address("cris@c.example"));
    await world.app.store.members.leave(member?.id ?? 0, world.clock.now());
    await replies(to, "cris@c.example");
    expect(await status("cris@c.example")).to.equal("left");
    expect(world.sink.copies.filter((copy) => copy.rcptTo.includes("r.example"))).to.have.lengthOf(0);
  });

  it("sends one mail in ten minutes and three a day to one address, over all lists and however many ask", async () => {
    await world.list("club");
    const asksBoth = async (): Promise<void> => {
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          world.sends("x@gate.example", n % 2 === 0 ? "news-subscribe" : "club-join", "From: bart@b.example\r\n\r\n"),
        ),
      );
      expect(answers.every((answer) => answer.startsWith("250 "))).to.equal(true);
    };
    for (let round = 1; round <= 5; round++) {
      await asksBoth();
      await mails("bart@b.example", Math.min(round, 3));
      world.clock.passes("11m");
    }
    await world.settled();
    expect(world.inbox("bart@b.example")).to.have.lengthOf(3);
  });

  it("makes the newest question the only one that counts", async () => {
    await asks("cris@c.example");
    const first = replyAddress(await mail("cris@c.example"));
    world.clock.passes("11m");
    await asks("cris@c.example");
    const second = replyAddress(await mail("cris@c.example", 2));
    expect(await replies(first, "cris@c.example")).to.match(/^550 5\.1\.1 /);
    expect(await status("cris@c.example")).to.equal("waiting");
    await replies(second, "cris@c.example");
    expect(await status("cris@c.example")).to.equal("active");
  });

  it("forgets after a week who never answered, and leaves who had left as they were", async () => {
    await world.app.store.members.save(
      news.id,
      [{ address: address("old@b.example"), name: "Old", attributes: {} }],
      1,
    );
    const old = await world.app.store.members.findByAddress(news.id, address("old@b.example"));
    await world.app.store.members.leave(old?.id ?? 0, 5);
    await asks("old@b.example");
    await asks("new@b.example");
    const to = replyAddress(await mail("new@b.example"));
    expect(await status("old@b.example")).to.equal("waiting");
    world.clock.passes(week);
    expect(await replies(to, "new@b.example")).to.match(/^550 5\.1\.1 /);
    await job("sweep of who never confirmed");

    expect(await status("new@b.example")).to.equal(undefined);
    expect(await replies(to, "new@b.example")).to.match(/^550 5\.1\.1 /);
    expect(await world.app.store.members.findByAddress(news.id, address("old@b.example"))).to.include({
      status: "left",
      leftAt: 5,
      endedBy: "member",
    });
    const people = await world.app.store.database.reader.selectFrom("address").select("address").execute();
    expect(people.map((row) => row.address)).not.to.include("new@b.example");
  });

  it("tells a member that they are one, and who may not join that nobody may", async () => {
    await world.list("club", { members: ["bart@b.example"] });
    await world.app.store.lists.update(news.id, { joining: { ...news.joining, mode: "closed" } });
    await world.sends("x@gate.example", "club-subscribe", "From: bart@b.example\r\n\r\n");
    await asks("cris@c.example");
    expect(await text(await mail("bart@b.example"))).to.include("already");
    expect(await text(await mail("cris@c.example"))).to.include("news-owner@lists.example.org");
    expect(await status("cris@c.example")).to.equal(undefined);
  });

  it("lets an administrator have the last word where the list says so", async () => {
    await world.app.store.lists.update(news.id, { joining: { ...news.joining, mode: "approval" } });
    const account = { username: "hana", address: address("hana@office.example"), passwordHash: undefined };
    await world.app.store.accounts.add({ ...account, isOwner: false, listIds: [news.id] }, world.clock.now());
    await asks("cris@c.example");
    await replies(replyAddress(await mail("cris@c.example")), "cris@c.example");

    expect(await text(await mail("hana@office.example"))).to.include(`/lists/${news.id}/joining`);
    expect(await text(await mail("cris@c.example", 2))).to.include("last word");
    expect(await status("cris@c.example")).to.equal("waiting");
    expect(await world.app.store.waiting.awaitingApproval(news.id)).to.equal(1);
  });

  it("asks for the page by mail when a reply cannot be enough", async () => {
    await world.app.store.lists.update(news.id, { joining: { ...news.joining, code: "maple" } });
    await asks("cris@c.example");
    const first = await mail("cris@c.example");
    expect(await text(first)).not.to.include("reply");
    await replies(replyAddress(first), "cris@c.example");
    expect(await text(await mail("cris@c.example", 2))).to.match(/https:\/\/kairan\.example\.org\/s\//);
    expect(await status("cris@c.example")).to.equal("waiting");
  });

  it("brings a paused or bouncing member back", async () => {
    await world.app.store.members.save(
      news.id,
      [{ address: address("bart@b.example"), name: "Bart", attributes: {}, status: "bounced" }],
      1,
    );
    await asks('"Somebody else" <bart@b.example>');
    const to = replyAddress(await mail("bart@b.example"));
    expect(await status("bart@b.example")).to.equal("bounced");
    await replies(to, '"Somebody else" <bart@b.example>');
    const bart = await world.app.store.members.findByAddress(news.id, address("bart@b.example"));
    expect(bart).to.include({ status: "active", name: "Bart", joinedBy: "administrator" });
  });
});

describe("a network that asks to join again and again", () => {
  it("is put off for the rest of the hour, unless it is trusted", async () => {
    for (const trusted of [[], ["127.0.0.0/8"]]) {
      const world = await World.open({ smtp: { trusted, limits: { joinsPerHour: 3 } } });
      await world.list("news");
      const replies: string[] = [];
      for (let n = 0; n < 4; n++)
        replies.push(await world.sends("x@gate.example", "news-subscribe", `From: m${n}@many.example\r\n\r\n`));
      expect(replies.map((reply) => reply.slice(0, 3))).to.deep.equal([
        "250",
        "250",
        "250",
        trusted.length > 0 ? "250" : "451",
      ]);
      world.clock.passes("1h");
      expect(await world.sends("x@gate.example", "news-subscribe", "From: m9@many.example\r\n\r\n")).to.match(/^250 /);
      await world.close();
    }
  });
});
