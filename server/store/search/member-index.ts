/**
 * The search index of versions and the sorted values of members, written by the statements that write versions. The index knows
 * every version, since deliveries are searched too; values are those of the current one.
 */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import { attributeField, gramsOf, sortKey } from "../../lists/search-text.ts";
import type { Attributes } from "../../lists/member.ts";
import type { Database, Kind, Write } from "../database/database.ts";
import { mergeMemberSearch } from "./merge-search.ts";
import { numbersOf, tokensOf } from "./gram-tokens.ts";
import { rowsOf } from "../database/rows.ts";
import { rareGrams, textSample } from "./text-sample.ts";
import type { TextSample } from "./text-sample.ts";

export type IndexedVersion = { readonly version: number; readonly list: number; readonly text: string };

export type MemberValues = {
  readonly membership: number;
  readonly list: number;
  readonly address: string;
  readonly name: string;
  /** As JSON. */
  readonly attributes: string;
};

/** Adds versions that are not in the index. */
export async function indexVersions(write: Write, kind: Kind, versions: readonly IndexedVersion[]): Promise<void> {
  if (versions.length === 0) return;
  const grams = versions.map(({ version, list, text }) => ({
    version,
    grams:
      kind === "postgres" ? `{${numbersOf(list, gramsOf(text)).join(",")}}` : tokensOf(list, gramsOf(text)).join(" "),
  }));
  const from = rowsOf(kind, { alias: "n", columns: { version: "int", grams: "text" } }, grams);
  const into =
    kind === "postgres"
      ? sql`INSERT INTO member_search (version_id, grams) SELECT n.version, n.grams::int[] FROM ${from}`
      : sql`INSERT INTO member_search (rowid, grams) SELECT n.version, n.grams FROM ${from}`;
  await into.execute(write);
  await mergeMemberSearch(write, kind, versions.length);
}

/** What members are sorted by, instead of what was there. */
export async function replaceValues(write: Write, kind: Kind, members: readonly MemberValues[]): Promise<void> {
  if (members.length === 0) return;
  const gone = rowsOf(kind, { alias: "n", columns: { membership: "int" } }, members);
  await sql`DELETE FROM member_value WHERE membership_id IN (SELECT n.membership FROM ${gone})`.execute(write);
  const rows = members.flatMap(valuesOf);
  const columns = { list: "int", field: "text", value: "text", membership: "int" } as const;
  await sql`INSERT INTO member_value (list_id, field, value, membership_id)
    SELECT n.list, n.field, n.value, n.membership FROM ${rowsOf(kind, { alias: "n", columns }, rows)}`.execute(write);
}

export type VersionSearch = {
  readonly words: readonly string[];
  readonly most: number;
  /** Of the same members, where it is at hand. */
  readonly sample?: TextSample | undefined;
};

/**
 * Versions of a list's members (of all lists' where none is named) whose text holds all of the words; undefined when more than `most` have
 * to be looked at, or when the words are too short for the index. Only the rarest grams are asked for: an index reads all that have a
 * gram, and of a list's addresses most grams are in every one.
 */
export async function searchedVersions(
  database: Database,
  listId: number | undefined,
  search: VersionSearch,
): Promise<readonly number[] | undefined> {
  const grams = rareGrams(search.sample ?? (await textSample(database, listId)), search);
  if (grams === undefined) return undefined;
  const limit = search.most + 1;
  const candidates =
    database.kind === "postgres"
      ? sql`member_search_candidates(${numbersOf(listId, grams)}::int[], ${limit}) AS found (version)`
      : sql`(SELECT rowid AS version FROM member_search WHERE member_search MATCH ${tokensOf(listId, grams).join(" ")} LIMIT ${limit}) AS found`;
  const all = search.words.map((word) => holds(database.kind, sql`v`, word));
  const { rows } = await sql<{ version: number; fits: number | boolean | null }>`SELECT found.version,
    (SELECT ${sql.join(all, sql` AND `)} FROM membership_version AS v WHERE v.id = found.version) AS fits
    FROM ${candidates}`.execute(database.reader);
  return rows.length > search.most ? undefined : rows.filter(({ fits }) => Boolean(fits)).map((row) => row.version);
}

/** Whether the version's text holds the word. */
export function holds(kind: Kind, version: RawBuilder<unknown>, word: string): RawBuilder<boolean> {
  return kind === "postgres"
    ? sql`strpos(${version}.search_text, ${word}) > 0`
    : sql`instr(${version}.search_text, ${word}) > 0`;
}

function valuesOf({
  membership,
  list,
  address,
  name,
  attributes,
}: MemberValues): readonly Readonly<Record<string, unknown>>[] {
  const fields = new Map([
    ["address", address],
    ["name", name],
  ]);
  for (const [key, value] of Object.entries(JSON.parse(attributes) as Attributes))
    fields.set(attributeField(key), value);
  return [...fields]
    .map(([field, value]) => ({ membership, list, field, value: sortKey(value) }))
    .filter(({ value }) => value !== "");
}
