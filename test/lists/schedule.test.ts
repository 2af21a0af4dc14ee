/** When reserved and repeating sends are sent: every time once, whatever the clocks do. */
import { expect } from "chai";
import { datesOf } from "../../server/lists/calendar-dates.ts";
import type { CalendarDays, CalendarEnd } from "../../server/lists/calendar-dates.ts";
import { processorTime } from "../support/processor-time.ts";
import { countAfter, lastOf, nextAfter, settle, upcoming } from "../../server/lists/schedule.ts";
import type { ScheduleRule } from "../../server/lists/schedule.ts";
import { ZoneClock } from "../../server/lists/zone-clock.ts";

const tokyo = new ZoneClock("Asia/Tokyo");
const berlin = new ZoneClock("Europe/Berlin");
const day = 86_400_000;

function calendar(on: CalendarDays, more: { start?: string; time?: string; end?: CalendarEnd } = {}): ScheduleRule {
  return { kind: "calendar", on, start: "2026-01-01", time: "08:00:00", end: { kind: "never" }, ...more };
}

const period = (from: string, to: string, times: number): ScheduleRule => ({ kind: "period", from, to, times });

/** What the clocks show at the rule's first moments. */
function times(rule: ScheduleRule, clock = tokyo, most = 100): readonly string[] {
  return upcoming(rule, clock, { after: 0, most }).map((at) =>
    new Date(clock.timeAt(at)).toISOString().slice(0, 19).replace("T", " "),
  );
}

describe("a send that repeats within a period", () => {
  it("is sent evenly, at both ends too", () => {
    const sent = times(period("2026-04-08T12:00:00", "2026-04-09T00:00:00", 13));
    expect(sent).to.have.length(13);
    expect(sent[0]).to.equal("2026-04-08 12:00:00");
    expect(sent[1]).to.equal("2026-04-08 13:00:00");
    expect(sent[12]).to.equal("2026-04-09 00:00:00");
  });

  it("is sent at the start when it is sent once", () => {
    expect(times(period("2026-04-08T12:00:00", "2026-04-09T00:00:00", 1))).to.deep.equal(["2026-04-08 12:00:00"]);
  });

  it("keeps its seconds, and is on whole ones", () => {
    const sent = times(period("2026-04-08T12:00:30", "2026-04-08T13:00:30", 4));
    expect(sent.map((time) => time.slice(11))).to.deep.equal(["12:00:30", "12:20:30", "12:40:30", "13:00:30"]);
    const odd = times(period("2026-04-08T12:00:00", "2026-04-08T13:00:00", 8));
    expect(odd.map((time) => time.slice(14))).to.deep.equal(
      ["00:00", "08:34", "17:09", "25:43", "34:17", "42:51", "51:26", "00:00"], // 514.28… s apart
    );
  });

  it("divides the time that really passes when the clocks change on the way", () => {
    const sent = times(period("2026-03-29T00:00:00", "2026-03-29T06:00:00", 6), berlin);
    expect(sent.map((time) => time.slice(11, 16))).to.deep.equal([
      "00:00",
      "01:00",
      "03:00",
      "04:00",
      "05:00",
      "06:00",
    ]);
  });
});

