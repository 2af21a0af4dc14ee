import { expect } from "chai";
import { readClockTime, readDate, timeOn } from "../../server/lists/written-time.ts";

describe("a day that is typed", () => {
  it("is read as people write it", () => {
    for (const text of ["2026-04-08", "2026/4/8", "２０２６／４／８", "2026年4月8日", "2026.04.08 "])
      expect(readDate(text), text).to.equal("2026-04-08");
  });

  it("is refused where no calendar has it", () => {
    for (const text of [
      "",
      "2026-02-30",
      "2026-13-01",
      "2025-02-29",
      "2026-00-10",
      "26-04-08",
      "tomorrow",
      "99999-01-01",
    ])
      expect(readDate(text), text).to.equal(undefined);
  });
});

describe("a time of the clock that is typed", () => {
  it("is read as people write it, in seconds since midnight", () => {
    for (const text of ["8:00", "08:00", "0800", "８：００", "8:00:00", "8時", "8時00分", "8."])
      expect(readClockTime(text), text).to.equal(28_800);
    expect(["8:00:30", "24:00", "0:00", "23:59:59", "8時30分"].map(readClockTime)).to.deep.equal([
      28_830, 86_400, 0, 86_399, 30_600,
    ]);
  });

  it("is refused where no clock shows it", () => {
    for (const text of ["", "8", "24:01", "25:00", "8:60", "8:00:60", "-1:00", "8:0", "noon", "8:00 pm"])
      expect(readClockTime(text), text).to.equal(undefined);
  });

  it("of 24:00 is the beginning of the next day", () => {
    expect(timeOn("2026-12-31", 86_400)).to.equal("2027-01-01T00:00:00");
    expect(timeOn("2026-04-08", 28_830)).to.equal("2026-04-08T08:00:30");
  });
});
