import { mkdir } from "node:fs/promises";
import { expect } from "chai";
import { takeServerLock } from "../../server/store/server-lock.ts";
import { onBothDatabases } from "./both-databases.ts";
import { givenList } from "./given.ts";
import { otherProcess } from "./other-process.ts";

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

  it("is refused while another process holds it, and free when that is killed", async function () {
    this.timeout(30_000);
    const store = await open();
    const other = otherProcess("lock", store.database.location);
    expect(await other.says()).to.equal("held");
    expect(await takeServerLock(store.database, () => undefined)).to.equal(undefined);
    const third = otherProcess("lock", store.database.location);
    expect(await third.says()).to.equal("refused");
    await third.kill();
    await other.kill();
    let lock = await takeServerLock(store.database, () => undefined);
    // PostgreSQL hears of the end of a connection a little later.
    for (const deadline = Date.now() + 5000; lock === undefined && Date.now() < deadline;)
      lock = await takeServerLock(store.database, () => undefined);
    expect(lock).to.not.equal(undefined);
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
