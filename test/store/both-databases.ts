/** Runs the same tests of the store on SQLite and on PostgreSQL. */
import { join } from "node:path";
import pg from "pg";
import type { Kind } from "../../server/store/database/database.ts";
import { openStore } from "../../server/store/store.ts";
import type { Store } from "../../server/store/store.ts";
import { laidOut } from "../support/laid-out.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Opens the test's database, empty at first; called again, it opens the same one as another process would. */
export type Open = () => Promise<Store>;

type Place = {
  /** Where a database without a row is. */
  readonly next: () => Promise<string>;
  readonly remove: () => Promise<void>;
};

const places: Readonly<Record<Kind, () => Promise<Place>>> = { sqlite: sqlitePlace, postgres: postgresPlace };

/** `tests` describes them with the verbs of mocha; what they open is closed after each. */
export function onBothDatabases(name: string, tests: (open: Open, kind: Kind) => void): void {
  for (const kind of ["sqlite", "postgres"] as const) {
    describe(`${name} (${kind})`, () => {
      let place: Place;
      let location: string | undefined;
      const opened: Store[] = [];
      const open = async (): Promise<Store> => {
        location ??= await place.next();
        const store = await openStore(location);
        opened.push(store);
        return store;
      };
      // The first suite of a run starts PostgreSQL.
      before(async () => {
        place = await places[kind]();
      });
      afterEach(async () => {
        await Promise.all(opened.splice(0).map((store) => store.close()));
        location = undefined;
      });
      after(() => place.remove());
      tests(open, kind);
    });
  }
}

async function sqlitePlace(): Promise<Place> {
  const folder = await temporaryFolder();
  let made = 0;
  return { next: () => laidOut(join(folder.path, `${++made}.db`)), remove: () => folder.remove() };
}

/** One database a run, emptied for each test: making one, and its tables, takes ten times as long. It ends with its server. */
async function postgresPlace(): Promise<Place> {
  // The one piece of state: the run's server is one, too.
  database ??= freshDatabase();
  const { url } = await database;
  return { next: () => emptied(url), remove: () => Promise.resolve() };
}

let database: Promise<FreshDatabase> | undefined;

async function emptied(url: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(emptying);
  await client.end();
  return url;
}

/**
 * To truncate every table makes some hundred files; most tests fill a handful of rows in a few. Rows of large tables would lie
 * around for a while after a DELETE, so those are truncated. Without triggers, the order of the tables does not matter.
 */
const emptying = `DO $$
  DECLARE
    one regclass;
    filled boolean;
  BEGIN
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT format('%I', tablename) FROM pg_tables
      WHERE schemaname = 'public' AND tablename NOT LIKE 'kysely%' LOOP
      EXECUTE 'SELECT EXISTS (SELECT FROM ' || one || ')' INTO filled;
      IF pg_relation_size(one) > 65536 THEN
        EXECUTE 'TRUNCATE ' || one || ' CASCADE';
      ELSIF filled THEN
        EXECUTE 'DELETE FROM ' || one;
      END IF;
    END LOOP;
    PERFORM setval(format('%I', sequencename), start_value, false) FROM pg_sequences WHERE last_value IS NOT NULL;
  END
$$`;
