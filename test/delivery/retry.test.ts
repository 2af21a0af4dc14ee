/** When a deferred delivery is tried again. */
import { expect } from "chai";
import { nextAttempt } from "../../server/delivery/retry.ts";

const [second, minute, hour] = [1000, 60_000, 3_600_000];

describe("the next attempt", () => {
  const retryMs = [second, minute, hour];
  const ask = (attempts: number, random = 0): number | undefined =>
    nextAttempt({ attempts, retryMs, now: 5, random: () => random });

  it("comes after the wait that belongs to the attempt just made", () => {
    expect([1, 2, 3].map((attempts) => ask(attempts))).to.deep.equal([5 + second, 5 + minute, 5 + hour]);
  });

  it("does not come after one attempt more than there are waits", () => {
    expect(ask(4)).to.equal(undefined);
    expect(nextAttempt({ attempts: 1, retryMs: [], now: 5, random: () => 0 })).to.equal(undefined);
  });

  it("is up to a tenth later by chance where the wait is over a minute, and exact otherwise", () => {
    expect([1, 2, 3].map((attempts) => ask(attempts, 0.5))).to.deep.equal([5 + second, 5 + minute, 5 + hour * 1.05]);
    expect(ask(3, 0.999)).to.be.below(5 + hour * 1.1);
  });
});
