/** Members leave by mail and by page, are told once, and can come back for 30 days. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import type { SunkCopy } from "../support/sink-script.ts";
import { World, address, domain, postId } from "../support/world.ts";

const blank = (author: string, ...fields: readonly string[]): string =>
  [`From: ${author}`, ...fields, "", ""].join("\r\n");

function text(copy: SunkCopy | undefined): string {
  return copy?.text.toString() ?? "";
}

describe("a member who leaves", () => {
  let world: World;
  let list: MailingList;
  beforeEach(async () => {
    world = await World.open();
    list = await world.list("news", { title: "Town", members: ["bart@b.example", "cris@c.example"] });
  });
  afterEach(() => world.close());

  const status = async (who: string, on = list): Promise<string | undefined> =>
    (await world.app.store.members.findByAddress(on.id, address(who)))?.status;
  const mails = (who: string, count: number): Promise<void> =>
    world.sink.until((sink) => sink.copiesFor(who).length === count);
  const press = async (url: string): Promise<string> => {
    const path = new URL(url).pathname;
    return (await fetch(world.app.webUrl + path, { method: "POST" })).text();
  };
  const backLink = (copy: SunkCopy | undefined): string =>
    /https:\/\/kairan\.example\.org\/u\/back\/[a-z2-7]+/.exec(text(copy))?.[0] ?? "";

  it("writes a blank mail, is out at once, and gets one goodbye", async () => {
    expect(await world.sends("bart@b.example", "news-unsubscribe", blank("bart@b.example"))).to.match(/^250 2\.0\.0 /);
    expect(await status("bart@b.example")).to.equal("left");
    await mails("bart@b.example", 1);

    const [goodbye] = world.inbox("bart@b.example");
    expect(goodbye?.mailFrom).to.match(/^news-bounces\+[a-z2-7]+@/);
    expect(text(goodbye))
      .to.match(/^Auto-Submitted: auto-replied\r$/m)
      .and.match(/^From: Town <news-owner@lists\.example\.org>\r$/m)
      .and.match(/^https:\/\/kairan\.example\.org\/u\/back\/[a-z2-7]{17,27}\r$/m);

    await world.quiet(postId(await world.posts("anne@north.example", "news")));
    expect(world.inbox("bart@b.example")).to.have.lengthOf(1);
    expect(world.inbox("cris@c.example")).to.have.lengthOf(1);
  });

  it("does so at LIST-leave too, in any case, with whatever stands in the mail", async () => {
    const letter = `${blank("Bart <BART@b.example>", "Subject: let me go")}please\r\n`;
    expect(await world.sends("bart@b.example", "NEWS-Leave", letter)).to.match(/^250 /);
    expect(await status("bart@b.example")).to.equal("left");
  });

  it("may write from any address of theirs, and the goodbye goes to where the copies went", async () => {
    const bart = await world.app.store.members.findByAddress(list.id, address("bart@b.example"));
    await world.app.store.senders.add(
      list.id,
      { addresses: [address("bart@b.example"), address("bart@phone.example")], name: "Bart" },
      world.clock.now(),
    );
    await world.sends("bart@phone.example", "news-unsubscribe", blank("bart@phone.example"));

    await mails("bart@b.example", 1);
    expect((await world.app.store.members.find(bart?.id ?? 0))?.status).to.equal("left");
    await world.settled();
    expect(world.inbox("bart@phone.example")).to.have.lengthOf(0);
  });

  it("is whom From names, not the envelope", async () => {
    await world.sends("cris@c.example", "news-unsubscribe", blank("bart@b.example"));
    await mails("bart@b.example", 1);
    expect([await status("bart@b.example"), await status("cris@c.example")]).to.deep.equal(["left", "active"]);
    await world.settled();
    expect(world.inbox("cris@c.example")).to.have.lengthOf(0);
  });

  it("comes back by the link of the goodbye, which GET does not press", async () => {
    await world.sends("bart@b.example", "news-unsubscribe", blank("bart@b.example"));
    await mails("bart@b.example", 1);
    const link = backLink(world.inbox("bart@b.example")[0]);

    const page = await fetch(world.app.webUrl + new URL(link).pathname);
    expect(page.status).to.equal(200);
    expect(await page.text()).to.include("Come back to “Town”?");
    expect(await status("bart@b.example")).to.equal("left");
    expect(await press(link)).to.include("You are back");
    expect(await press(link)).to.include("You are back");
    expect(await status("bart@b.example")).to.equal("active");
  });

  it("may come back for 30 days, and only from that very leaving", async () => {
    await world.sends("bart@b.example", "news-unsubscribe", blank("bart@b.example"));
    await mails("bart@b.example", 1);
    const first = backLink(world.inbox("bart@b.example")[0]);
    await press(first);
    world.clock.passes("1h");
    await world.sends("bart@b.example", "news-unsubscribe", blank("bart@b.example"));
    await mails("bart@b.example", 2);
    const second = backLink(world.inbox("bart@b.example")[1]);

    expect(await press(first)).to.include("Join the list again");
    expect(await status("bart@b.example")).to.equal("left");
    world.clock.passes("30d");
    expect(await press(second))
      .to.include("Join the list again")
      .and.include("news-subscribe@lists.example.org");
    expect(await status("bart@b.example")).to.equal("left");
  });

  it("gets one goodbye, however often it is pressed", async () => {
    await world.quiet(postId(await world.posts("anne@north.example", "news")));
    const leave =
      /https:\/\/kairan\.example\.org\/u\/[a-z2-7]+/.exec(text(world.inbox("bart@b.example")[0]))?.[0] ?? "";
    expect(await press(leave))
      .to.include("You have left")
      .and.match(/action="\/u\/back\/[a-z2-7]+"/);
    await press(leave);
    await world.sends("bart@b.example", `news-unsubscribe+${leave.split("/").at(-1)}`, blank("x@elsewhere.example"));
    await world.settled();

    expect(world.inbox("bart@b.example")).to.have.lengthOf(2);
    expect(text(world.inbox("bart@b.example")[1])).to.match(/^Auto-Submitted: auto-generated\r$/m);
  });

  it("can be made to leave and return all day by nobody, as far as mail goes", async () => {
    for (let n = 0; n < 7; n++) {
      await world.sends("bart@b.example", "news-unsubscribe", blank("bart@b.example"));
      const bart = await world.app.store.members.findByAddress(list.id, address("bart@b.example"));
      await world.app.store.members.setStatus(bart?.id ?? 0, "active", world.clock.now());
      world.clock.passes("1m");
    }
    await world.settled();
    expect(world.inbox("bart@b.example")).to.have.lengthOf(5);
  });

  it("stays gone, and is written to no more, when a robot of theirs answers the goodbye", async () => {
    await world.sends("bart@b.example", "news-unsubscribe", blank("bart@b.example"));
    await mails("bart@b.example", 1);
    const bounceAddress = world.inbox("bart@b.example")[0]?.mailFrom ?? "";
    const vacation = `${blank("bart@b.example", "Subject: Re: You have left", "Auto-Submitted: auto-replied")}I am away.\r\n`;
    for (const to of [bounceAddress, "news-owner", "news-subscribe", "news-request", "news-unsubscribe"])
      for (const mailFrom of ["", "bart@b.example"]) await world.sends(mailFrom, to, vacation);
    await world.settled();

    expect(await status("bart@b.example")).to.equal("left");
    expect(world.inbox("bart@b.example")).to.have.lengthOf(1);
  });

  it("is not told when an administrator removes them", async () => {
    const bart = await world.app.store.members.findByAddress(list.id, address("bart@b.example"));
    await world.app.store.members.setStatus(bart?.id ?? 0, "left", world.clock.now());
    await world.settled();
    expect(world.inbox("bart@b.example")).to.have.lengthOf(0);
  });

  it("of a required list is named to its administrators at once, and again when they are back", async () => {
    const club = await world.list("club", { title: "Club", members: ["dora@d.example"], required: true });
    for (const [username, listIds, isOwner] of [
      ["hana", [club.id], false],
      ["boss", [], true],
    ] as const)
      await world.app.store.accounts.add(
        { username, address: address(`${username}@office.example`), passwordHash: undefined, isOwner, listIds },
        world.clock.now(),
      );
    await world.sends("dora@d.example", "club-unsubscribe", blank("dora@d.example"));
    await mails("hana@office.example", 1);

    const [told] = world.inbox("hana@office.example");
    expect(text(told))
      .to.match(/^Auto-Submitted: auto-generated\r$/m)
      .and.include("dora@d.example")
      .and.match(new RegExp(`^https://kairan\\.example\\.org/lists/${club.id}/left\\r$`, "m"));
    await mails("dora@d.example", 1);
    await press(backLink(world.inbox("dora@d.example")[0]));
    await mails("hana@office.example", 2);
    expect(text(world.inbox("hana@office.example")[1])).to.include("come back");
    expect(world.inbox("boss@office.example")).to.have.lengthOf(0);
  });

  it("reads the goodbye in their own language", async () => {
    const bart = await world.app.store.members.findByAddress(list.id, address("bart@b.example"));
    await world.app.store.ownData.setLanguage(bart?.personId ?? 0, "ja");
    await world.sends("bart@b.example", "news-unsubscribe", blank("bart@b.example"));
    await mails("bart@b.example", 1);
    expect(text(world.inbox("bart@b.example")[0])).to.match(/^Subject: =\?UTF-8\?/m);
  });
});

describe("a blank mail to leave", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    await world.list("news", { title: "Town", members: ["cris@c.example"] });
  });
  afterEach(() => world.close());

  it("from somebody who is not on the list is answered once a day, over all lists", async () => {
    await world.list("club");
    for (const to of ["news-unsubscribe", "news-unsubscribe", "club-leave"])
      expect(await world.sends("eve@e.example", to, blank("eve@e.example"))).to.match(/^250 2\.0\.0 /);
    await world.settled();

    const [answer, ...more] = world.inbox("eve@e.example");
    expect(more).to.deep.equal([]);
    expect(text(answer))
      .to.match(/^Auto-Submitted: auto-replied\r$/m)
      .and.include("eve@e.example")
      .and.include("news-owner@lists.example.org");
    world.clock.passes("25h");
    await world.sends("eve@e.example", "news-unsubscribe", blank("eve@e.example"));
    await world.sink.until((sink) => sink.copiesFor("eve@e.example").length === 2);
  });

  const robots: readonly (readonly [string, string, readonly string[]])[] = [
    ["an automatic answer", "cris@c.example", ["Auto-Submitted: auto-replied"]],
    ["bulk mail", "cris@c.example", ["Precedence: bulk"]],
    ["list mail", "cris@c.example", ["List-Id: <x.example>"]],
    ["a bounce", "", []],
  ];
  for (const [what, mailFrom, fields] of robots) {
    it(`that is ${what} moves and tells nobody`, async () => {
      expect(await world.sends(mailFrom, "news-unsubscribe", blank("cris@c.example", ...fields))).to.match(
        /^550 5\.7\.1 /,
      );
      await world.quiet(postId(await world.posts("anne@north.example", "news")));
      expect(world.inbox("cris@c.example")).to.have.lengthOf(1);
    });
  }

  it("at an address that means nothing is refused before its body", async () => {
    const forged = `news-unsubscribe+${"a".repeat(18)}`;
    for (const to of ["news-unsubscribes", "news-exit", "nosuch-unsubscribe", "news-unsubscribe-x", forged]) {
      const client = await world.connect();
      for (const line of ["EHLO client.example", "MAIL FROM:<cris@c.example>"]) await client.say(line);
      expect(await client.say(`RCPT TO:<${to}@${domain}>`), to).to.match(/^550 5\.1\.1 /);
      await client.quit();
    }
  });
});
