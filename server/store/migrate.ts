/** Brings a database to the layout that this version works with; refuses one that a newer version has changed. */
import { Migrator } from "kysely/migration";
import type { Database } from "./database.ts";
import { first } from "./migrations/0001-first.ts";
import { people } from "./migrations/0002-people.ts";
import { joining } from "./migrations/0005-joining.ts";
import { leaving } from "./migrations/0006-leaving.ts";
import { home } from "./migrations/0007-home.ts";
import { accounts } from "./migrations/0008-accounts.ts";
import { bounces } from "./migrations/0009-bounces.ts";

const migrations = {
  "0001-first": first,
  "0002-people": people,
  "0005-joining": joining,
  "0006-leaving": leaving,
  "0007-home": home,
  "0008-accounts": accounts,
  "0009-bounces": bounces,
};

/** Throws when the database is of a newer version or a migration fails; the database is then as before. */
export async function migrate(database: Database): Promise<void> {
  const known = Object.entries(migrations).map(([name, of]) => [name, of(database.kind)] as const);
  const migrator = new Migrator({
    db: database.outsideTransactions,
    provider: { getMigrations: async () => Object.fromEntries(known) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const cause = error instanceof Error ? error.message : "an unknown fault";
  if (!cause.includes("corrupted migrations"))
    throw new Error(`the database could not be opened or brought up to date: ${cause}`, { cause: error });
  throw new Error("the database was made by a newer Kairan; run that version, or restore a backup", { cause: error });
}
