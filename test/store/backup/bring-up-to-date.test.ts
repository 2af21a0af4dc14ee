import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { expect } from "chai";
import { sql } from "kysely";
import { kindOf, openDatabase } from "../../../server/store/database/database.ts";
import { layoutOf, migrate } from "../../../server/store/migrations/migrate.ts";
import { takeServerLock } from "../../../server/store/database/server-lock.ts";
import { openStore } from "../../../server/store/store.ts";
import { freshDatabase } from "../../support/postgres.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** A database of the first version, with a member who bounced and one who left, as that version wrote them. */
async function givenFirst(location: string): Promise<void> {
  const database = openDatabase(location);
  await migrate(database, "0001-first");
  const secret = Buffer.alloc(16, 7);
  await database.write(async (write) => {
    await sql`INSERT INTO list (id, name, domain, title, posting, proof, reply_to, prefix, own_copy, cooloff_ms, created_at)
      VALUES (1, 'news', 'lists.example.org', 'News', 'senders', 'from-only', 'owner', '', 1, 0, 5)`.execute(write);
    for (const [id, status] of [
      [1, "active"],
      [2, "left"],
    ] as const) {
      await sql`INSERT INTO person (id, name, created_at) VALUES (${id}, 'Anne', 5)`.execute(write);
      await sql`INSERT INTO membership (id, list_id, person_id, version_id, status, secret, active_since, created_at)
        VALUES (${id}, 1, ${id}, ${id}, ${status}, ${secret}, 5, 5)`.execute(write);
      await sql`INSERT INTO membership_version (id, membership_id, address, name, attributes, created_at)
        VALUES (${id}, ${id}, 'anne@example.com', 'Anne', '{}', 5)`.execute(write);
    }
  });
  await database.close();
}

type Place = {
  readonly location: string;
  readonly folder: string;
  /** What the names of its backups begin with. */
  readonly name: string;
  readonly remove: () => Promise<void>;
};

const places: Readonly<Record<"sqlite" | "postgres", () => Promise<Place>>> = {
  sqlite: async () => {
    const folder = await temporaryFolder();
    const location = join(folder.path, "kairan.db");
    return { location, folder: folder.path, name: "kairan.db", remove: () => folder.remove() };
  },
  postgres: async () => {
    const folder = await temporaryFolder();
    const fresh = await freshDatabase();
    const remove = async (): Promise<void> => {
      await folder.remove();
      await fresh.drop();
    };
    return { location: fresh.url, folder: join(folder.path, "data"), name: basename(fresh.url), remove };
  },
};

for (const kind of ["sqlite", "postgres"] as const) {
  describe(`an older database (${kind})`, () => {
    let place: Place;
    beforeEach(async () => {
      place = await places[kind]();
    });
    afterEach(() => place.remove());

    const backups = async (): Promise<readonly string[]> =>
      (await readdir(place.folder)).filter((name) => name.includes(".backup")).toSorted();

    it("is backed up before it is changed, and works then", async () => {
      await givenFirst(place.location);
      const kept: string[] = [];
      const store = await openStore(place.location, { folder: place.folder, kept: (file) => kept.push(file) });
      const [list] = await store.lists.findByName("news");
      expect(await store.members.counts(list?.id ?? 0)).to.include({ active: 1, left: 1 });
      await store.close();

      const names = await backups();
      expect(names).to.have.length(1);
      expect(names[0]).to.match(/^.+\.0001-first\.\d{4}-\d\d-\d\dT\d{6}-\d{3}Z\.backup$/);
      expect(names[0]?.startsWith(place.name)).to.equal(true);
      expect(kept).to.deep.equal([join(place.folder, names[0] ?? "")]);
      const db = new BetterSqlite3(kept[0] ?? "", { readonly: true });
      expect(db.prepare("SELECT name FROM kysely_migration").pluck().all()).to.deep.equal(["0001-first"]);
      expect(db.prepare("SELECT status FROM membership ORDER BY id").pluck().all()).to.deep.equal(["active", "left"]);
      db.close();
    });

    it("is backed up once, and never again when it is of this version", async () => {
      await givenFirst(place.location);
      for (let n = 0; n < 3; n++)
        await (await openStore(place.location, { folder: place.folder, kept: () => undefined })).close();
      expect(await backups()).to.have.length(1);
    });

    it("leaves three such backups, the newest", async () => {
      await givenFirst(place.location);
      const database = openDatabase(place.location);
      await database.close();
      const old = [2021, 2022, 2023, 2024].map(
        (year) => `${place.name}.0001-${year === 2021 ? "zzz" : "first"}.${year}-01-01T000000-000Z.backup`,
      );

      await mkdir(place.folder, { recursive: true });
      for (const name of [...old, "other.db.0001-first.2020-01-01T000000-000Z.backup", `${place.name}.backup`])
        await writeFile(join(place.folder, name), "");
      await (await openStore(place.location, { folder: place.folder, kept: () => undefined })).close();
      const left = await backups();
      expect(left).to.include.members(["other.db.0001-first.2020-01-01T000000-000Z.backup", `${place.name}.backup`]);
      expect(left.filter((name) => name.startsWith(`${place.name}.0001`))).to.have.length(3);
      expect(left).to.include.members(old.slice(2)).and.not.include(old[0]);
    });

    it("is not changed while a server of that version works on it, nor by two at once", async () => {
      await givenFirst(place.location);
      const lock = await takeServerLock({ kind: kindOf(place.location), location: place.location }, () => undefined);
      const opening = openStore(place.location, { folder: place.folder, kept: () => undefined });
      const database = openDatabase(place.location);
      expect(await layoutOf(database)).to.deep.equal({ kind: "older", name: "0001-first" });
      await lock?.release();
      const [first, second] = await Promise.all([
        opening,
        openStore(place.location, { folder: place.folder, kept: () => undefined }),
      ]);
      expect((await layoutOf(database)).kind).to.equal("current");
      expect(await backups()).to.have.length(1);
      for (const one of [first, second, database]) await one.close();
    });
  });
}

describe("an older database that cannot be backed up", () => {
  it("is left as it was, with a word of what to do", async () => {
    const folder = await temporaryFolder();
    // A name so long that that of its backup is too long.
    const location = join(folder.path, `${"k".repeat(230)}.db`);
    await givenFirst(location);
    const result = await openStore(location, { folder: dirname(location), kept: () => undefined }).catch(String);
    expect(result)
      .to.be.a("string")
      .that.matches(/could not be written/)
      .and.matches(/Nothing was changed: make room/);
    const database = openDatabase(location);
    expect(await layoutOf(database)).to.deep.equal({ kind: "older", name: "0001-first" });
    await database.close();
    await folder.remove();
  });
});
