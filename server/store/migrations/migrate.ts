/** Brings a database to the layout that this version works with; refuses one that a newer version has changed. */
import { sql } from "kysely";
import { Migrator } from "kysely/migration";
import type { Database } from "../database/database.ts";
import { first } from "./0001-first.ts";
import { people } from "./0002-people.ts";
import { imports } from "./0003-imports.ts";
import { memberIndex } from "./0004-member-index.ts";
import { joining } from "./0005-joining.ts";
import { leaving } from "./0006-leaving.ts";
import { home } from "./0007-home.ts";
import { accounts } from "./0008-accounts.ts";
import { bounces } from "./0009-bounces.ts";
import { bulkChanges } from "./0010-bulk-changes.ts";
import { asking } from "./0012-asking.ts";
import { schedules } from "./0013-schedules.ts";
import { followUp } from "./0014-follow-up.ts";
import { answers } from "./0015-answers.ts";
import { history } from "./0017-history.ts";
import { responseTimes } from "./0018-response-times.ts";
import { reports } from "./0019-reports.ts";
import { failureDays } from "./0030-failure-days.ts";
import { silent } from "./0031-silent.ts";
import { formerPersons } from "./0032-former-persons.ts";
import { quietSearch } from "./0033-quiet-search.ts";
import { settledJoinings } from "./0035-settled-joinings.ts";
import { mergedSearch } from "./0036-merged-search.ts";

const migrations = {
  "0001-first": first,
  "0002-people": people,
  "0003-imports": imports,
  "0004-member-index": memberIndex,
  "0005-joining": joining,
  "0006-leaving": leaving,
  "0007-home": home,
  "0008-accounts": accounts,
  "0009-bounces": bounces,
  "0010-bulk-changes": bulkChanges,
  "0012-asking": asking,
  "0013-schedules": schedules,
  "0014-follow-up": followUp,
  "0015-answers": answers,
  "0017-history": history,
  "0018-response-times": responseTimes,
  "0019-reports": reports,
  "0030-failure-days": failureDays,
  "0031-silent": silent,
  "0032-former-persons": formerPersons,
  "0033-quiet-search": quietSearch,
  "0035-settled-joinings": settledJoinings,
  "0036-merged-search": mergedSearch,
};

/** How a database is laid out: not at all yet, as this version works with it, or as another version left it. */
export type Layout =
  { readonly kind: "empty" } | { readonly kind: "current" | "older" | "newer"; readonly name: string };

const newerText = "the database was made by a newer Kairan; run that version, or restore a backup";

export async function layoutOf(database: Database): Promise<Layout> {
  const applied = await appliedMigrations(database);
  const last = applied.at(-1);
  if (last === undefined) return { kind: "empty" };
  // Whoever adds one in between may put it anywhere in the table.
  const known = Object.keys(migrations).toSorted();
  // Another order than ours is of a version that we do not know, too.
  if (applied.some((name, place) => name !== known[place])) return { kind: "newer", name: last };
  return { kind: applied.length < known.length ? "older" : "current", name: last };
}

/** Throws when the database is of a newer version or a migration fails; the database is then as before. `upTo`: an older layout. */
export async function migrate(database: Database, upTo?: string): Promise<void> {
  const known = Object.entries(migrations).map(([name, of]) => [name, of(database.kind)] as const);
  const migrator = new Migrator({
    db: database.outsideTransactions,
    provider: { getMigrations: async () => Object.fromEntries(known) },
  });
  const { error } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo));
  if (error === undefined) return;
  const cause = error instanceof Error ? error.message : "an unknown fault";
  if (!cause.includes("corrupted migrations"))
    throw new Error(`the database could not be opened or brought up to date: ${cause}`, { cause: error });
  throw new Error(newerText, { cause: error });
}

async function appliedMigrations(database: Database): Promise<readonly string[]> {
  const table =
    database.kind === "sqlite"
      ? sql<{ found: string | null }>`SELECT name AS found FROM sqlite_master WHERE name = 'kysely_migration'`
      : sql<{ found: string | null }>`SELECT to_regclass('kysely_migration')::text AS found`;
  if (((await table.execute(database.reader)).rows[0]?.found ?? null) === null) return [];
  const names = sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`;
  return (await names.execute(database.reader)).rows.map(({ name }) => name);
}
