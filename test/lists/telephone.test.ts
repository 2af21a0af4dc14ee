import { expect } from "chai";
import { telephonesOf } from "../../server/lists/telephone.ts";

describe("a member's telephones", () => {
  it("are attributes that are named so and can be dialled", () => {
    const attributes = {
      電話: "０９０ー１２３４ー５６７８",
      "Mobile phone": "+81 (0)90 1234-5678",
      携帯: "なし",
      番号: "0312345678",
      電話番号: "javascript:alert(1)",
    };
    expect(telephonesOf(attributes).map(({ label, number }) => `${label} ${number}`)).to.deep.equal([
      "電話 09012345678",
      "Mobile phone +8109012345678",
    ]);
  });
});
