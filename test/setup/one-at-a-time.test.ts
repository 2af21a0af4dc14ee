import { existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { oneAtATime } from "../../server/setup/one-at-a-time.js";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";

describe("One at a time", () => {
  let folder: TemporaryFolder;
  let file: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    file = join(folder.path, "busy");
  });
  afterEach(() => folder.remove());

  it("works while its file is there, and leaves none", async () => {
    await oneAtATime(file, () => {
      expect(readFileSync(file, "utf8")).to.equal(String(process.pid));
      return Promise.resolve();
    });
    expect(existsSync(file)).to.equal(false);
  });

  it("leaves no file when the work fails", async () => {
    const failing = oneAtATime(file, () => Promise.reject(new Error("full")));
    expect(await failing.catch((fault: unknown) => String(fault))).to.equal("Error: full");
    expect(existsSync(file)).to.equal(false);
  });

  it("takes the place of a process that is gone", async () => {
    writeFileSync(file, "4194305");
    await oneAtATime(file, () => Promise.resolve());
    expect(existsSync(file)).to.equal(false);
  });

  it("takes the place of a file that is older than any set-up", async () => {
    writeFileSync(file, "1");
    utimesSync(file, 0, 0);
    await oneAtATime(file, () => Promise.resolve());
    expect(existsSync(file)).to.equal(false);
  });
});
