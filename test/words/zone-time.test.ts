/** Days and moments as operators type them. */
import { expect } from "chai";
import { isoTime, localTime, nextDay, readTime } from "../../server/words/zone-time.ts";

describe("a time that is typed", () => {
  const read = (text: string, timezone = "Asia/Tokyo"): string | undefined => {
    const time = readTime(text, timezone);
    return time && `${isoTime(time.at) ?? ""}${time.isWholeDay ? " day" : ""}`;
  };

  it("is a day of the zone, from its beginning", () => {
    expect(read("2026-04-08")).to.equal("2026-04-07T15:00:00.000Z day");
    expect(read("2026-04-08", "UTC")).to.equal("2026-04-08T00:00:00.000Z day");
    expect(read("2026-03-29", "Europe/Berlin")).to.equal("2026-03-28T23:00:00.000Z day");
    expect(read("2026-03-30", "Europe/Berlin")).to.equal("2026-03-29T22:00:00.000Z day");
  });

  it("is a moment of the zone, or with an offset of its own", () => {
    expect(read("2026-04-08T08:00")).to.equal("2026-04-07T23:00:00.000Z");
    expect(read("2026-04-08 08:00:30")).to.equal("2026-04-07T23:00:30.000Z");
    for (const text of [
      "2026-04-08T08:00Z",
      "2026-04-08T08:00:00.000Z",
      "2026-04-08t10:00+02:00",
      "2026-04-08T10:00+0200",
    ])
      expect(read(text)).to.equal("2026-04-08T08:00:00.000Z");
  });

  it("is right on the days on which clocks change", () => {
    expect(read("2026-10-25T00:30", "Europe/Berlin")).to.equal("2026-10-24T22:30:00.000Z");
    expect(read("2026-10-25T12:00", "Europe/Berlin")).to.equal("2026-10-25T11:00:00.000Z");
    expect(read("2026-03-29T12:00", "Europe/Berlin")).to.equal("2026-03-29T10:00:00.000Z");
  });

  it("is refused where no calendar has it", () => {
    for (const text of [
      "",
      "2026",
      "2026-13-01",
      "2026-02-30",
      "2026-04-08T24:30",
      "2026-04-08T8:00",
      "tomorrow",
      "2026-04-08Z",
      "2026-04-08T08:00+25:00",
    ])
      expect(read(text), text).to.equal(undefined);
  });

  it("is a day that ends where the next begins, after 23, 24 or 25 hours", () => {
    const hours = (day: string): number => {
      const start = readTime(day, "Europe/Berlin")?.at ?? 0;
      return (nextDay(start, "Europe/Berlin") - start) / 3_600_000;
    };
    expect(["2026-03-29", "2026-06-01", "2026-10-25"].map(hours)).to.deep.equal([23, 24, 25]);
  });

  it("is shown in the zone", () => {
    expect(localTime(Date.parse("2026-04-07T23:00:05Z"), "Asia/Tokyo")).to.equal("2026-04-08 08:00:05");
    expect([localTime(undefined, "UTC"), isoTime(undefined)]).to.deep.equal(["", null]);
  });
});
