import { expect } from "chai";
import { InTurn } from "../server/in-turn.ts";

describe("work that is done in turn", () => {
  it("begins when what was asked for before is over, though that failed", async () => {
    const turns = new InTurn();
    const said: string[] = [];
    const work = (name: string, gate: Promise<void>) => async (): Promise<string> => {
      said.push(`${name} begins`);
      await gate;
      said.push(`${name} ends`);
      return name;
    };
    const { promise: gate, reject: breaks } = Promise.withResolvers<void>();
    const [first, second] = [turns.run(work("first", gate)), turns.run(work("second", Promise.resolve()))];
    await Promise.resolve();
    breaks(new Error("broken"));
    expect(await first.catch((error: unknown) => String(error))).to.equal("Error: broken");
    expect(await second).to.equal("second");
    expect(said).to.deep.equal(["first begins", "second begins", "second ends"]);
  });
});
