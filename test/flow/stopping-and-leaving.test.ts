/** Whoever leaves, and whatever is stopped, gets nothing more from the next claim on. */
import { expect } from "chai";
import { allCopies, postState } from "../../server/lists/post.ts";
import { openStore } from "../../server/store/store.ts";
import { until } from "../support/until.ts";
import { World, postId } from "../support/world.ts";

const slow = { at: "dot", say: "451 4.3.0 later" } as const;

describe("what is ended on the way", () => {
  let world: World;
  afterEach(() => world.close());

  it("is cancelled for a member who left before the retry", async () => {
    world = await World.open({
      sink: { recipients: { "bart@b.example": [slow], "cris@c.example": [slow] } },
      outbound: { retry: ["30s"] },
    });
    const list = await world.list("news", { members: ["bart@b.example", "cris@c.example"] });
    const id = postId(await world.posts("anne@north.example", "news"));
    await world.quiet(id);

    const [bart] = await world.app.store.members.page(list.id, { limit: 1, search: "bart" });
    await world.app.store.members.setStatus(bart?.id ?? 0, "left", world.clock.now());
    world.clock.passes("30s");
    await world.sink.until((sink) => sink.copiesFor("cris@c.example").length === 1);
    await world.quiet(id);

    const [row] = await world.app.store.deliveries.page(id, { limit: 1, state: "cancelled" });
    expect(row).to.include({ address: "bart@b.example", reason: "left" });
    expect(world.inbox("bart@b.example")).to.have.lengthOf(0);
  });

  it("is cancelled for everybody who has no copy yet when the post is stopped", async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    world = await World.open({
      sink: { everyConnection: { at: "ehlo", say: "250 sink", after: gate } },
      outbound: { connections: 2 },
    });
    await world.list("news", { members: Array.from({ length: 2500 }, (_, n) => `m${n}@many.example`) });
    const id = postId(await world.posts("anne@north.example", "news"));
    await until(async () => ((await world.app.store.posts.find(id))?.tally.sending ?? 0) > 0);

    // As the command line does it: another process tells only the database.
    const other = await openStore(world.app.store.database.location);
    expect(await other.posts.stop(id, world.clock.now())).to.equal(true);
    await other.close();
    // All but the two that the connections were opened for: what the queue had claimed is given back, too.
    await until(async () => ((await world.app.store.posts.find(id))?.tally.cancelled ?? 0) >= 2498);
    open();

    const post = await world.quiet(id);
    expect(postState(post, world.clock.now())).to.equal("stopped");
    expect(post.tally.cancelled + post.tally.sent + post.tally.deferred).to.equal(2500);
    expect(allCopies(post.tally)).to.equal(2500);
    expect(world.sink.copies.length).to.be.at.most(4);
  });

  it("is cancelled for a member who leaves while the relay is down", async () => {
    const busy = { at: "connect", say: "421 4.3.2 busy", then: "close" } as const;
    world = await World.open({
      sink: { everyConnection: busy },
      outbound: { connections: 1, retry: ["1s"] },
    });
    const list = await world.list("news", { members: ["bart@b.example", "cris@c.example", "dora@d.example"] });
    const id = postId(await world.posts("anne@north.example", "news"));
    await until(async () => ((await world.app.store.posts.find(id))?.tally.sending ?? 0) > 0);

    const members = await world.app.store.members.page(list.id, { limit: 3 });
    for (const member of members) await world.app.store.members.setStatus(member.id, "left", world.clock.now());
    world.clock.passes("11s");

    const post = await world.quiet(id);
    expect(post.tally.sent).to.equal(0);
    expect(world.sink.copies).to.have.lengthOf(0);
  });

  it("still comes by the other list to which the message was sent", async () => {
    world = await World.open();
    const town = await world.list("town", { members: ["bart@b.example", "cris@c.example"], cooloffMs: 60_000 });
    await world.list("club", { members: ["bart@b.example", "cris@c.example", "dora@d.example"], cooloffMs: 60_000 });
    const reply = await world.posts("anne@north.example", ["town", "club"]);
    const [first = 0, second = 0] = (/ ([\d,]+)$/.exec(reply)?.[1] ?? "").split(",").map(Number);

    const [bart] = await world.app.store.members.page(town.id, { limit: 1, search: "bart" });
    await world.app.store.members.setStatus(bart?.id ?? 0, "left", world.clock.now());
    await world.app.store.posts.stop(first, world.clock.now());
    world.clock.passes("1m");
    await world.sink.until((sink) => sink.copies.length >= 3);

    await world.quiet(first);
    const club = await world.quiet(second);
    expect(world.sink.copies.map((copy) => copy.rcptTo).sort()).to.deep.equal([
      "bart@b.example",
      "cris@c.example",
      "dora@d.example",
    ]);
    expect(club.tally.sent).to.equal(3);
  });

  it("does not begin before the list's cool-off is over", async () => {
    world = await World.open();
    await world.list("news", { members: ["bart@b.example"], cooloffMs: 60_000 });

    const id = postId(await world.posts("anne@north.example", "news"));
    const waiting = await world.app.store.posts.find(id);
    expect(waiting && postState(waiting, world.clock.now())).to.equal("waiting");
    expect(world.sink.connections).to.equal(0);
    world.clock.passes("1m");

    await world.sink.until((sink) => sink.copiesFor("bart@b.example").length === 1);
  });

  it("leaves by the token of a copy, by page or by mail, for ever", async () => {
    world = await World.open();
    await world.list("news", { members: ["bart@b.example", "cris@c.example"] });
    const first = postId(await world.posts("anne@north.example", "news"));
    await world.quiet(first);
    const token =
      /news-unsubscribe\+([a-z2-7]+)@/.exec(world.inbox("bart@b.example")[0]?.text.toString() ?? "")?.[1] ?? "";

    // Forwarded mail: somebody else's From, the token alone counts.
    expect(
      await world.sends(
        "forward@elsewhere.example",
        `news-unsubscribe+${token}`,
        "From: forward@elsewhere.example\r\n\r\n",
      ),
    ).to.match(/^250 /);
    await world.quiet(postId(await world.posts("anne@north.example", "news", { subject: "Second" })));

    // The goodbye, which the server writes itself, is no copy.
    const copies = (member: string): number =>
      world.inbox(member).filter(({ text }) => !/^Auto-Submitted:/im.test(text.toString())).length;
    expect(copies("bart@b.example")).to.equal(1);
    expect(copies("cris@c.example")).to.equal(2);
  });
});
