/** What the server does for itself: a deleted list is gone for everybody at once, and trouble is told before anybody looks for it. */
import { expect } from "chai";
import { silentLog } from "../../server/log.ts";
import { until } from "../support/until.ts";
import { World, postId } from "../support/world.ts";

describe("a list that is deleted", () => {
  let world: World;
  afterEach(() => world.close());

  it("refuses mail, lets nothing more leave, comes back with its members, and is purged after a week", async () => {
    world = await World.open({
      sink: { recipients: { "bart@b.example": ["450 4.2.1 later"] } },
      outbound: { retry: ["30s"] },
    });
    const { store } = world.app;
    const list = await world.list("news", { members: ["bart@b.example", "cris@c.example"] });
    const id = postId(await world.posts("anne@north.example", "news"));
    await world.quiet(id);

    await store.deletedLists.add(list.id, world.clock.now());
    for (const address of ["news", "news-subscribe", "news-owner"])
      expect(await world.posts("anne@north.example", address)).to.match(/^550 5\.1\.1 /);
    world.clock.passes("30s");

    await store.deletedLists.restore(list.id, world.clock.now());
    const next = postId(await world.posts("anne@north.example", "news", { subject: "Back" }));
    await world.quiet(next);
    expect(await world.states(id)).to.deep.equal({ "bart@b.example": "cancelled", "cris@c.example": "sent" });
    expect(await world.states(next)).to.deep.equal({ "bart@b.example": "sent", "cris@c.example": "sent" });

    await store.deletedLists.add(list.id, world.clock.now());
    world.clock.passes("7d");
    await until(async () => (await store.database.reader.selectFrom("list").select("id").execute()).length === 0);
    expect(await store.database.reader.selectFrom("delivery").select("id").execute()).to.deep.equal([]);
  });
});

describe("a relay that refuses the password", () => {
  it("is told to the log, in its own words, while every copy waits", async () => {
    const told: string[] = [];
    const world = await World.open({
      sink: { login: { user: "kairan", password: "right", mechanisms: "PLAIN" } },
      outbound: { retry: ["1d", "1d"] },
      relay: { user: "kairan", password: "wrong" },
      log: { ...silentLog, warn: (event, fields) => void told.push(`${event} ${JSON.stringify(fields)}`) },
    });
    try {
      await world.list("news", { members: ["bart@b.example", "cris@c.example", "dora@d.example"] });
      const id = postId(await world.posts("anne@north.example", "news"));
      const look = async (): Promise<boolean> => {
        world.clock.passes("1m");
        await world.app.jobs.find(({ name }) => name.includes("health"))?.run();
        return told.some((line) => line.includes("queue-refused") && line.includes("535"));
      };
      await until(look);
      expect(Object.values(await world.states(id))).to.not.include("failed");
    } finally {
      await world.close();
    }
  });
});
