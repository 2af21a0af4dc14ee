import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { expect } from "chai";
import { carriedTables, leftOut, postgresTables, sqliteTables } from "../../../server/store/backup/catalogue.ts";
import { inTransaction } from "../../../server/store/backup/own-client.ts";
import { restoreBackup } from "../../../server/store/backup/restore-backup.ts";
import type { Restored, RestoreOptions } from "../../../server/store/backup/restore-backup.ts";
import { writeBackup } from "../../../server/store/backup/write-backup.ts";
import type { Backup } from "../../../server/store/backup/write-backup.ts";
import { recordOutcomes } from "../../../server/store/deliveries/outcomes.ts";
import { takeServerLock } from "../../../server/store/database/server-lock.ts";
import { lastBackupKey } from "../../../server/store/database/server-state.ts";
import { openStore } from "../../../server/store/store.ts";
import type { Store } from "../../../server/store/store.ts";
import { type FreshDatabase, freshDatabase } from "../../support/postgres.ts";
import { type TemporaryFolder, temporaryFolder } from "../../support/temporary-folder.ts";
import { onBothDatabases } from "../both-databases.ts";
import { claim, givenList, givenMembers, givenQueue, later, outcome, tallyOf } from "../given.ts";
import { contentOf, givenEverything } from "./full-store.ts";

const now = later + 1000;

