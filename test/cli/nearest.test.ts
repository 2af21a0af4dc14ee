/** Which word a mistyped one was meant to be. */
import { expect } from "chai";
import { nearest, suggestion } from "../../server/cli/nearest.ts";

describe("the nearest word", () => {
  const words = ["create", "ls", "show", "set", "delete"];

  it("is one with a letter more, less, changed or swapped", () => {
    expect(["creat", "crreate", "craete", "shaw", "sohw", "SHOW"].map((typed) => nearest(typed, words))).to.deep.equal([
      "create",
      "create",
      "create",
      "show",
      "show",
      "show",
    ]);
  });

  it("is none where too little is alike", () => {
    expect(["frobnicate", "xyz", ""].map((typed) => nearest(typed, words))).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
    expect(nearest("x", [])).to.equal(undefined);
  });

  it("is suggested in brackets", () => {
    expect(suggestion("delte", words)).to.equal(' (did you mean "delete"?)');
    expect(suggestion("nothing", words)).to.equal("");
  });
});
