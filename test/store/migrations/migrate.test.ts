import { expect } from "chai";
import { sql } from "kysely";
import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { migrate } from "../../../server/store/migrations/migrate.ts";
import { openStore } from "../../../server/store/store.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { givenList } from "../given.ts";
import { otherProcess } from "../other-process.ts";

async function layout(store: Store): Promise<readonly string[]> {
  const { rows } =
    store.database.kind === "sqlite"
      ? await sql<{
          line: string;
        }>`SELECT type || name || coalesce(sql, '') AS line FROM sqlite_master ORDER BY 1`.execute(
          store.database.reader,
        )
      : await sql<{
          line: string;
        }>`SELECT table_name || column_name || data_type AS line FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1`.execute(
          store.database.reader,
        );
  return rows.map((row) => row.line);
}

onBothDatabases("migrations", (open, kind) => {
  it("change nothing when they run again", async () => {
    const store = await open();
    await givenList(store);
    const before = await layout(store);
    await migrate(store.database);
    await open();
    expect(await layout(store)).to.deep.equal(before);
    expect(await store.lists.findByName("news")).to.have.length(1);
  });

  it("refuse a database of a newer version, clearly, and leave it as it is", async () => {
    const store = await open();
    await givenList(store);
    await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-from-the-future', '2999-01-01T00:00:00.000Z')`.execute(
      store.database.outsideTransactions,
    );
    const before = await layout(store);
    const result = await openStore(store.database.location).catch((error: unknown) => error);
    expect(result).to.be.instanceOf(Error);
    expect(String(result)).to.match(/newer Kairan/);
    expect(await layout(store)).to.deep.equal(before);
    expect(await store.lists.findByName("news")).to.have.length(1);
    await sql`DELETE FROM kysely_migration WHERE name LIKE '9999%'`.execute(store.database.outsideTransactions);
  });

  it("let several processes open an empty database at once", async () => {
    const store = await open();
    const location = kind === "sqlite" ? `${store.database.location}.second` : store.database.location;
    if (kind === "postgres") {
      await sql`DROP SCHEMA public CASCADE`.execute(store.database.outsideTransactions);
      await sql`CREATE SCHEMA public`.execute(store.database.outsideTransactions);
    }
    const others = [1, 2, 3].map(() => otherProcess("open", location));
    expect(await Promise.all(others.map((other) => other.says()))).to.deep.equal(["opened", "opened", "opened"]);
    expect(await Promise.all(others.map((other) => other.ended()))).to.deep.equal([0, 0, 0]);
  });

  if (kind === "sqlite") {
    it("make strict tables, and enforce references and states", async () => {
      const store = await open();
      const { rows } = await sql<{
        name: string;
        strict: number;
      }>`SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'kysely%'`.execute(
        store.database.reader,
      );
      expect(rows.length).to.be.greaterThan(15);
      expect(rows.filter((row) => row.strict !== 1)).to.deep.equal([]);
    });

    it("give every reference an index, so that nothing is deleted by reading whole tables", async () => {
      const store = await open();
      const { rows } = await sql<{ name: string }>`
        SELECT t.name || '.' || f."from" AS name FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS f
        WHERE t.schema = 'main' AND NOT EXISTS (
          SELECT 1 FROM pragma_index_list(t.name) AS i, pragma_index_info(i.name) AS c WHERE c.seqno = 0 AND c.name = f."from" AND i.partial = 0)
        -- A table's only key is where its rows stand.
        AND (SELECT COALESCE(MAX(own.pk), 0) > 1 OR MAX(own.name = f."from" AND own.pk = 1) = 0 FROM pragma_table_info(t.name) AS own)`.execute(
        store.database.reader,
      );
      expect(rows).to.deep.equal([]);
    });
  }

  it("happen whole or not at all", async () => {
    const store = await open();
    const before = await layout(store);
    const breaking = {
      up: async (db: Kysely<unknown>): Promise<void> => {
        await sql`CREATE TABLE half (id INTEGER PRIMARY KEY)`.execute(db);
        await sql`INSERT INTO nowhere (id) VALUES (1)`.execute(db);
      },
    };
    const migrator = new Migrator({
      db: store.database.outsideTransactions,
      provider: { getMigrations: async () => ({ "9999-breaking": breaking }) },
      migrationTableName: "kysely_trial",
      migrationLockTableName: "kysely_trial_lock",
    });
    expect((await migrator.migrateToLatest()).error).to.be.instanceOf(Error);
    expect((await layout(store)).filter((line) => !line.includes("kysely_trial"))).to.deep.equal(before);
    for (const table of ["kysely_trial", "kysely_trial_lock"])
      await sql`DROP TABLE ${sql.table(table)}`.execute(store.database.outsideTransactions);
  });

  it("let the database refuse what refers to nothing, and states that are none", async () => {
    const store = await open();
    const list = await givenList(store);
    const broken = [
      sql`INSERT INTO poster (list_id, person_id, created_at) VALUES (${list.id}, 999, 1)`,
      sql`INSERT INTO membership (list_id, person_id, status, secret, created_at) VALUES (999, 999, 'active', ${Buffer.alloc(16)}, 1)`,
      sql`UPDATE list SET posting = 'anybody'`,
    ];
    for (const statement of broken) {
      const result = await store.database.write((write) => statement.execute(write)).catch((error: unknown) => error);
      expect(result).to.be.instanceOf(Error);
    }
    expect((await store.lists.find(list.id))?.posting).to.equal("senders");
  });
});
