/** The same way of a post with PostgreSQL underneath, the restart included. */
import { expect } from "chai";
import { freshDatabase } from "../support/postgres.ts";
import { World, postId } from "../support/world.ts";

describe("a post on PostgreSQL", () => {
  it("reaches every member, is retried, stopped cleanly and found again", async () => {
    const database = await freshDatabase();
    const world = await World.open({
      database: database.url,
      sink: { recipients: { "m7@many.example": ["451 4.2.1 later"] } },
      outbound: { retry: ["30s"] },
    });
    try {
      await world.list("news", { members: Array.from({ length: 1200 }, (_, n) => `m${n}@many.example`) });
      const id = postId(await world.posts("anne@north.example", "news"));
      await world.sink.until((sink) => sink.copies.length > 50);

      await world.restart();
      await world.quiet(id);
      world.clock.passes("30s");
      await world.sink.until((sink) => sink.copiesFor("m7@many.example").length === 1);
      const post = await world.quiet(id);

      expect(post.tally.sent).to.equal(1200);
      expect(world.sink.copies).to.have.lengthOf(1200);
    } finally {
      await world.close();
      await database.drop();
    }
  });
});
