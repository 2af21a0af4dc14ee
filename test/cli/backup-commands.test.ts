import { readdir, rm, stat } from "node:fs/promises";
import { expect } from "chai";
import { readServerState } from "../../server/store/database/server-state.ts";
import { takeServerLock } from "../../server/store/database/server-lock.ts";
import { Operator } from "./operator.ts";

describe("kairan backup and restore", () => {
  let operator: Operator;
  beforeEach(async () => {
    operator = await Operator.open();
  });
  afterEach(() => operator.close());

  async function given(): Promise<void> {
    await operator.does("list create news --title News --sender anne@example.org");
    await operator.does("member add news bart@example.org");
  }

  it("bring everything back on an empty machine", async () => {
    await given();
    const [made] = await operator.rows("backup one.backup");
    expect(made).to.include({
      file: operator.path("one.backup"),
      bytes: (await stat(operator.path("one.backup"))).size,
    });
    await rm(operator.path("data"), { recursive: true });
    expect(await operator.does("restore one.backup")).to.match(
      /^restored [\d,]+ rows into SQLite; start the server\neverybody signs in anew\n$/,
    );
    expect(await operator.rows("member ls news")).to.have.length(1);
  });

  it("say how much it was, and when it was last done", async () => {
    await given();
    const before = operator.clock.now();
    expect(await operator.does("backup one.backup")).to.match(/^one\.backup: [\d,]+ rows, \d+ KB, in [\d.]+ s\n$/);
    const store = await operator.store();
    expect(Number(await readServerState(store.database, "last_backup_at"))).to.be.within(before, operator.clock.now());
    await store.close();
  });

  it("may note one that was made by other tools, so that nobody is warned", async () => {
    await given();
    const before = operator.clock.now();
    expect(await operator.does("backup noted")).to.equal("noted: there is a backup of now\n");
    const store = await operator.store();
    expect(Number(await readServerState(store.database, "last_backup_at"))).to.be.within(before, operator.clock.now());
    await store.close();
  });

  it("replace nothing without being told so, and keep what was there", async () => {
    await given();
    await operator.does("backup one.backup");
    expect(await operator.fails("backup one.backup", 1)).to.equal("one.backup is there already; --force replaces it");
    await operator.does("backup one.backup --force");
    await operator.does("member add news later@example.org");
    expect(await operator.fails("restore one.backup", 1)).to.match(/--replace restores all the same/);
    const [restored] = await operator.rows("restore one.backup --replace");
    const kept = String(restored?.["kept"]);
    expect(await operator.rows("member ls news")).to.have.length(1);
    expect(await readdir(operator.path("data"))).to.include(kept.split("/").at(-1));
    await operator.runs(["restore", kept, "--replace"]);
    expect(await operator.rows("member ls news")).to.have.length(2);
  });

  it("stop what was on its way at the backup, and say so; or go on with it", async () => {
    await given();
    await operator.writes("one.eml", "From: anne@example.org\r\nSubject: One\r\n\r\nHello\r\n");
    await operator.does("post news one.eml");
    await operator.does("backup one.backup");
    expect(await operator.does("restore one.backup --replace")).to.contain(
      "1 post had not gone out whole at the backup",
    );
    expect((await operator.rows("posts news"))[0]).to.include({ state: "stopped" });
    await operator.does("restore one.backup --replace --resume");
    expect((await operator.rows("posts news"))[0]).to.include({ state: "sending" });
  });

  it("say what stands in the way in one line", async () => {
    await rm(operator.path("data"), { recursive: true });
    expect(await operator.fails("backup one.backup", 1)).to.match(/^there is no database .* yet$/);
    expect(await operator.fails("restore none.backup", 1)).to.equal("there is no file none.backup");
    await given();
    expect(await operator.fails("backup nowhere/one.backup", 1)).to.match(/^there is no folder /);
    expect(await operator.fails("backup data/kairan.db --force", 1)).to.match(/the database itself/);
    expect(await operator.fails("restore data/kairan.db --replace", 1)).to.match(/the database itself/);
    expect(await operator.fails("backup", 2)).to.contain("FILE");
    expect(await operator.fails("restore config.json --replace", 1)).to.equal("config.json is no backup of Kairan");
    await operator.does("backup one.backup");
    const location = operator.path("data/kairan.db");
    const lock = await takeServerLock({ kind: "sqlite", location }, () => undefined);
    expect(await operator.fails("restore one.backup --replace", 1)).to.equal(
      "the server runs on this database: stop it first",
    );
    await lock?.release();
  });
});
