import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { checkConfig } from "../../server/config.ts";
import { tlsFaults } from "../../server/config/tls-files.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import type { TemporaryFolder } from "../support/temporary-folder.ts";
import { testCertificate, testKey } from "../support/test-certificate.ts";

describe("the certificates of the configuration", () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder.path, "cert.pem"), testCertificate);
    await writeFile(join(folder.path, "key.pem"), testKey);
  });
  afterEach(() => folder.remove());

  const faults = (smtp: object, web: object): readonly string[] =>
    tlsFaults(
      checkConfig(
        { hostname: "a.example", outbound: { via: "outbox" }, smtp: { tls: smtp }, web: { tls: web } },
        { file: "test", folder: folder.path, trial: false },
      ),
    );

  it("are fine when they can be read and belong together", () => {
    const good = { cert: "cert.pem", key: "key.pem" };
    expect(faults(good, good)).to.deep.equal([]);
  });

  it("are told by key, all of them, when they are missing or no pair", () => {
    const told = faults({ cert: "nowhere.pem", key: "elsewhere.pem" }, { cert: "key.pem", key: "cert.pem" });
    expect(told).to.have.lengthOf(3);
    expect(told[0]).to.match(/^smtp\.tls\.cert cannot be read: .*nowhere\.pem$/);
    expect(told[1]).to.match(/^smtp\.tls\.key cannot be read: .*elsewhere\.pem$/);
    expect(told[2]).to.match(/^web\.tls is no certificate with its key/);
  });
});