onBothDatabases("a backup", (open, kind) => {
  let folder: TemporaryFolder;
  const fresh: FreshDatabase[] = [];
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await folder.remove();
    for (const one of fresh.splice(0)) await one.drop();
  });

  const path = (name: string): string => join(folder.path, name);
  const backUp = (store: Store, name = "a.backup", replace = false): Promise<Backup> =>
    writeBackup(store.database, { file: path(name), replace, now });
  const restore = (location: string, changes: Partial<RestoreOptions> = {}): Promise<Restored> =>
    restoreBackup({
      file: path("a.backup"),
      location,
      folder: folder.path,
      replace: false,
      resume: true,
      now,
      ...changes,
    });

  async function emptyPostgres(): Promise<string> {
    const one = await freshDatabase();
    fresh.push(one);
    return one.url;
  }

  it("is the same again after a way through both databases, table by table", async () => {
    const store = await open();
    await givenEverything(store);
    const before = await contentOf(store.database.location);
    expect(await backUp(store)).to.include({ kind: "made", file: path("a.backup") });
    expect(await contentOf(path("a.backup"))).to.deep.equal(before);

    for (const [index, location] of [path("one.db"), await emptyPostgres()].entries()) {
      expect(await restore(location)).to.include({ kind: "done", kept: undefined });
      expect(await contentOf(location)).to.deep.equal(before);
      const again = await openStore(location);
      expect(await backUp(again, `${index}.backup`)).to.include({ kind: "made" });
      await again.close();
      expect(await contentOf(path(`${index}.backup`))).to.deep.equal(before);
      for (const other of [path(`again-${index}.db`), await emptyPostgres()]) {
        await restore(other, { file: path(`${index}.backup`) });
        expect(await contentOf(other)).to.deep.equal(before);
      }
    }
  });

  it("is one file for one's own eyes, without logins, that says when it was made", async () => {
    const store = await open();
    await givenEverything(store);
    const made = await backUp(store);
    expect(await readdir(folder.path)).to.deep.equal(["a.backup"]);
    expect((await stat(path("a.backup"))).mode & 0o777).to.equal(0o600);
    const db = new BetterSqlite3(path("a.backup"), { readonly: true });
    for (const table of leftOut) expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).to.equal(0);
    expect(db.prepare("SELECT value FROM server_state WHERE key = ?").pluck().get(lastBackupKey)).to.equal(String(now));
    expect(db.pragma("integrity_check", { simple: true })).to.equal("ok");
    const remembered = db.prepare("SELECT count(*) FROM server_state").pluck().get() as number;
    db.close();
    const rows = [...(await contentOf(path("a.backup"))).values()].reduce((sum, lines) => sum + lines.length, 0);
    expect(made).to.include({ rows: rows + remembered, octets: (await stat(path("a.backup"))).size });
  });

  it("replaces no file unless it is told to, and leaves nothing when it cannot be written", async () => {
    const store = await open();
    await givenList(store);
    await writeFile(path("a.backup"), "mine");
    expect(await backUp(store)).to.deep.equal({ kind: "there already" });
    expect(await readFile(path("a.backup"), "utf8")).to.equal("mine");
    expect(await backUp(store, "a.backup", true)).to.include({ kind: "made" });
    expect(await readdir(folder.path)).to.deep.equal(["a.backup"]);
    const result = await backUp(store, "nowhere/a.backup").catch((error: unknown) => error);
    expect(result).to.be.instanceOf(Error);
  });

  it("is of one moment, while others write", async () => {
    const store = await open();
    const { post } = await givenQueue(store, 2000);
    let isDone = false;
    const sending = async (): Promise<void> => {
      for (let claims = await claim(store, 20); claims.length > 0 && !isDone; claims = await claim(store, 20))
        await recordOutcomes(
          store.database,
          claims.map((one) => outcome(one, "sent")),
        );
    };
    const sent = sending();
    for (let n = 0; n < 3; n++) {
      expect(await backUp(store, `${n}.backup`)).to.include({ kind: "made" });
      const copy = await openStore(path(`${n}.backup`));
      const tally = await tallyOf(copy, post);
      const recount: Record<string, number> = {};
      for await (const rows of copy.deliveries.all(post.id))
        for (const { state } of rows) recount[state] = (recount[state] ?? 0) + 1;
      expect(recount).to.deep.equal(tally);
      await copy.close();
    }
    isDone = true;
    await sent;
  });

  it("gives no id again that was given before, in whichever database", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    await store.lists.delete(list.id);
    await backUp(store);
    for (const location of [path("one.db"), await emptyPostgres()]) {
      await restore(location);
      const restored = await openStore(location);
      expect((await givenList(restored)).id).to.equal(list.id + 1);
      await givenList(restored, "third");
      await restored.close();
      // The database that is replaced had given more.
      await restore(location, { replace: true });
      const again = await openStore(location);
      expect((await givenList(again)).id).to.equal(list.id + 3);
      await again.close();
    }
  });

  it("is not restored over anything, unless told so, and what was there is kept", async () => {
    const store = await open();
    await givenEverything(store);
    await backUp(store);
    for (const location of [path("one.db"), await emptyPostgres()]) {
      const there = await openStore(location);
      await givenList(there, "there");
      await there.close();
      const before = await contentOf(location);
      expect(await restore(location)).to.deep.equal({ kind: "not empty" });
      expect(await contentOf(location)).to.deep.equal(before);

      const restored = await restore(location, { replace: true });
      expect(restored.kind).to.equal("done");
      const kept = "kept" in restored ? (restored.kept ?? "") : "";
      expect(await contentOf(kept)).to.deep.equal(before);
      expect(await contentOf(location)).to.deep.equal(await contentOf(path("a.backup")));
      expect((await readdir(folder.path)).filter((name) => /restoring|-wal|\.part/.test(name))).to.deep.equal([]);
    }
  });

  it("sends nothing again after a restore, unless told to go on", async () => {
    const store = await open();
    await givenEverything(store);
    await backUp(store);
    const posts = (await store.posts.page({ limit: 10 })).map(({ id }) => id).toSorted();
    for (const location of [path("one.db"), await emptyPostgres()]) {
      expect(await restore(location, { resume: false })).to.deep.include({ heldBack: { posts: 2, copies: 5 } });
      const restored = await openStore(location);
      expect(await claim(restored, 100, now + 1e9)).to.deep.equal([]);
      const [large, notBegun, ahead] = await Promise.all(posts.map((id) => restored.posts.find(id)));
      expect(large?.tally).to.deep.include({
        pending: 0,
        sending: 0,
        deferred: 0,
        sent: 1,
        bounced: 1,
        failed: 1,
        cancelled: 5,
      });
      expect([large?.stoppedAt, notBegun?.stoppedAt, ahead?.stoppedAt]).to.deep.equal([now, now, undefined]);
      const [cancelled] = await restored.deliveries.page(large?.id ?? 0, { limit: 1, state: "cancelled" });
      expect(cancelled?.reason).to.equal("restored");
      await restored.close();
    }
  });

  it("is refused while a server runs there, when it is none, damaged, of a newer version, or not there", async () => {
    const store = await open();
    await givenEverything(store);
    await backUp(store);
    const location = path("one.db");
    const lock = await takeServerLock({ kind: "sqlite", location }, () => undefined);
    expect(await restore(location)).to.deep.equal({ kind: "server runs" });
    await lock?.release();

    await writeFile(path("text"), "hello ".repeat(1000));
    new BetterSqlite3(path("other.db")).exec("CREATE TABLE other (id INTEGER)").close();
    const octets = await readFile(path("a.backup"));
    await writeFile(path("cut"), octets.subarray(0, octets.length / 2));
    octets.fill(0xaa, 40_000, 80_000);
    await writeFile(path("scratched"), octets);
    await writeFile(path("newer"), await readFile(path("a.backup")));
    const newer = new BetterSqlite3(path("newer"));
    newer.exec("INSERT INTO kysely_migration VALUES ('9999-from-the-future', '2999-01-01T00:00:00.000Z')").close();
    const faults = {
      text: "no backup",
      "other.db": "no backup",
      cut: "damaged",
      scratched: "damaged",
      newer: "newer",
      none: "missing",
    };
    for (const [name, fault] of Object.entries(faults))
      expect(await restore(location, { file: path(name) }), name).to.deep.equal({ kind: fault });
    expect(
      (await readdir(folder.path)).filter((name) => name.startsWith("one.db") && !name.endsWith(".lock")),
    ).to.deep.equal([]);
  });

  if (kind === "sqlite") {
    it("replaces a database that is damaged, and keeps that too", async () => {
      const store = await open();
      await givenEverything(store);
      await backUp(store);
      const broken = Buffer.from("not a database any more ".repeat(1000));
      await writeFile(path("one.db"), broken);
      expect(await restore(path("one.db"))).to.deep.equal({ kind: "not empty" });
      const restored = await restore(path("one.db"), { replace: true });
      expect(await readFile("kept" in restored ? (restored.kept ?? "") : "")).to.deep.equal(broken);
      expect(await contentOf(path("one.db"))).to.deep.equal(await contentOf(path("a.backup")));
    });

    it("is not restored while another command has the database open", async () => {
      const store = await open();
      await givenEverything(store);
      await backUp(store);
      const other = await openStore(path("one.db"));
      await givenList(other);
      expect(await restore(path("one.db"), { replace: true })).to.deep.equal({ kind: "in use" });
      expect(await other.lists.findByName("news")).to.have.length(1);
      await other.close();
    });
  }

  if (kind === "postgres") {
    it("that fails on its way into PostgreSQL leaves it as it was", async () => {
      const store = await open();
      await givenEverything(store);
      await backUp(store);
      const db = new BetterSqlite3(path("a.backup"));
      db.pragma("ignore_check_constraints = ON");
      db.exec("UPDATE post SET disposition = 'unheard of' WHERE id = (SELECT max(id) FROM post)").close();
      const before = await contentOf(store.database.location);
      const result = await restore(store.database.location, { replace: true }).catch((error: unknown) => error);
      expect(result).to.be.instanceOf(Error);
      expect(await contentOf(store.database.location)).to.deep.equal(before);
    });
  }
});

