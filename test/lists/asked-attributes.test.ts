/** Attributes that joining asks for, as people write them. */
import { expect } from "chai";
import { readAskedAttributes, writeAskedAttribute } from "../../server/lists/asked-attributes.ts";
import { processorTime } from "../support/processor-time.ts";

describe("attributes that joining asks for", () => {
  const read = (...lines: readonly string[]): unknown => {
    const result = readAskedAttributes(lines);
    return "wrong" in result ? result.wrong : result.attributes.map(writeAskedAttribute);
  };

  it("are read as they are written, also with full-width signs, and written the same way", () => {
    expect(read("学年＊：１年、２年，3年", " Street ", "Year *:a,b,,a")).to.deep.equal([
      "学年*: １年, ２年, 3年",
      "Street",
      "Year*: a, b",
    ]);
    expect(read(...(read("学年*: 1年, 2年") as string[]))).to.deep.equal(["学年*: 1年, 2年"]);
  });

  it("are refused by the line that is none: without a name, twice, or too long", () => {
    for (const wrong of [": a, b", "*", "Year: 1", "x".repeat(101), `y: ${"z".repeat(101)}`])
      expect(read("Year", wrong), wrong).to.equal(wrong);
    expect(read(...Array.from({ length: 21 }, (_, n) => `a${n}`))).to.equal("a20");
  });

  it("are not what is something else in members' files, in either language and however it is written", () => {
    for (const wrong of ["氏名", "address*", "メールアドレス", "状態: 有, 無", "ＮＡＭＥ", "Email"])
      expect(read("Year", wrong), wrong).to.equal(wrong);
    expect(read("児童氏名", "Street address")).to.deep.equal(["児童氏名", "Street address"]);
  });

  it("are read in proportion to their length", () => {
    const spent = processorTime("thread");
    for (const sign of [" ", "*", ":", ",", "a "]) read(`a${sign.repeat(100_000)}b`);
    expect(spent()).to.be.lessThan(1000);
  });
});
