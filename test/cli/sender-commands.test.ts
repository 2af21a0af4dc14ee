/** Senders from the command line. */
import { expect } from "chai";
import { Operator } from "./operator.ts";

describe("kairan sender", () => {
  let operator: Operator;
  beforeEach(async () => {
    operator = await Operator.open();
    await operator.does("list create news");
  });
  afterEach(() => operator.close());

  it("add makes one person of several addresses", async () => {
    await operator.does("sender add news anne@example.org anne@phone.example --name Anne");
    expect(await operator.rows("sender ls news")).to.deep.equal([
      { name: "Anne", addresses: ["anne@example.org", "anne@phone.example"] },
    ]);
  });

  it("add gives a known person a further address, in whatever order they are typed", async () => {
    await operator.does("sender add news anne@example.org --name Anne");
    await operator.does("sender add news anne@phone.example anne@example.org");
    expect(await operator.rows("sender ls news")).to.deep.equal([
      { name: "Anne", addresses: ["anne@example.org", "anne@phone.example"] },
    ]);
  });

  it("add makes nobody's addresses somebody else's, and then changes nothing", async () => {
    await operator.does("sender add news anne@example.org");
    await operator.does("member add news bart@example.org");
    expect(await operator.fails("sender add news anne@example.org bart@example.org new@example.org", 1)).to.contain(
      "several people (anne@example.org; bart@example.org)",
    );
    expect(await operator.rows("sender ls news")).to.deep.equal([{ name: "", addresses: ["anne@example.org"] }]);
  });

  it("add refuses what is no address", async () => {
    expect(await operator.fails("sender add news anne@example.org bart", 2)).to.equal('"bart" is no mail address');
    expect(await operator.fails("sender add news", 2)).to.contain("needs ADDRESS");
  });

  it("remove takes the person away by any of their addresses", async () => {
    await operator.does("sender add news anne@example.org anne@phone.example");
    await operator.does("sender remove news anne@phone.example");
    expect(await operator.does("sender ls news")).to.equal("no senders: nobody may post\n");
    expect(await operator.fails("sender remove news anne@example.org", 1)).to.contain(
      "is no sender of news@lists.example.org",
    );
  });
});
