import { expect } from "chai";
import { fits, numberIn } from "../../server/lists/recipients.ts";
import type { Condition } from "../../server/lists/recipients.ts";

describe("conditions on members", () => {
  const member = {
    name: "山田 花子",
    address: "hanako@docomo.ne.jp",
    attributes: { 年齢: "２５", 地域: "渋谷区", 学年: "3年生", Note: "Likes  Tea" },
  };
  const isFit = (...all: readonly Condition[]): boolean => fits(all, member);

  it("compare texts as a search does: width, capitals and kana make no difference", () => {
    expect(isFit({ field: "地域", is: ["新宿区", "渋谷区"] })).to.equal(true);
    expect(isFit({ field: "Note", is: ["likes tea"] })).to.equal(true);
    expect(isFit({ field: "地域", is: ["新宿区"] })).to.equal(false);
    expect(isFit({ field: "地域", isNot: ["新宿区"] })).to.equal(true);
    expect(isFit({ field: "name", contains: "花" })).to.equal(true);
    expect(isFit({ field: "address", contains: "DOCOMO" })).to.equal(true);
  });

  it("read the number that a value begins with, both ends included", () => {
    expect(isFit({ field: "年齢", from: 20, to: 29 })).to.equal(true);
    expect(isFit({ field: "年齢", from: 25, to: 25 })).to.equal(true);
    expect(isFit({ field: "年齢", from: 26 })).to.equal(false);
    expect(isFit({ field: "学年", to: 3 })).to.equal(true);
    expect(isFit({ field: "地域", from: 0 })).to.equal(false);
    expect([numberIn("1,250円"), numberIn("-3.5"), numberIn("年3"), numberIn("")]).to.deep.equal([
      1250,
      -3.5,
      undefined,
      undefined,
    ]);
  });

  it("know what is missing", () => {
    expect(isFit({ field: "電話", isEmpty: true })).to.equal(true);
    expect(isFit({ field: "地域", isEmpty: true })).to.equal(false);
    expect(isFit({ field: "地域", isEmpty: false })).to.equal(true);
    expect(isFit({ field: "電話", isNot: ["1"] })).to.equal(true);
  });

  it("must all be true, and none is true of everybody", () => {
    expect(isFit({ field: "地域", is: ["渋谷区"] }, { field: "年齢", from: 30 })).to.equal(false);
    expect(isFit()).to.equal(true);
  });
});
