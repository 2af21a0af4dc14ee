import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { sql } from "kysely";
import { openDatabase } from "../../../server/store/database/database.ts";
import { freshDatabase } from "../../support/postgres.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { until } from "../../support/until.ts";
import { type ServerLock, takeServerLock } from "../../../server/store/database/server-lock.ts";
import { onBothDatabases } from "../both-databases.ts";
import { givenList } from "../given.ts";
import { otherProcess } from "../other-process.ts";

onBothDatabases("the server lock", (open, kind) => {
  it("is held by one at a time, and free again after its release", async () => {
    const store = await open();
    const lock = await takeServerLock(store.database, () => undefined);
    expect(lock).to.not.equal(undefined);
    expect(await takeServerLock(store.database, () => undefined)).to.equal(undefined);
    await lock?.release();
    const again = await takeServerLock(store.database, () => undefined);
    expect(again).to.not.equal(undefined);
    await again?.release();
  });

  it("is refused while another process holds it, and free when that is killed", async () => {
    const store = await open();
    const other = otherProcess("lock", store.database.location);
    expect(await other.says()).to.equal("held");
    expect(await takeServerLock(store.database, () => undefined)).to.equal(undefined);
    const third = otherProcess("lock", store.database.location);
    expect(await third.says()).to.equal("refused");
    await third.kill();
    await other.kill();
    let lock: ServerLock | undefined;
    // PostgreSQL hears of the end of a connection a little later.
    await until(async () => {
      lock = await takeServerLock(store.database, () => undefined);
      return lock !== undefined;
    });
    await lock?.release();
  });

  it("does not keep the command line from changing the database", async () => {
    const store = await open();
    const lock = await takeServerLock(store.database, () => undefined);
    const commandLine = await open();
    await givenList(commandLine);
    expect(await store.lists.findByName("news")).to.have.length(1);
    await lock?.release();
  });

  if (kind === "sqlite") {
    it("is not said to be held when its file cannot be opened", async () => {
      const store = await open();
      await mkdir(`${store.database.location}.lock`);
      const result = await takeServerLock(store.database, () => undefined).catch((error: unknown) => error);
      expect(result).to.be.instanceOf(Error);
    });
  }
});

describe("the server lock of a SQLite file", () => {
  it("is one lock, by whatever name the file is reached", async () => {
    const folder = await temporaryFolder();
    const [file, link] = [join(folder.path, "kairan.db"), join(folder.path, "link.db")];
    const database = openDatabase(file);
    await symlink(file, link);
    const byLink = openDatabase(link);

    const lock = await takeServerLock(database, () => undefined);
    expect(await takeServerLock(byLink, () => undefined)).to.equal(undefined);

    await lock?.release();
    await database.close();
    await byLink.close();
    await folder.remove();
  });
});

describe("the server lock of PostgreSQL, when its connection breaks", () => {
  const advisory =
    "FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

  it("is taken again by its server", async () => {
    const fresh = await freshDatabase();
    const database = openDatabase(fresh.url);
    const holders = async (): Promise<readonly number[]> => {
      const { rows } = await sql<{ pid: number }>`SELECT pid ${sql.raw(advisory)}`.execute(database.reader);
      return rows.map(({ pid }) => pid);
    };
    const breakIt = (): Promise<unknown> =>
      sql`SELECT pg_terminate_backend(pid) ${sql.raw(advisory)}`.execute(database.reader);
    let lost = 0;
    const lock = await takeServerLock(database, () => lost++);
    const [first] = await holders();

    await breakIt();
    // Asked in one query: between two the old connection can end, and nobody holds the lock for a moment.
    await until(async () => {
      const now = await holders();
      return now.length === 1 && now[0] !== first;
    });

    expect(lost).to.equal(0);
    expect(await takeServerLock(database, () => undefined)).to.equal(undefined);
    await lock?.release();
    await until(async () => (await holders()).length === 0);
    await database.close();
    await fresh.drop();
  });
});
