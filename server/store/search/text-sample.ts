/**
 * A hundred members, spread along their ids: what they hold says, before anything is searched, whether a word is frequent, and which of its
 * grams are rare. Only how a search goes about it depends on them, never what it finds.
 */
import { sql } from "kysely";
import { gramsOf } from "../../lists/search-text.ts";
import type { Database } from "../database/database.ts";
import { rowsOf } from "../database/rows.ts";

export type TextSample = {
  readonly texts: readonly string[];
  /** All that it stands for. */
  readonly members: number;
};

const sampled = 100;
/** By the golden section, in parts of a million: spread evenly, and in step with nothing; every thousandth of numbered members has the same digits. */
const golden = 0.618033988749895;
const whole = 1_000_000;
/** Of the sample: what more have is met soon by walking along. */
const rareMost = 2;
/** Of the sample: so many are no chance. */
const sureLeast = 5;
/** Grams that an index is asked for: each halves at least what is left, and costs a walk along all that have it. */
const mostGrams = 6;

/** Of a list; of all lists where none is named. */
export async function textSample(database: Database, listId: number | undefined): Promise<TextSample> {
  const ofList = listId === undefined ? sql`1 = 1` : sql`list_id = ${listId}`;
  const parts = Array.from({ length: sampled }, (_, step) => ({ part: Math.floor(((step * golden) % 1) * whole) }));
  // The order of these joins is the only good one, and CROSS JOIN keeps SQLite in it.
  const { rows } = await sql<{ text: string; members: number }>`SELECT v.search_text AS text, bounded.members
    FROM (SELECT (SELECT id FROM membership WHERE ${ofList} AND id > 0 ORDER BY id LIMIT 1) AS low,
      (SELECT id FROM membership WHERE ${ofList} AND id > 0 ORDER BY id DESC LIMIT 1) AS high,
      (SELECT sum(count) FROM member_tally WHERE ${ofList}) AS members) AS bounded
    CROSS JOIN ${rowsOf(database.kind, { alias: "n", columns: { part: "int" } }, parts)}
    CROSS JOIN membership AS m CROSS JOIN membership_version AS v
    WHERE v.id = m.version_id AND m.id = (SELECT o.id FROM membership AS o
      WHERE ${listId === undefined ? sql`1 = 1` : sql`o.list_id = ${listId}`}
        AND o.id >= bounded.low + (bounded.high - bounded.low) * n.part / ${sql.lit(whole)} ORDER BY o.id LIMIT 1)`.execute(
    database.reader,
  );
  return { texts: rows.map(({ text }) => text), members: rows[0]?.members ?? 0 };
}

/** Whether walking along all members would meet few who hold all of the words. */
export function isRare({ texts }: TextSample, words: readonly string[]): boolean {
  const holding = texts.filter((text) => words.every((word) => text.includes(word)));
  return holding.length * sampled <= rareMost * texts.length;
}

/**
 * The rarest of the grams that everything has that holds all of the words; undefined where an index is of no use: words too short for it,
 * or grams that far more than `most` have.
 */
export function rareGrams(
  { texts, members }: TextSample,
  { words, most }: { readonly words: readonly string[]; readonly most: number },
): readonly string[] | undefined {
  const grams = [...new Set(words.flatMap(gramsOf))];
  if (grams.length === 0) return undefined;
  const holding = texts.filter((text) => grams.every((gram) => text.includes(gram))).length;
  if (holding >= sureLeast && (holding / texts.length) * members > 3 * most) return undefined;
  const counted = grams
    .map((gram) => ({ gram, count: texts.filter((text) => text.includes(gram)).length }))
    .toSorted((one, other) => one.count - other.count);
  const few = counted.filter(({ count }) => count * 2 <= texts.length);
  return (few.length > 0 ? few : counted).slice(0, mostGrams).map(({ gram }) => gram);
}