describe("a send that repeats by the calendar", () => {
  const dates = (rule: ScheduleRule): readonly string[] => times(rule, tokyo, 4).map((time) => time.slice(0, 10));

  it("is sent on chosen days of the week", () => {
    expect(dates(calendar({ kind: "weekly", days: [2] }))).to.deep.equal(
      ["2026-01-06", "2026-01-13", "2026-01-20", "2026-01-27"], // Tuesdays
    );
    expect(dates(calendar({ kind: "weekly", days: [1, 2, 3, 4, 5] }))).to.deep.equal(
      ["2026-01-01", "2026-01-02", "2026-01-05", "2026-01-06"], // a Thursday first
    );
  });

  it("is sent on a day of the month, in shorter months on the last", () => {
    expect(dates(calendar({ kind: "monthly", day: 31 }))).to.deep.equal([
      "2026-01-31",
      "2026-02-28",
      "2026-03-31",
      "2026-04-30",
    ]);
    expect(dates(calendar({ kind: "lastDay" }, { start: "2028-02-01" }))[0]).to.equal("2028-02-29");
  });

  it("is sent on the last weekday of the month, or the second Tuesday", () => {
    expect(dates(calendar({ kind: "lastWeekday" }))).to.deep.equal([
      "2026-01-30",
      "2026-02-27",
      "2026-03-31",
      "2026-04-30",
    ]);
    expect(dates(calendar({ kind: "ordinal", nth: 2, day: 2 })).slice(0, 2)).to.deep.equal([
      "2026-01-13",
      "2026-02-10",
    ]);
    expect(dates(calendar({ kind: "ordinal", nth: -1, day: 0 })).slice(0, 2)).to.deep.equal([
      "2026-01-25",
      "2026-02-22",
    ]);
    // A fifth Sunday is in March, then in May.
    expect(dates(calendar({ kind: "ordinal", nth: 5, day: 0 })).slice(0, 2)).to.deep.equal([
      "2026-03-29",
      "2026-05-31",
    ]);
  });

  it("ends on a day, or after so many times, and says how many are left", () => {
    const until = calendar({ kind: "weekly", days: [2] }, { end: { kind: "until", date: "2026-01-20" } });
    expect(dates(until)).to.deep.equal(["2026-01-06", "2026-01-13", "2026-01-20"]);
    const thrice = calendar({ kind: "weekly", days: [2] }, { end: { kind: "times", times: 3 } });
    expect(dates(thrice)).to.deep.equal(["2026-01-06", "2026-01-13", "2026-01-20"]);
    for (const rule of [until, thrice]) {
      const [first = 0, second = 0, third = 0] = upcoming(rule, tokyo, { after: 0, most: 3 });
      expect([0, first, second, third].map((after) => countAfter(rule, tokyo, after))).to.deep.equal([3, 2, 1, 0]);
    }
    expect(countAfter(calendar({ kind: "lastDay" }), tokyo, 0)).to.equal(undefined);
  });

  it("is reckoned fast, also the last of ten thousand", () => {
    const rule = calendar({ kind: "weekly", days: [0, 1, 2, 3, 4, 5, 6] }, { end: { kind: "times", times: 10_000 } });
    const last = Date.parse("2053-05-18T08:00:00+09:00");
    expect(nextAfter(rule, tokyo, last - 1)).to.equal(last);
    expect(nextAfter(rule, tokyo, last)).to.equal(undefined);
    expect(lastOf(rule, tokyo)).to.equal(last);
    expect(countAfter(rule, tokyo, Date.parse("2026-01-01T00:00:00+09:00"))).to.equal(10_000);
  });
});

