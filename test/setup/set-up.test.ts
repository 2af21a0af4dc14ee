import { expect } from "chai";
import { SmallCheckout } from "../support/small-checkout.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";

describe("The set-up", () => {
  let folder: TemporaryFolder;
  let checkout: SmallCheckout;

  beforeEach(async () => {
    folder = await temporaryFolder();
    checkout = new SmallCheckout(folder.path);
  });
  afterEach(() => folder.remove());

  it("installs what the lock file names, without running any package's script", () => {
    const run = checkout.run("set-up.js");
    expect(run.status, run.stderr).to.equal(0);
    expect(checkout.npmCalls()).to.have.length(1);
    expect(checkout.npmCalls()[0]).to.match(/^install --no-save .*--ignore-scripts.* --omit=dev$/);
  });

  it("writes nothing and asks nobody when all is there", () => {
    checkout.run("set-up.js");
    const before = checkout.snapshot();
    const run = checkout.run("set-up.js");
    expect(run.stderr + run.stdout).to.equal("");
    expect(checkout.snapshot()).to.deep.equal(before);
  });

  it("brings a Node where this machine's is too old", () => {
    checkout.program(
      "node",
      `#!/bin/sh\n[ "$1" = --version ] && echo v20.20.2 && exit\nexec "${process.execPath}" "$@"\n`,
    );
    const run = checkout.run("set-up.js");
    expect(run.status, run.stderr).to.equal(0);
    expect(checkout.npmCalls()[0]).to.match(/ node-\S+@24$/);
    expect(run.stderr).to.contain("this machine has v20.20.2");
  });

  it("installs again when the lock file has changed, and keeps the tree that something may run from", () => {
    checkout.run("set-up.js");
    checkout.write("node_modules/left-pad/package.json", '{"version":"1.2.0"}');
    checkout.write("node_modules/in-use/package.json", "{}");
    checkout.run("set-up.js");
    expect(checkout.npmCalls()).to.have.length(2);
    expect(checkout.snapshot().join("\n")).to.contain("in-use");
  });

  it("discards what an interrupted installation left", () => {
    checkout.write("node_modules/half/package.json", '{"vers');
    checkout.run("set-up.js");
    expect(checkout.snapshot().join("\n")).not.to.contain("half");
  });

  it("adds the packages for development when tests ask for them", () => {
    checkout.run("set-up.js");
    const packages = {
      "node_modules/left-pad": { version: "1.3.0" },
      "node_modules/mocha": { version: "12.0.3", dev: true },
    };
    checkout.write("package-lock.json", JSON.stringify({ packages }));
    checkout.run("set-up.js");
    expect(checkout.npmCalls()).to.have.length(1);
    checkout.run("set-up.js", ["development"]);
    expect(checkout.npmCalls()[1]).to.match(/--include=dev$/);
  });

  it("says in one sentence why it cannot", () => {
    const run = checkout.run("set-up.js", [], { NPM_FAILS: "npm error code ENOTFOUND" });
    expect(run.status).to.equal(1);
    expect(run.stderr.trimEnd().split("\n")).to.have.length(2);
    expect(run.stderr).to.contain("Kairan cannot be set up: the package registry cannot be reached");
  });

  it("says so when npm did its part, and the lock file's packages are still not there", () => {
    checkout.write("package-lock.json", JSON.stringify({ packages: { "node_modules/other": { version: "1.0.0" } } }));
    expect(checkout.run("set-up.js").stderr).to.contain("package-lock.json does not fit package.json");
  });

  it("takes over from a set-up that was killed", () => {
    checkout.write(".setting-up", "4194305");
    expect(checkout.run("set-up.js").status).to.equal(0);
    expect(checkout.snapshot().join("\n")).not.to.contain(".setting-up");
  });
});
