/** The main job: a registered sender writes to the list, every member gets an own copy, the history knows of each. */
import { expect } from "chai";
import { allCopies, postState } from "../../server/lists/post.ts";
import { World, postId } from "../support/world.ts";

describe("a post by mail", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  it("reaches every active member in a copy of their own, and nobody else", async () => {
    await world.list("news", { members: ["bart@b.example", "cris@c.example", "taro..x.@docomo.ne.jp"] });
    await world.list("other", { members: ["dora@d.example"] });

    const post = await world.quiet(
      postId(await world.posts("anne@north.example", "news", { text: "All is well.\r\n" })),
    );

    expect(world.sink.violations).to.deep.equal([]);
    expect(world.sink.copies.map((copy) => copy.rcptTo).sort()).to.deep.equal([
      '"taro..x."@docomo.ne.jp',
      "bart@b.example",
      "cris@c.example",
    ]);
    for (const copy of world.sink.copies) {
      const text = copy.text.toString();
      expect(text).to.include("All is well.");
      expect(text).to.match(/^To: <[^,\n]*>\r$/m);
      const others = ["bart@b", "cris@c", "taro..x"].filter((other) => !copy.rcptTo.includes(other));
      for (const other of others) expect(text, `the copy of ${copy.rcptTo}`).not.to.include(other);
      expect(copy.mailFrom).to.match(/^news-bounces\+[a-z2-7]+@lists\.example\.org$/);
    }
    expect(post.tally.sent).to.equal(3);
    expect(allCopies(post.tally)).to.equal(3);
    expect(postState(post, world.clock.now())).to.equal("sent");
  });

  it("is refused from anybody else, reaches nobody, and is shown to the administrator", async () => {
    const list = await world.list("news", { members: ["bart@b.example"] });

    const reply = await world.posts("mallory@evil.example", "news", { subject: "Buy" });

    expect(reply).to.match(/^550 5\.7\.1 /);
    const [refused] = await world.app.store.refusals.page(list.id, { limit: 10 });
    expect(refused).to.include({
      author: "mallory@evil.example",
      mailFrom: "mallory@evil.example",
      subject: "Buy",
      reason: "not-a-sender",
    });
    expect(await world.app.store.posts.page({ limit: 10 })).to.have.lengthOf(0);
    expect(world.sink.copies).to.have.lengthOf(0);
  });

  it("that comes twice is one distribution with the same POST-ID", async () => {
    await world.list("news", { members: ["bart@b.example"] });
    const letter = "From: anne@north.example\r\nMessage-ID: <same@north.example>\r\nSubject: once\r\n\r\nonce\r\n";

    const first = await world.sends("anne@north.example", "news", `Received: from a by b; today\r\n${letter}`);
    const again = await world.sends("anne@north.example", "news", `Received: from x by y; later\r\n${letter}`);

    expect(postId(again)).to.equal(postId(first));
    await world.quiet(postId(first));
    expect(world.inbox("bart@b.example")).to.have.lengthOf(1);
  });

  it("to two lists is a post on each and one copy a person", async () => {
    await world.list("news", { members: ["bart@b.example", "cris@c.example"] });
    await world.list("club", { members: ["bart@b.example", "dora@d.example"] });

    const reply = await world.posts("anne@north.example", ["news", "club"]);

    const ids = (/ ([\d,]+)$/.exec(reply)?.[1] ?? "").split(",").map(Number);
    expect(ids).to.have.lengthOf(2);
    for (const id of ids) await world.quiet(id);
    expect(world.sink.copies.map((copy) => copy.rcptTo).sort()).to.deep.equal([
      "bart@b.example",
      "cris@c.example",
      "dora@d.example",
    ]);
  });

  it("that one of two lists refuses is accepted by the other, and its author is told", async () => {
    await world.list("news", { members: ["bart@b.example"] });
    await world.list("board", { members: ["dora@d.example"], senders: [] });

    const reply = await world.posts("anne@north.example", ["news", "board"], { subject: "Both" });

    await world.quiet(postId(reply));
    await world.sink.until((sink) => sink.copiesFor("anne@north.example").length > 0);
    const notice = world.inbox("anne@north.example")[0]?.text.toString() ?? "";
    expect(notice).to.match(/^Auto-Submitted: auto-replied\r$/m);
    expect(notice).to.include("board@lists.example.org").and.not.include("news@lists.example.org\r\n\r\n");
    expect(world.inbox("dora@d.example")).to.have.lengthOf(0);
  });

  it("does not wait behind a large one", async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    await world.close();
    world = await World.open({
      sink: { everyConnection: { at: "ehlo", say: "250 sink", after: gate } },
      outbound: { connections: 2 },
    });
    await world.list("town", { members: Array.from({ length: 3000 }, (_, n) => `m${n}@town.example`) });
    await world.list("club", { members: ["bart@b.example"] });

    await world.posts("anne@north.example", "town");
    await world.posts("anne@north.example", "club");
    open();
    await world.sink.until((sink) => sink.copiesFor("bart@b.example").length > 0);

    expect(world.sink.copies.length).to.be.below(300);
  });
});
