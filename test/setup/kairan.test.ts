import { expect } from "chai";
import { SmallCheckout } from "../support/small-checkout.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";

describe("The command kairan", () => {
  let folder: TemporaryFolder;
  let checkout: SmallCheckout;

  beforeEach(async () => {
    folder = await temporaryFolder();
    checkout = new SmallCheckout(folder.path);
  });
  afterEach(() => folder.remove());

  it("says in one line what to do before the set-up", () => {
    const run = checkout.run("kairan.js", ["list", "ls"]);
    expect([run.status, run.stdout, run.stderr]).to.deep.equal([
      1,
      "",
      "Kairan is not set up here yet: run npm start first.\n",
    ]);
  });

  it("hands its words to the entry, and the entry's exit status back", () => {
    checkout.run("set-up.js");
    const run = checkout.run("kairan.js", ["list", "ls", "--json"]);
    expect([run.status, run.stdout, run.stderr]).to.deep.equal([3, "list ls --json\n", ""]);
  });
});
