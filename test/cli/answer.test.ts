/** What commands print, for people and for programs. */
import { expect } from "chai";
import { type Answer, listed, said } from "../../server/cli/answer.ts";

describe("an answer", () => {
  const printed = async (answer: Answer, json: boolean): Promise<string> => {
    let text = "";
    await answer({ json, out: (piece) => void (text += piece) });
    return text;
  };
  const table = (pages: readonly (readonly { name: string; count: number }[])[]): Answer =>
    listed({
      pages,
      none: "nobody",
      columns: [
        { title: "NAME", text: (row) => row.name, most: 8 },
        { title: "COUNT", text: (row) => String(row.count), right: true },
      ],
    });

  it("is a table whose columns stand in line, whatever the letters", async () => {
    const rows = [
      { name: "Anne", count: 7 },
      { name: "山田", count: 1000 },
      { name: "山田太郎さん", count: 1 },
    ];
    expect(await printed(table([rows]), false)).to.equal(
      "NAME     COUNT\nAnne         7\n山田      1000\n山田太…      1\n",
    );
  });

  it("has its titles once, and widens where a later page needs it", async () => {
    expect(await printed(table([[{ name: "A", count: 1 }], [], [{ name: "Barbara", count: 2 }]]), false)).to.equal(
      "NAME  COUNT\nA         1\nBarbara      2\n",
    );
  });

  it("is one array of objects for programs, over all pages", async () => {
    const text = await printed(table([[{ name: "A", count: 1 }], [], [{ name: "B\n", count: 2 }]]), true);
    expect(JSON.parse(text)).to.deep.equal([
      { name: "A", count: 1 },
      { name: "B\n", count: 2 },
    ]);
    expect(text.split("\n")).to.have.lengthOf(5);
  });

  it("says that there is nothing, and is an empty array for programs", async () => {
    for (const pages of [[], [[]]]) {
      expect(await printed(table(pages), false)).to.equal("nobody\n");
      expect(JSON.parse(await printed(table(pages), true))).to.deep.equal([]);
    }
  });

  it("is a sentence, or the rows that say the same", async () => {
    expect(await printed(said("done", { id: 1 }), false)).to.equal("done\n");
    expect(JSON.parse(await printed(said("done", { id: 1 }), true))).to.deep.equal([{ id: 1 }]);
  });

  it("is without control characters and marks that turn the direction of text", async () => {
    expect(await printed(table([[{ name: "a\u001b]0;x\u0007\u202eb", count: 1 }]]), false)).to.contain("a]0;xb");
  });
});
