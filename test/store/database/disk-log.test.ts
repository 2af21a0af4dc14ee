import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import BetterSqlite3 from "better-sqlite3";
import { Kysely, sql } from "kysely";
import { Database } from "../../../server/store/database/database.ts";
import { DiskLog } from "../../../server/store/database/disk-log.ts";
import type { Schema } from "../../../server/store/schema/schema.ts";
import { SqliteDialect } from "../../../server/store/database/sqlite-driver.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("SQLite's log on its way to the disk", () => {
  it("lets nobody hear of a commit that it could not sync, nor of any after that", async () => {
    const connect = () => new Kysely<Schema>({ dialect: new SqliteDialect(new BetterSqlite3(":memory:")) });
    // What is no file on a disk cannot be synced.
    const database = new Database("sqlite", "", {
      reader: connect(),
      writer: connect(),
      log: new DiskLog("/dev/null"),
    });
    const told = () =>
      database
        .write(async (write) => sql`SELECT 1`.execute(write))
        .then(
          () => "told",
          (error: unknown) => String(error),
        );
    expect(await Promise.all([told(), told()])).to.deep.equal([
      "Error: EINVAL: invalid argument, fdatasync",
      "Error: EINVAL: invalid argument, fdatasync",
    ]);
    expect(await told()).to.match(/EINVAL/);
    await database.close();
  });

  it("is opened by the next commit when it could not be by the last", async () => {
    const folder = await temporaryFolder();
    const file = join(folder.path, "log");
    const log = new DiskLog(file);
    await log.synced().then(
      () => expect.fail("there was no log"),
      (error: unknown) => expect(String(error)).to.match(/ENOENT/),
    );
    await writeFile(file, "");
    await log.synced();
    await log.close();
    await folder.remove();
  });
});
