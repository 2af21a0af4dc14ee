import { expect } from "chai";
import { besidePoll, nextStep, silenceWhen, stepsOf } from "../../server/lists/follow-up.ts";
import type { FollowUpPlan } from "../../server/lists/follow-up.ts";
import { minuteOfDay } from "../../server/words/zone-time.ts";

const minute = 60_000;
const hour = 60 * minute;
const tokyo = minuteOfDay("Asia/Tokyo");
/** 2026-04-08 in Tokyo. */
const at = (clock: string): number => Date.parse(`2026-04-08T${clock}:00+09:00`);

describe("the follow-up of a post", () => {
  const plan: FollowUpPlan = {
    of: "unread",
    times: 2,
    everyMs: 30 * minute,
    quiet: undefined,
    until: undefined,
    second: true,
    tell: true,
  };
  const all = (of: Partial<FollowUpPlan>, start: number): readonly string[] => {
    const steps: string[] = [];
    for (let [taken, before] = [0, start]; ;) {
      const next = nextStep({ ...plan, ...of }, { taken, before }, tokyo);
      if (next === undefined) return steps;
      const local = new Date(next.at + 9 * hour).toISOString().slice(8, 16).replace("T", " ");
      steps.push(`${next.step} ${local}`);
      [taken, before] = [next.taken + 1, next.at];
    }
  };

  it("reminds so many times, then at further addresses, then tells the sender", () => {
    expect(stepsOf(plan)).to.deep.equal(["remind", "remind", "second", "tell"]);
    expect(all({}, at("08:00"))).to.deep.equal([
      "remind 08 08:30",
      "remind 08 09:00",
      "second 08 09:30",
      "tell 08 10:00",
    ]);
    expect(all({ times: 0, second: false }, at("08:00"))).to.deep.equal(["tell 08 08:30"]);
    expect(all({ times: 1, second: false, tell: false }, at("08:00"))).to.deep.equal(["remind 08 08:30"]);
  });

  it("wakes nobody in the quiet hours, over midnight too", () => {
    const quiet = { from: 22 * 60, to: 7 * 60 };
    expect(all({ quiet, everyMs: hour, tell: false }, at("20:30"))).to.deep.equal([
      "remind 08 21:30",
      "remind 09 07:00",
      "second 09 08:00",
    ]);
    expect(
      all({ quiet: { from: 12 * 60, to: 13 * 60 }, times: 1, second: false, tell: false }, at("11:45")),
    ).to.deep.equal(["remind 08 13:00"]);
  });

  it("ends with the deadline of the poll that it asks to answer, and of no other", () => {
    const closesAt = at("08:40");
    expect(all(besidePoll({ ...plan, of: "unanswered" }, closesAt), at("08:00"))).to.deep.equal([
      "remind 08 08:30",
      "tell 08 08:40",
    ]);
    expect(besidePoll({ ...plan, of: "unanswered", until: at("08:20") }, closesAt).until).to.equal(at("08:20"));
    expect(besidePoll({ ...plan, of: "either" }, closesAt).until).to.equal(undefined);
    expect([silenceWhen("either", true), silenceWhen("unanswered", true)]).to.deep.equal(["unread", undefined]);
  });

  it("leaves out what would come after its end, and tells in time who is silent", () => {
    expect(all({ until: at("09:10") }, at("08:00"))).to.deep.equal([
      "remind 08 08:30",
      "remind 08 09:00",
      "tell 08 09:10",
    ]);
    expect(all({ until: at("09:10"), tell: false }, at("08:00"))).to.deep.equal(["remind 08 08:30", "remind 08 09:00"]);
    expect(all({ until: at("08:10"), tell: false }, at("08:00"))).to.deep.equal([]);
  });
});
