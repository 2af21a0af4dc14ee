import { expect } from "chai";
import { isInstalled } from "../../server/setup/installed.js";
import { SmallCheckout } from "../support/small-checkout.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";

describe("What is installed", () => {
  let folder: TemporaryFolder;
  let checkout: SmallCheckout;
  const isComplete = (development = false): boolean => isInstalled(checkout.root, { development });
  const lock = (packages: Record<string, unknown>): void => {
    checkout.write("package-lock.json", JSON.stringify({ packages: { "": {}, ...packages } }));
  };

  beforeEach(async () => {
    folder = await temporaryFolder();
    checkout = new SmallCheckout(folder.path);
    checkout.write("node_modules/left-pad/package.json", '{"version":"1.3.0"}');
    checkout.write("node_modules/.package-lock.json", "{}");
  });
  afterEach(() => folder.remove());

  it("is complete when each package is there in its version", () => {
    expect(isComplete()).to.equal(true);
    lock({ "node_modules/left-pad": { version: "1.3.1" } });
    expect(isComplete()).to.equal(false);
  });

  it("is not complete without the record that npm writes last", () => {
    checkout.remove("node_modules/.package-lock.json");
    expect(isComplete()).to.equal(false);
  });

  it("is not complete with a torn package", () => {
    checkout.write("node_modules/left-pad/package.json", '{"vers');
    expect(isComplete()).to.equal(false);
  });

  it("needs packages for development only where they are asked for", () => {
    lock({ "node_modules/mocha": { version: "12.0.3", dev: true } });
    expect(isComplete()).to.equal(true);
    expect(isComplete(true)).to.equal(false);
  });

  it("may lack optional packages, but holds none of another platform", () => {
    lock({ "node_modules/argon2-there": { version: "1.0.0", optional: true, os: ["plan9"] } });
    expect(isComplete()).to.equal(true);
    checkout.write("node_modules/argon2-there/package.json", '{"version":"1.0.0"}');
    expect(isComplete()).to.equal(false);
  });
});
