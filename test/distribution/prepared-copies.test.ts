import { expect } from "chai";
import { PreparedCopies } from "../../server/distribution/prepared-copies.ts";
import { checkConfig } from "../../server/config.ts";
import { World, domain, postId } from "../support/world.ts";

describe("prepared copies", () => {
  it("hold no more of different posts at once than fits, and the rest comes later", async () => {
    const world = await World.open();
    try {
      await world.list("news", { members: ["bart@b.example", "cris@c.example"] });
      const claims = [];
      for (let n = 0; n < 3; n++) {
        const id = postId(await world.posts("anne@north.example", "news", { text: `${"long ".repeat(400)}\r\n` }));
        await world.quiet(id);
        for (const { id: delivery } of await world.app.store.deliveries.page(id, { limit: 2 }))
          claims.push(await world.app.store.deliveries.forShowing(delivery));
      }
      const config = checkConfig(
        { hostname: domain, outbound: { via: "outbox" } },
        { file: "test", folder: "/", trial: false },
      );
      const copies = new PreparedCopies(world.app.store, config, { mostOctets: 6000 });

      const made = await copies.prepare(claims.filter((claim) => claim !== undefined));

      expect(made.map((copy) => (copy === "later" ? "later" : copy?.rcptTo))).to.deep.equal([
        "bart@b.example",
        "cris@c.example",
        "bart@b.example",
        "cris@c.example",
        "later",
        "later",
      ]);
    } finally {
      await world.close();
    }
  });
});
