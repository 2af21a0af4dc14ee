import { expect } from "chai";
import { splitPlaceholders } from "../../server/lists/placeholders.ts";

describe("placeholders", () => {
  const split = (text: string) => splitPlaceholders(text, new Set(["組", "name2"]));

  it("stand for the member's name, address and attributes, with a default or none", () => {
    expect(split("Dear {name|parents} of {組}, {ADDRESS}")).to.deep.equal([
      "Dear ",
      { field: "name", fallback: "parents" },
      " of ",
      { field: "組", fallback: "" },
      ", ",
      { field: "address", fallback: "" },
    ]);
    expect(split("{氏名}")).to.deep.equal([{ field: "name", fallback: "" }]);
  });

  it("leave every other brace as it is", () => {
    for (const text of ["{unknown}", "{}", "{", "a { b } c", "{{x}}", "{組\n}", "${a}"])
      expect(split(text)).to.deep.equal([text]);
  });

  it("take no longer for ten thousand of them than for as many letters", () => {
    expect(split("{name}".repeat(10_000))).to.have.length(10_000);
    expect(split("{name|".repeat(10_000))).to.deep.equal(["{name|".repeat(10_000)]);
  });
});