describe("the catalogue of a backup", () => {
  it("knows every table and column of both databases, the same in both", async () => {
    const folder = await temporaryFolder();
    const fresh = await freshDatabase();
    const file = join(folder.path, "one.db");
    for (const location of [file, fresh.url]) await (await openStore(location)).close();
    const db = new BetterSqlite3(file, { readonly: true });
    const [ours, theirs] = [sqliteTables(db), await inTransaction(fresh.url, "BEGIN READ ONLY", postgresTables)];
    db.close();
    const shape = (tables: typeof ours): unknown =>
      carriedTables(tables)
        .map(({ name, columns, givesIds }) => ({ name, columns, givesIds }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(shape(ours)).to.deep.equal(shape(theirs));
    expect(ours.map(({ name }) => name)).to.include.members([...leftOut]);
    expect(carriedTables(ours).length).to.be.greaterThan(18);
    await fresh.drop();
    await folder.remove();
  });

  it("puts what is referred to before what refers, and says when that cannot be", () => {
    const table = (name: string, ...refersTo: string[]) => ({ name, refersTo, columns: [], givesIds: false });
    expect(carriedTables([table("a", "b"), table("b", "b", "c"), table("c")]).map(({ name }) => name)).to.deep.equal([
      "c",
      "b",
      "a",
    ]);
    expect(() => carriedTables([table("a", "b"), table("b", "a")])).to.throw(/circle/);
  });
});
