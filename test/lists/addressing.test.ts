import { expect } from "chai";
import { readCondition, recipientsOf } from "../../server/lists/addressing.ts";
import type { ConditionRow } from "../../server/lists/addressing.ts";

describe("a row of conditions", () => {
  const read = (relation: ConditionRow["relation"], value: string) => readCondition({ field: "f", relation, value });

  it("reads texts, several with commas between them", () => {
    expect(read("is", " 渋谷区、 港区 ,新宿区 ")).to.deep.equal({ field: "f", is: ["渋谷区", "港区", "新宿区"] });
    expect(read("isNot", "A")).to.deep.equal({ field: "f", isNot: ["A"] });
    expect(read("contains", " 1, 2 ")).to.deep.equal({ field: "f", contains: "1, 2" });
    expect(read("empty", "whatever")).to.deep.equal({ field: "f", isEmpty: true });
    expect(read("filled", "")).to.deep.equal({ field: "f", isEmpty: false });
  });

  it("reads ranges as people write them", () => {
    for (const text of [
      "20-29",
      "20〜29",
      "２０ ～ ２９",
      "20 to 29",
      "20歳から29歳",
      "20–29",
      "２０ー２９",
      "20歳以上29歳以下",
      "20代",
    ])
      expect(read("between", text), text).to.deep.equal({ field: "f", from: 20, to: 29 });
    expect(read("between", "20-")).to.deep.equal({ field: "f", from: 20 });
    expect(read("between", "-29")).to.deep.equal({ field: "f", to: 29 });
    for (const text of ["20以上", "20歳以上", "20〜", "２０ー", "20から", "20+", "20 or more"])
      expect(read("between", text), text).to.deep.equal({ field: "f", from: 20 });
    for (const text of ["29以下", "29歳まで", "〜29", "29 or less"])
      expect(read("between", text), text).to.deep.equal({ field: "f", to: 29 });
    expect(read("between", "20代-30代")).to.deep.equal({ field: "f", from: 20, to: 39 });
    expect(read("between", "1,000-2,000円")).to.deep.equal({ field: "f", from: 1000, to: 2000 });
    expect(read("between", "3年生")).to.deep.equal({ field: "f", from: 3, to: 3 });
  });

  it("means nothing when it is half typed", () => {
    for (const text of [
      "",
      "-",
      "a-b",
      "20-x",
      "29-20",
      "1-2-3",
      "20、25",
      "20未満",
      "20を超える",
      "25代",
      "20 plus",
      "3年2組",
    ])
      expect(read("between", text), text).to.equal(undefined);
    expect(read("is", " 、 ")).to.equal(undefined);
    expect(readCondition({ field: "", relation: "filled", value: "" })).to.equal(undefined);
  });

  it("that means nothing makes the whole mean nobody, never everybody", () => {
    const rows = [
      { field: "f", relation: "is" as const, value: "A" },
      { field: "f", relation: "between" as const, value: "20-" },
    ];
    const nobody = { kind: "ticked", persons: [] };
    const half = { field: "f", relation: "between" as const, value: "x" };
    expect(recipientsOf({ to: "conditions", rows: [], ticked: [] })).to.deep.equal(nobody);
    expect(recipientsOf({ to: "conditions", rows: [...rows, half], ticked: [] })).to.deep.equal(nobody);
    expect(recipientsOf({ to: "ticked", rows, ticked: [] })).to.deep.equal(nobody);
    expect(recipientsOf({ to: "all", rows, ticked: [3] })).to.equal(undefined);
    const blank = { field: "", relation: "is" as const, value: " " };
    expect(recipientsOf({ to: "conditions", rows: [...rows, blank], ticked: [] })).to.deep.equal({
      kind: "conditions",
      all: [
        { field: "f", is: ["A"] },
        { field: "f", from: 20 },
      ],
    });
  });
});
