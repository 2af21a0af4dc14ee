/** What the columns of a file are taken for when nobody has said it yet. */
import { expect } from "chai";
import { guessColumns, likelyLinesAbove, linesAboveTitles } from "../../server/imports/member-columns.ts";

/** `address|name|=class|-`, with a star where the first line names the columns. */
function guessed(...lines: readonly string[]): string | undefined {
  const columns = guessColumns(lines.map((line) => line.split(",")));
  const uses = columns?.uses.map((use) =>
    use.as === "attribute" ? `=${use.name}` : use.as === "nothing" ? "-" : use.as,
  );
  return columns && `${columns.titled ? "* " : ""}${uses?.join("|")}`;
}

describe("the columns of a file", () => {
  it("are known by their titles", () => {
    expect(guessed("氏名,メールアドレス,組", "A,a@example.org,1")).to.equal("* name|address|=組");
  });

  it("are known by what stands in them where their titles say nothing", () => {
    expect(guessed("児童氏名,保護者連絡先,組", "A,a@example.org,1", "B,b@example.org,2")).to.equal(
      "* name|address|=組",
    );
    expect(guessed("Child's name,Contact", "A,a@example.org")).to.equal("* name|address");
  });

  it("are guessed without titles, a name beside the address", () => {
    expect(guessed("1,Anne,anne@example.org,3A")).to.equal("-|name|address|-");
    expect(guessed("anne@example.org,Anne")).to.equal("address|name");
    expect(guessed("ａｎｎｅ＠example.org")).to.equal("address");
  });

  it("count once: a second address is an attribute of its own name, a second column of one name is left out", () => {
    expect(guessed("address,メール,class,class,")).to.equal("* address|=メール|=class|-|-");
  });

  it("begin below a sheet's own heading", () => {
    const list = [
      ["2026 class 3-1"],
      ["printed on", "8 April"],
      ["No", "氏名", "E-mail"],
      ["1", "Anne", "anne@example.org"],
    ];
    expect([linesAboveTitles(list), likelyLinesAbove(list)]).to.deep.equal([2, 2]);
    const unknown = [
      ["3年1組", ""],
      ["児童", "保護者連絡先"],
      ["A", "a@example.org"],
    ];
    expect([linesAboveTitles(unknown), likelyLinesAbove(unknown)]).to.deep.equal([0, 1]);
    const plain = [["anne@example.org"], ["Bart", "bart@example.org"]];
    expect([linesAboveTitles(plain), likelyLinesAbove(plain)]).to.deep.equal([0, 0]);
    expect(likelyLinesAbove([["anne@example.org"], ["bart@example.org"]])).to.equal(0);
  });

  it("hold no address where nothing looks like one", () => {
    expect(guessed("name,class", "Anne,3A")).to.equal(undefined);
    expect(guessed("")).to.equal(undefined);
  });
});
