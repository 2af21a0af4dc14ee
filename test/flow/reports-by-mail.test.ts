import { expect } from "chai";
import { until } from "../support/until.ts";
import { postFile } from "../../server/cli/post-file.ts";
import { World, address, domain, postId } from "../support/world.ts";

describe("a list that wants reports", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open({
      sink: { recipients: { "gone@b.example": "550 5.1.1 no such user" } },
    });
    await world.app.store.accounts.add(
      { username: "olivia", address: address("olivia@o.example"), passwordHash: undefined, isOwner: true, listIds: [] },
      world.clock.now(),
    );
  });
  afterEach(() => world.close());

  const reports = (to: string): readonly string[] =>
    world
      .inbox(to)
      .map(({ text }) => text.toString())
      .filter((text) => /^Auto-Submitted: auto-generated\r$/m.test(text));

  it("tells sender and administrators how a post went, and again when copies came back", async () => {
    await world.list("news", { members: ["bart@b.example", "gone@b.example"], reportTo: "both" });
    const post = postId(await world.posts("anne@north.example", "news"));
    await world.quiet(post);
    world.clock.passes("15s");
    await until(() => reports("anne@north.example").length === 1 && reports("olivia@o.example").length === 1);
    const [first = ""] = reports("anne@north.example");
    expect(first).to.match(/^Subject: Sent to 1 of 2, 1 astray: Water\r$/m);
    expect(first)
      .to.contain("gone@b.example: 550 5.1.1 no such user")
      .and.to.match(/filename="?news-1\.csv/);
    // Nothing came back: nothing new is told.
    world.clock.passes("61m");
    await until(async () => (await reportRow(post))?.stage === 2);
    expect(reports("anne@north.example")).to.have.length(1);
    const [sent] = await world.app.store.deliveries.page(post, { state: "sent", limit: 1 });
    await world.app.store.bounces.record({
      deliveryId: sent?.id ?? 0,
      permanence: "permanent",
      status: "5.1.1",
      diagnostic: "gone too",
      report: Buffer.from("x"),
      receivedAt: world.clock.now(),
    });
    world.clock.passes("25h");
    await until(() => reports("anne@north.example").length === 2);
    expect(reports("anne@north.example")[1]).to.match(/^Subject: Sent to 0 of 2, 2 astray: Water\r$/m);
    world.clock.passes("6d");
    await until(async () => (await reportRow(post))?.next_at === null);
    expect(reports("anne@north.example")).to.have.length(2);
  });

  it("tells a member who posts how it went, and no names", async () => {
    const members = ["bart@b.example", "gone@b.example"];
    await world.list("news", { members, reportTo: "both", posting: "members" });
    await world.quiet(postId(await world.posts("bart@b.example", "news")));
    world.clock.passes("15s");
    await until(() => reports("bart@b.example").length === 1 && reports("olivia@o.example").length === 1);
    const [told = ""] = reports("bart@b.example");
    expect(told)
      .to.contain("Sent to 1 of 2")
      .and.not.match(/gone@|news-1\.csv|\/posts\//);
    expect(reports("olivia@o.example")[0])
      .to.contain("gone@b.example")
      .and.match(/news-1\.csv/);
  });

  it("does not write to the author of an operator's file whom nobody knows", async () => {
    await world.list("news", { members: ["bart@b.example"], reportTo: "both", senders: [] });
    const { store } = world.app;
    const list = await store.lists.findByAddress("news", domain);
    const message = Buffer.from("From: stranger@s.example\r\nSubject: Water\r\n\r\nOff.\r\n");
    const posted = list && (await postFile(store, { list, message, hostname: domain, clock: world.clock }));
    world.app.wake();
    await world.quiet(posted?.ok === true ? posted.post.id : 0);
    world.clock.passes("15s");
    await until(() => reports("olivia@o.example").length === 1);
    expect(world.inbox("stranger@s.example")).to.deep.equal([]);
  });

  it("that cannot be written holds up no other", async () => {
    const broken = await world.list("broken", { members: ["bart@b.example"], reportTo: "sender" });
    await world.list("news", { members: ["bart@b.example"], reportTo: "sender" });
    for (const name of ["broken", "news"]) await world.quiet(postId(await world.posts("anne@north.example", name)));
    // As a backup of a server that knew more zones may bring it.
    await world.app.store.database.write(async (write) =>
      write.updateTable("list").set({ timezone: "No/Where" }).where("id", "=", broken.id).execute(),
    );
    world.clock.passes("15s");
    await until(() => reports("anne@north.example").length === 1);
    expect(reports("anne@north.example")[0]).to.contain("news-1.csv");
    await world.app.store.database.write(async (write) => write.updateTable("list").set({ timezone: null }).execute());
    world.clock.passes("6m");
    await until(() => reports("anne@north.example").length === 2);
  });

  it("tells nobody else, and nothing of a list that wants none", async () => {
    await world.list("news", { members: ["bart@b.example"] });
    const post = postId(await world.posts("anne@north.example", "news"));
    await world.quiet(post);
    world.clock.passes("2h");
    expect(await reportRow(post)).to.equal(undefined);
    expect(reports("anne@north.example")).to.deep.equal([]);
  });

  it("hears of news at most once an hour, and of none that was there before", async () => {
    const list = await world.list("news", { members: ["bart@b.example"] });
    await world.quiet(postId(await world.posts("anne@north.example", "news", { subject: "Before" })));
    await world.app.store.lists.update(list.id, { reportNews: true });
    const look = async () => world.app.jobs.find(({ name }) => name.includes("news"))?.run();
    await look();
    for (const subject of ["One", "Two"])
      await world.quiet(postId(await world.posts("anne@north.example", "news", { subject })));
    await look();
    await until(() => reports("olivia@o.example").length === 1);
    const [told = ""] = reports("olivia@o.example");
    expect(told).to.contain("One").and.to.contain("Two").and.not.to.contain("Before");
    await world.quiet(postId(await world.posts("anne@north.example", "news", { subject: "Three" })));
    await look();
    world.clock.passes("1h");
    await look();
    await look();
    await until(() => reports("olivia@o.example").length === 2);
    expect(reports("olivia@o.example")[1]).to.contain("Three").and.not.to.contain("Two");
  });

  const reportRow = async (post: number) =>
    world.app.store.database.reader
      .selectFrom("post_report")
      .selectAll()
      .where("post_id", "=", post)
      .executeTakeFirst();
});
