/** Deadlines that move along with what repeats, over a change of clocks and after a time in which the server was down. */
import { expect } from "chai";
import { movedDeadline } from "../../server/lists/moved-deadline.ts";
import { ZoneClock } from "../../server/lists/zone-clock.ts";

describe("the deadline of what repeats", () => {
  const at = (text: string): number => Date.parse(text);
  const firstAt = at("2026-10-20T08:00:00+01:00");
  const deadline = at("2026-10-21T20:00:00+01:00");
  // British clocks are set back on the 25th.
  const dueAt = at("2026-10-27T08:00:00Z");
  const move = { firstAt, dueAt, now: dueAt, clock: new ZoneClock("Europe/London") };

  it("stays at its hour by the calendar when clocks are changed", () => {
    expect(movedDeadline(deadline, { ...move, dueAt: firstAt, now: firstAt })).to.equal(deadline);
    expect(movedDeadline(deadline, move)).to.equal(at("2026-10-28T20:00:00Z"));
  });

  it("within a period comes as long after as the first", () => {
    const hour = 3_600_000;
    expect(movedDeadline(deadline, { ...move, dueAt: firstAt + hour, now: firstAt, clock: undefined })).to.equal(
      deadline + hour,
    );
  });

  it("leaves as much time as it would have left where it would be over already", () => {
    const now = at("2026-10-30T09:00:00Z");
    expect(movedDeadline(deadline, { ...move, now })).to.equal(now + (deadline - firstAt));
  });
});