describe("where clocks are changed", () => {
  const once = (zone: string, at: string): string => {
    const moment = nextAfter({ kind: "once", at }, new ZoneClock(zone), 0) ?? 0;
    return new Date(moment).toISOString();
  };

  it("a time that never comes is the first moment after the gap", () => {
    expect(once("Europe/Berlin", "2026-03-29T02:30:00")).to.equal("2026-03-29T01:00:00.000Z");
    expect(once("America/New_York", "2026-03-08T02:00:00")).to.equal("2026-03-08T07:00:00.000Z");
    // Half an hour only.
    expect(once("Australia/Lord_Howe", "2026-10-04T02:15:00")).to.equal("2026-10-03T15:30:00.000Z");
    // A whole day that Samoa left out.
    expect(once("Pacific/Apia", "2011-12-30T08:00:00")).to.equal("2011-12-30T10:00:00.000Z");
  });

  it("a time that comes twice is the first of the two", () => {
    expect(once("Europe/Berlin", "2026-10-25T02:30:00")).to.equal("2026-10-25T00:30:00.000Z");
    expect(once("America/New_York", "2026-11-01T01:30:00")).to.equal("2026-11-01T05:30:00.000Z");
    expect(once("Australia/Lord_Howe", "2026-04-05T01:45:00")).to.equal("2026-04-04T14:45:00.000Z");
  });

  const zones = [
    "Asia/Tokyo",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Pacific/Chatham",
    "America/Santiago",
    "Asia/Beirut",
    "Pacific/Kiritimati",
  ];
  for (const zone of zones) {
    it(`a daily send is sent once a day and never twice: ${zone}`, () => {
      const clock = new ZoneClock(zone);
      // Times around every hour at which clocks are changed somewhere.
      for (const time of ["00:30:00", "01:45:00", "02:15:00", "23:59:59"]) {
        const rule = calendar(
          { kind: "weekly", days: [0, 1, 2, 3, 4, 5, 6] },
          { time, start: "2026-01-01", end: { kind: "until", date: "2026-12-31" } },
        );
        const sent = upcoming(rule, clock, { after: 0, most: 1000 });
        expect(sent, time).to.have.length(365);
        const shown = sent.map((at) => new Date(clock.timeAt(at)).toISOString());
        const days = [...datesOf({ ...(rule as Extract<ScheduleRule, { kind: "calendar" }>) }, 0)];
        expect(shown.map((text) => text.slice(0, 10))).to.deep.equal(days);
        // At its time, or later where that time is not on that day, with nothing in between.
        for (const [index, at] of sent.entries()) {
          const isThen = shown[index]?.slice(11, 19) === time;
          if (!isThen) expect(clock.timeAt(at - 1) - clock.timeAt(at), `${zone} ${shown[index]}`).to.be.lessThan(-1);
          expect(at).to.be.greaterThan(sent[index - 1] ?? 0);
        }
      }
    });
  }

  it("every moment of a year stands on the clocks where it is found again, or an hour before", () => {
    for (const zone of zones) {
      const clock = new ZoneClock(zone);
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 341 * 60_000 + 7000) {
        const found = clock.momentOf(clock.timeAt(at));
        expect(found === at || (found < at && clock.timeAt(found) === clock.timeAt(at)), `${zone} ${at}`).to.equal(
          true,
        );
      }
    }
  });
});

describe("a schedule whose time has come", () => {
  it("is settled at once, though the server was down for thousands of times", () => {
    const rule = { kind: "period", from: "2026-04-08T00:00:00", to: "2026-04-14T22:39:00", times: 10_000 } as const;
    const [dueAt, minute] = [at("00:00:00"), 60_000];
    const used = processorTime();
    const { send, missed, next } = settle(rule, tokyo, { dueAt, now: dueAt + 9000 * minute, notBefore: 0 });
    expect(used()).to.be.lessThan(400);
    expect([send, missed.length, next]).to.deep.equal([dueAt + 9000 * minute, 499, dueAt + 9001 * minute]);
    expect(missed[0]).to.equal(dueAt + 8501 * minute);
  });

  const hourly = period("2026-04-08T12:00:00", "2026-04-09T00:00:00", 13);
  const at = (clock: string): number => Date.parse(`2026-04-08T${clock}+09:00`);
  const settled = (dueAt: number, now: number, notBefore = 0) => settle(hourly, tokyo, { dueAt, now, notBefore });

  it("sends it and goes on to the next", () => {
    expect(settled(at("12:00:00"), at("12:00:01"))).to.deep.equal({
      send: at("12:00:00"),
      missed: [],
      restored: [],
      next: at("13:00:00"),
    });
  });

  it("that the server slept through, sends the last late and no other", () => {
    expect(settled(at("12:00:00"), at("14:20:00"))).to.deep.equal({
      send: at("14:00:00"),
      missed: [at("12:00:00"), at("13:00:00")],
      restored: [],
      next: at("15:00:00"),
    });
  });

  it("is over after the last", () => {
    expect(settled(at("23:00:00") + 3_600_000, at("23:00:00") + day).next).to.equal(undefined);
  });

  it("sends nothing that the server from whose backup this one comes may have sent", () => {
    expect(settled(at("12:00:00"), at("13:30:00"), at("13:20:00"))).to.deep.equal({
      send: undefined,
      missed: [],
      restored: [at("12:00:00"), at("13:00:00")],
      next: at("14:00:00"),
    });
  });
});
