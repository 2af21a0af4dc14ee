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

  it("sets up by itself for init, the first command that anybody types", () => {
    const run = checkout.run("kairan.js", ["init", "--yes"]);
    expect([run.status, run.stdout]).to.deep.equal([3, "init --yes\n"]);
    expect(run.stderr).to.contain("Kairan is set up");
    expect(checkout.run("kairan.js", ["init", "--yes"]).stderr).to.equal("");
  });

  it("says once why the set-up for init went wrong", () => {
    const run = checkout.run("kairan.js", ["init"], { NPM_FAILS: "npm error no space left" });
    expect([run.status, run.stdout]).to.deep.equal([1, ""]);
    expect(run.stderr).to.contain("cannot be set up").and.not.contain("run npm start first");
  });

  it("hands its words to the entry, and the entry's exit status back", () => {
    checkout.run("set-up.js");
    const run = checkout.run("kairan.js", ["list", "ls", "--json"]);
    expect([run.status, run.stdout, run.stderr]).to.deep.equal([3, "list ls --json\n", ""]);
  });
});
