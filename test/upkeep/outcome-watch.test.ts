import { expect } from "chai";
import type { RecordedOutcome } from "../../server/store/deliveries/outcomes.ts";
import { OutcomeWatch } from "../../server/upkeep/outcome-watch.ts";

type Said = readonly [RecordedOutcome["state"], string, number?];

function outcomes(...said: readonly Said[]): RecordedOutcome[] {
  return said.map(([state, reply, id], index) => ({
    id: id ?? index,
    postId: 1,
    state,
    reply,
    host: "mx.example",
    at: 100 + index,
    dueAt: 0,
  }));
}

describe("the watch over outcomes", () => {
  const streakOf = (...said: readonly Said[]) => {
    const watch = new OutcomeWatch(0);
    watch.note(outcomes(...said));
    return watch.streak;
  };

  it("counts tries and copies that end with the same words", () => {
    expect(streakOf(["deferred", "535 no", 1], ["deferred", "535 no", 2], ["deferred", "535 no", 1])).to.deep.equal({
      reply: "535 no",
      since: 100,
      tries: 3,
      copies: 2,
    });
  });

  it("takes replies for the same that differ in an address or a number", () => {
    const streak = streakOf(
      ["deferred", "450 4.7.1 <a@b.example>: later (id 4XkQ2g1zz)"],
      ["deferred", "450 4.7.1 <c@d.example>: later (id 4XkQ2h9yy)"],
    );
    expect(streak?.tries).to.equal(2);
  });

  it("begins again with other words, and ends with a copy that is taken", () => {
    expect(streakOf(["deferred", "450 a"], ["deferred", "451 b"])).to.include({ reply: "451 b", tries: 1 });
    expect(streakOf(["deferred", "450 a"], ["sent", "250 ok"])).to.equal(undefined);
    expect(streakOf(["deferred", "450 a"], ["failed", "550 no such user"])).to.equal(undefined);
  });

  it("is not misled by what was given back untried, nor by what was given up for the same reason", () => {
    expect(streakOf(["deferred", "535 no"], ["pending", ""], ["failed", "535 no"])?.tries).to.equal(2);
  });

  it("knows when the last try ended, from the server's start on", () => {
    const watch = new OutcomeWatch(50);
    watch.note(outcomes(["pending", ""]));
    expect(watch.lastAt).to.equal(50);
    watch.note(outcomes(["sent", "250 ok"]));
    expect(watch.lastAt).to.equal(100);
  });
});
