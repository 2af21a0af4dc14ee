/** Widths of text in a terminal. */
import { expect } from "chai";
import { cutToWidth, textWidth } from "../../server/cli/text-width.ts";

describe("the width of text", () => {
  it("is two columns for Japanese letters and emoji, one for half-width kana and Latin ones", () => {
    expect(["abc", "日本語", "ｶﾅ", "（）", "é", "☕", "𠮷", "、。"].map(textWidth)).to.deep.equal([
      3, 6, 2, 4, 1, 2, 2, 4,
    ]);
  });

  it("counts no column for marks that join the letter before", () => {
    expect(["e\u0301", "か\u3099", "a\u200bb"].map(textWidth)).to.deep.equal([1, 2, 2]);
  });

  it("is kept when text is cut, with an ellipsis for what is gone", () => {
    expect(cutToWidth("学年だより", 10)).to.equal("学年だより");
    expect(cutToWidth("学年だより", 9)).to.equal("学年だよ…");
    expect(cutToWidth("学年だより", 8)).to.equal("学年だ…");
    expect(cutToWidth("abc", 2)).to.equal("a…");
  });
});
