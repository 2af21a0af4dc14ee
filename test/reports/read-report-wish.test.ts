import { expect } from "chai";
import { readReportWish } from "../../server/reports/read-report-wish.ts";

describe("what a report is asked of", () => {
  const read = (text: string) => {
    const wish = readReportWish(text, "Asia/Tokyo");
    if (wish?.kind !== "period") return wish?.number;
    return [wish.since, wish.until].map((at) => new Date(at + 9 * 3_600_000).toISOString().slice(0, 16)).join(" ");
  };

  for (const [text, wish] of [
    ["128", 128],
    ["#128", 128],
    ["１２８", 128],
    ["第128号", 128],
    ["128番", 128],
    ["2026-12-01", "2026-12-01T00:00 2026-12-02T00:00"],
    ["2026-12-01 12:00..24:00", "2026-12-01T12:00 2026-12-02T00:00"],
    ["2026-12-01 12:00 .. 2026-12-03 08:30", "2026-12-01T12:00 2026-12-03T08:30"],
    ["2026-12-01..2026-12-05", "2026-12-01T00:00 2026-12-06T00:00"],
    ["2026/12/1", "2026-12-01T00:00 2026-12-02T00:00"],
    ["2026年12月1日", "2026-12-01T00:00 2026-12-02T00:00"],
    ["２０２６年１２月１日１２時〜２４時", "2026-12-01T12:00 2026-12-02T00:00"],
    ["2026年12月1日から2026年12月5日まで", "2026-12-01T00:00 2026-12-06T00:00"],
    ["2026-12-01 12:00", "2026-12-01T12:00 2026-12-01T13:00"],
    ["", undefined],
    ["please", undefined],
    ["2026-02-30", undefined],
    ["2026-12-01 25:00..26:00", undefined],
    ["2026-12-05..2026-12-01", undefined],
    ["1".repeat(5000), undefined],
  ] as const) {
    it(`is ${String(wish)} by ${JSON.stringify(text.slice(0, 40))}`, () => expect(read(text)).to.equal(wish));
  }
});
