import { expect } from "chai";
import { until } from "../support/until.ts";
import { World, postId } from "../support/world.ts";

describe("a post that cannot be written down for its members", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  const recipients = async (post: number, json: string | null) =>
    world.app.store.database.write(async (write) =>
      write.updateTable("post").set({ recipients_json: json }).where("id", "=", post).execute(),
    );

  it("holds up no other post, and goes out once it can", async () => {
    await world.list("waits", { members: ["bart@b.example"], cooloffMs: 60_000 });
    await world.list("news", { members: ["cris@c.example"], cooloffMs: 60_000 });
    const broken = postId(await world.posts("anne@north.example", "waits"));
    await recipients(broken, "{");
    const good = postId(await world.posts("anne@north.example", "news"));
    world.clock.passes("1m");
    await world.quiet(good);
    expect(world.inbox("cris@c.example")).to.have.length(1);
    // A later one does not wait for it, either.
    const later = postId(await world.posts("anne@north.example", "news", { subject: "Later" }));
    world.clock.passes("1m");
    await world.quiet(later);
    expect(world.inbox("bart@b.example")).to.deep.equal([]);
    await recipients(broken, null);
    world.clock.passes("2m");
    await until(() => world.inbox("bart@b.example").length === 1);
  });
});
