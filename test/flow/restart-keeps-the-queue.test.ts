/** Stopped and started: what was accepted goes on, and nothing goes twice. */
import { expect } from "chai";
import { World, postId } from "../support/world.ts";

describe("a server that is stopped", () => {
  it("records what is in flight and goes on with the rest after the start", async () => {
    const world = await World.open({ outbound: { connections: 4 } });
    try {
      await world.list("news", { members: Array.from({ length: 1500 }, (_, n) => `m${n}@many.example`) });
      const id = postId(await world.posts("anne@north.example", "news"));
      await world.sink.until((sink) => sink.copies.length > 100);

      await world.restart();
      await world.quiet(id);

      const recipients = world.sink.copies.map((copy) => copy.rcptTo);
      expect(new Set(recipients).size).to.equal(1500);
      expect(recipients.length, "copies in all").to.equal(1500);
      expect(world.sink.violations).to.deep.equal([]);
    } finally {
      await world.close();
    }
  });
});
