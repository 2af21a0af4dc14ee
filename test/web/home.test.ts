/** The first page: how to send, the last sends, what needs a hand, and what the server's owners must know. */
import { expect } from "chai";
import { noteFailures } from "../../server/store/members/failure-days.ts";
import { lastBackupKey } from "../../server/store/database/server-state.ts";
import { address, Panel } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

const day = "1d";

describe("the first page", () => {
  let panel: Panel;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open();
    await panel.owner("olivia");
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  const home = async (who = visitor): Promise<string> => (await who.get("/")).text;
  const text = async (who = visitor): Promise<string> => readable(await home(who));

  it("says the first three steps while there is no list", async () => {
    expect(await text())
      .to.include("Three steps to the first mail")
      .and.include("Make a list")
      .and.not.include("Last sent");
    await panel.account("nadia");
    expect(await text(await Visitor.signedIn(panel, "nadia"))).to.include("Ask an owner of this server");
  });

  it("begins with the lists to which one may write, and how", async () => {
    const news = await panel.list("news", { members: ["bart@b.example", "cris@c.example"] });
    await panel.list("zoo");
    await panel.store.senders.add(news.id, { addresses: [address("olivia@example.org")], name: "" }, panel.clock.now());
    const page = await home();
    expect(page).to.include('href="mailto:news@lists.example.org"').and.not.include("mailto:zoo@");
    expect(readable(page))
      .to.match(/Yours: olivia@example\.org\..*List news.*to 2 members.*List zoo/)
      .and.include("Your address may not post here.")
      .and.include("Nobody would get it yet.");
  });

  it("says at its top, while there is time, what can still be called back", async () => {
    const news = await panel.list("news", { members: ["bart@b.example"] });
    const id = await panel.accepted(news, { subject: "Slip", startsIn: 60_000 });
    expect(await home()).to.match(new RegExp(`notice warn[^]*Slip[^]*href="/posts/${id}">[^]*Call back[^]*Write`));
    panel.clock.passes("60s");
    expect(await text())
      .to.include("Slip")
      .and.not.include("Call back");
  });

  it("lets members write where the list lets them", async () => {
    await panel.list("news", { members: ["olivia@example.org"], posting: "members" });
    await panel.list("closed", { members: ["olivia@example.org"] });
    expect(await home())
      .to.include("mailto:news@")
      .and.not.include("mailto:closed@");
  });

  it("shows six lists and the way to all others", async () => {
    for (let n = 0; n < 8; n++) await panel.list(`list${n}`);
    expect((await home()).match(/data-copy=/g)).to.have.length(6);
    expect(await text()).to.include("All 8 lists");
  });

  it("shows what became of the last sends, in each list's own time", async () => {
    const news = await panel.list("news", {
      members: ["a@b.example", "b@b.example", "c@b.example"],
      timezone: "Pacific/Kiritimati",
    });
    await panel.distributed(news, { subject: "Sports <day>" });
    await panel.copies(1, "sent");
    await panel.copies(1, "failed");
    const page = await text();
    expect(page).to.match(/Sports <day>.*List news.*Sent 1 Not arrived 1 Still going 1/);
    const there = new Intl.DateTimeFormat("en-GB", { timeZone: "Pacific/Kiritimati", day: "numeric", month: "short" });
    expect(page).to.include(there.format(panel.clock.now()).slice(0, 6));
    expect(page).to.not.include("Stopped");
  });

  it("says what needs a hand, each with its page, and nothing while nothing does", async () => {
    const news = await panel.list("news", { members: ["a@b.example", "b@b.example", "c@b.example"] });
    expect(await text()).to.not.include("Needs a hand");
    await panel.accepted(news, { disposition: "held" });
    const now = panel.clock.now();
    for (const [id, status] of [
      [1, "bounced"],
      [2, "waiting"],
    ] as const)
      await panel.store.members.setStatus(id, status, now);
    await panel.store.members.leave(3, now);
    const refusal = {
      listId: news.id,
      at: now,
      client: "",
      mailFrom: "",
      author: "",
      subject: "",
      reason: "",
      reply: "",
    };
    await panel.store.refusals.record(refusal);
    await panel.store.refusals.record({ ...refusal, at: now - 8 * 86_400_000 });
    const page = await home();
    for (const said of [
      "1 post is held until you approve it",
      "1 member gets nothing: mail came back",
      "1 person has not finished joining",
      "1 post was refused this week",
      "1 member left this week",
    ])
      expect(readable(page)).to.include(said);
    for (const path of ["/lists/1", "/lists/1/refused", "/lists/1/members?status=bounced"])
      expect(page).to.include(`href="${path}"`);
    await panel.account("eve", { lists: [await panel.list("other")] });
    expect(await text(await Visitor.signedIn(panel, "eve"))).to.not.include("Needs a hand");
  });

  it("warns the owners, and nobody else, with the relay's own words", async () => {
    const news = await panel.list("news");
    await panel.account("adam", { lists: [news] });
    const refused = {
      id: 1,
      postId: 1,
      state: "deferred",
      reply: "535 5.7.8 <wrong password>",
      host: "",
      dueAt: 0,
    } as const;
    panel.outcomes.note([1, 2].map((id) => ({ ...refused, id, at: panel.clock.now() })));
    panel.clock.passes("1m");
    expect(await text())
      .to.include("Look at the relay's settings")
      .and.include("535 5.7.8 <wrong password>");
    expect(await text(await Visitor.signedIn(panel, "adam"))).to.not.include("relay");
    panel.outcomes.note([{ ...refused, state: "sent", at: panel.clock.now() }]);
    panel.clock.passes("1m");
    expect(await text()).to.not.include("relay");
  });

  it("warns when a relay refuses everybody of a list, with its words, until a day and a half later", async () => {
    const news = await panel.list("news", { members: Array.from({ length: 30 }, (_, n) => `m${n}@m.example`) });
    const at = panel.clock.now();
    const failures = { listId: news.id, count: 29, words: "550 5.1.1 <who?>", at };
    await panel.store.database.write((write) => noteFailures(write, failures));
    panel.clock.passes("1m");
    expect(await text())
      .to.include("of 30 members of a list 29 were refused at once")
      .and.include("550 5.1.1 <who?>");
    panel.clock.passes("37h");
    expect(await text()).to.not.include("refused at once");
  });

  it("asks for a backup after a week, and is content with one of this week", async () => {
    panel.clock.passes(day);
    expect(await text()).to.not.include("Make a backup");
    for (let days = 0; days < 7; days++) panel.clock.passes(day);
    visitor = await Visitor.signedIn(panel, "olivia");
    expect(await text())
      .to.include("Make a backup: there is none yet.")
      .and.include("How to make a backup");
    await panel.store.database.write((write) =>
      write
        .insertInto("server_state")
        .values({ key: lastBackupKey, value: String(panel.clock.now()) })
        .execute(),
    );
    panel.clock.passes("1m");
    expect(await text()).to.not.include("Make a backup");
    for (let days = 0; days < 8; days++) panel.clock.passes(day);
    visitor = await Visitor.signedIn(panel, "olivia");
    expect(await text()).to.include("Make a backup: the last one is of");
  });

  it("warns when copies are due and none is tried", async () => {
    const news = await panel.list("news", { members: ["a@b.example"] });
    await panel.distributed(news);
    panel.clock.passes("14m");
    expect(await text()).to.not.include("copies are due");
    panel.clock.passes("2m");
    expect(await text()).to.include("copies are due, and none has been tried since");
  });
});
