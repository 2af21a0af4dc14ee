import { setImmediate as turn } from "node:timers/promises";
import { expect } from "chai";
import { Together } from "../../server/answers/together.ts";

describe("what comes at the same time", () => {
  const given = (weight?: (word: string) => number) => {
    const groups: (readonly string[])[] = [];
    const together = new Together<string, string>({
      run: async (group) => {
        groups.push(group);
        if (group.includes("bad")) throw new Error("the disk is full");
        return group.map((word) => word.toUpperCase());
      },
      most: 3,
      ...(weight !== undefined && { weight }),
    });
    return { groups, together };
  };

  it("is done together, as long as each turn brings more, and each gets its own result", async () => {
    const { groups, together } = given();
    const [one, two] = [together.ask("one"), together.ask("two")];
    await turn();
    const three = together.ask("three");
    expect(groups).to.have.length(0);
    expect(await Promise.all([one, two, three])).to.deep.equal(["ONE", "TWO", "THREE"]);
    expect(groups).to.deep.equal([["one", "two", "three"]]);
  });

  it("waits for nobody else when a turn brings nobody", async () => {
    const { groups, together } = given();
    const one = together.ask("one");
    await turn();
    expect(groups).to.deep.equal([["one"]]);
    expect(await one).to.equal("ONE");
  });

  it("is no more at once than a group may weigh, and a heavy one goes alone", async () => {
    const { groups, together } = given((word) => (word === "heavy" ? 9 : 1));
    await Promise.all(["one", "two", "three", "four", "heavy", "last"].map((word) => together.ask(word)));
    expect(groups).to.deep.equal([["one", "two", "three"], ["four"], ["heavy"], ["last"]]);
  });

  it("fails together, and later ones do not", async () => {
    const { together } = given();
    const ends = await Promise.allSettled([together.ask("good"), together.ask("bad")]);
    expect(ends.map(({ status }) => status)).to.deep.equal(["rejected", "rejected"]);
    expect(await together.ask("later")).to.equal("LATER");
  });
});
