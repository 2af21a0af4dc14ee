/** A member at whose address nobody is any more is stopped after three days, and receives again when resumed. */
import { expect } from "chai";
import { World, address, postId } from "../support/world.ts";

const gone = "550 5.1.1 <bart@b.example>: user unknown";

function report(copy: string): string {
  return [
    "From: MAILER-DAEMON@b.example",
    `To: ${copy}`,
    "Subject: Undelivered mail",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; b.example",
    "",
    "Final-Recipient: rfc822; bart@b.example",
    "Action: failed",
    "Status: 5.1.1",
    `Diagnostic-Code: smtp; ${gone}`,
    "",
    "--b--",
    "",
  ].join("\r\n");
}

function complaint(copy: string): string {
  return [
    "From: feedback@b.example",
    `To: ${copy}`,
    "Subject: FW: Water",
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
    "",
    "--b",
    "Content-Type: message/feedback-report",
    "",
    "Feedback-Type: abuse",
    "Version: 1",
    "",
    "--b--",
    "",
  ].join("\r\n");
}

describe("a member whose mail comes back", () => {
  let world: World;
  afterEach(() => world.close());

  /** The next post goes out; the envelope sender of bart's copy. */
  async function posted(): Promise<string> {
    const before = world.inbox("bart@b.example").length;
    await world.quiet(postId(await world.posts("anne@north.example", "news")));
    return world.inbox("bart@b.example")[before]?.mailFrom ?? "";
  }

  async function tell(): Promise<void> {
    await world.app.jobs.find((job) => job.name === "word of stopped members")?.run();
  }

  it("is stopped after three days, the administrator hears of it once, and resumed receives again", async () => {
    world = await World.open();
    const list = await world.list("news", { members: ["bart@b.example", "cris@c.example"] });
    const hana = { username: "hana", address: address("hana@office.example"), passwordHash: undefined };
    await world.app.store.accounts.add({ ...hana, isOwner: false, listIds: [list.id] }, world.clock.now());

    for (const day of [1, 2, 3]) {
      const copy = await posted();
      expect(await world.sends("", copy, report(copy)), `day ${day}`).to.match(/^250 /);
      // A second report on the same day says nothing new.
      const again = await posted();
      if (again !== "") await world.sends("", again, report(again));
      world.clock.passes("1d");
    }
    await tell();
    await world.sink.until((sink) => sink.copiesFor("hana@office.example").length === 1);
    const [mail] = world.inbox("hana@office.example");
    expect(mail?.text.toString()).to.contain("bart@b.example").and.contain("user unknown");
    expect(mail?.text.toString()).to.contain(`https://kairan.example.org/lists/${list.id}/members?status=3Dbounced`);

    const before = world.inbox("bart@b.example").length;
    expect(await posted()).to.equal("");
    expect(world.inbox("cris@c.example")).to.not.have.lengthOf(0);
    world.clock.passes("1d");
    await tell();

    const bart = await world.app.store.members.findByAddress(list.id, address("bart@b.example"));
    expect(bart?.status).to.equal("bounced");
    await world.app.store.members.setStatus(bart?.id ?? 0, "active", world.clock.now());
    await posted();
    expect(world.inbox("bart@b.example")).to.have.lengthOf(before + 1);
    expect(world.inbox("hana@office.example")).to.have.lengthOf(1);
  });

  it("is stopped by refusals of the next server that say so, and by none that say anything else", async () => {
    world = await World.open({
      sink: { recipients: { "bart@b.example": [gone, gone, gone], "cris@c.example": Array(3).fill("550 5.7.1 spam") } },
    });
    const list = await world.list("news", { members: ["bart@b.example", "cris@c.example"] });
    for (let day = 0; day < 3; day++) {
      await posted();
      world.clock.passes("1d");
    }
    const counts = await world.app.store.members.counts(list.id);
    expect(counts).to.include({ active: 1, bounced: 1 });
    expect((await world.app.store.members.findByAddress(list.id, address("cris@c.example")))?.status).to.equal(
      "active",
    );
  });

  it("is not stopped by a relay that says so of everybody, of which the administrator hears once a day", async () => {
    const members = Array.from({ length: 30 }, (_, n) => `m${n}@m.example`);
    const recipients = Object.fromEntries(members.map((who) => [who, "550 5.1.1 user unknown"]));
    world = await World.open({ sink: { recipients } });
    const list = await world.list("news", { members });
    const hana = { username: "hana", address: address("hana@office.example"), passwordHash: undefined };
    await world.app.store.accounts.add({ ...hana, isOwner: false, listIds: [list.id] }, world.clock.now());
    for (let day = 0; day < 4; day++) {
      await posted();
      for (let time = 0; time < 2; time++)
        await world.app.jobs.find((job) => job.name === "word of too many failures")?.run();
      world.clock.passes("1d");
    }
    expect(await world.app.store.members.counts(list.id)).to.include({ active: 30, bounced: 0 });
    await world.sink.until((sink) => sink.copiesFor("hana@office.example").length === 4);
    expect(world.inbox("hana@office.example")[0]?.text.toString())
      .to.contain("30 of 30 members")
      .and.contain("user unknown");
  });

  it("leaves by reporting a copy as spam, of which only the administrators of a required list are told", async () => {
    world = await World.open();
    const list = await world.list("news", { members: ["bart@b.example"], required: true });
    const hana = { username: "hana", address: address("hana@office.example"), passwordHash: undefined };
    await world.app.store.accounts.add({ ...hana, isOwner: false, listIds: [list.id] }, world.clock.now());
    const copy = await posted();

    await world.sends("", copy, complaint(copy));
    await world.sends("", copy, complaint(copy));
    await world.restart();
    await world.sink.until((sink) => sink.copiesFor("hana@office.example").length === 1);
    await posted();

    expect(world.sink.copies.map((one) => one.rcptTo).toSorted()).to.deep.equal([
      "bart@b.example",
      "hana@office.example",
    ]);
  });

  it("leaves by reporting a copy as spam, without a word to anybody", async () => {
    world = await World.open();
    const list = await world.list("news", { members: ["bart@b.example", "cris@c.example"] });
    const copy = await posted();
    expect(await world.sends("", copy, complaint(copy))).to.match(/^250 /);
    expect(await world.sends("", copy, complaint(copy))).to.match(/^250 /);

    const bart = await world.app.store.members.findByAddress(list.id, address("bart@b.example"));
    expect(bart).to.include({ status: "left", endedBy: "member" });
    expect(await posted()).to.equal("");
    expect(world.sink.copies.map((one) => one.mailFrom === "")).to.not.include(true);
    expect(world.sink.copies).to.have.lengthOf(3);
  });
});
