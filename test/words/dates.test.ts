/** Moments as people write them. */
import { expect } from "chai";
import { datesIn } from "../../server/words/dates.ts";

describe("dates", () => {
  const moment = Date.UTC(2026, 3, 7, 23, 0, 5);

  it("are written as Japanese and English readers write them, in the given zone", () => {
    expect(datesIn("ja", "Asia/Tokyo").dateTime(moment)).to.equal("2026年4月8日(水) 8:00");
    expect(datesIn("en", "Asia/Tokyo").dateTime(moment)).to.equal("Wed 8 Apr 2026, 8:00");
    expect(datesIn("en", "America/New_York").dateTime(moment)).to.equal("Tue 7 Apr 2026, 19:00");
  });

  it("have a day alone, a time alone, and seconds where they matter", () => {
    const dates = datesIn("ja", "Asia/Tokyo");
    expect(dates.date(moment)).to.equal("2026年4月8日(水)");
    expect(dates.time(moment)).to.equal("8:00");
    expect(dates.exact(moment)).to.equal("2026年4月8日(水) 8:00:05");
  });

  it("write midnight as 0:00 and every month in three letters", () => {
    expect(datesIn("en", "UTC").dateTime(Date.UTC(2026, 8, 1))).to.equal("Tue 1 Sep 2026, 0:00");
  });
});
