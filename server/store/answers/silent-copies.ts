/**
 * Copies whose readers have not confirmed are marked, so that an index has them alone: by their family where the post counts
 * families. Marked when they are written down, unmarked by the press. Who is silent is told by the confirmations all the same
 * (silent-members.ts); the mark says where to look.
 */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Kind, Write } from "../database/database.ts";
import { familyValue } from "./family-value.ts";
import { rowsOf } from "../database/rows.ts";

export type AskingPost = {
  readonly id: number;
  readonly asks_confirmation: number;
  readonly reminds: number | null;
  readonly count_by: string;
};

/** Of a family that has confirmed: mates that are unmarked at once. The rest of a larger "family" is passed over when it is met. */
const mostMates = 20;

/** A reminder's copies ask for the post that they remind of. */
export function asksItself(post: AskingPost): boolean {
  return post.asks_confirmation === 1 && post.reminds === null;
}

export function countsFamilies(post: AskingPost): boolean {
  return asksItself(post) && post.count_by !== "";
}

/** The family of a version of a membership; '' where it has none. */
export function householdOf(
  kind: Kind,
  { version, by }: { readonly version: RawBuilder<unknown>; readonly by: RawBuilder<unknown> },
): RawBuilder<string> {
  const attributes = sql`(SELECT v.attributes FROM membership_version AS v WHERE v.id = ${version})`;
  return familyValue(kind, { attributes, by });
}

/** The mark of a new copy of the post for the membership `m`: none where its family has confirmed already. */
export function markOf(kind: Kind, post: AskingPost): RawBuilder<string | null> {
  if (!asksItself(post)) return sql`NULL`;
  if (post.count_by === "") return sql`''`;
  // Text, which PostgreSQL cannot tell of a parameter.
  const household = householdOf(kind, { version: sql`m.version_id`, by: sql`CAST(${post.count_by} AS text)` });
  return sql`(SELECT CASE WHEN EXISTS (SELECT 1 FROM confirmation AS c
      WHERE c.post_id = ${post.id} AND c.household <> '' AND c.household = h.household) THEN NULL ELSE h.household END
    FROM (SELECT ${household} AS household) AS h)`;
}

export type Families = { readonly families: number; readonly singles: number };

/** How many families these copies add to the post: those of which it had none before the copy `first`. */
export async function newFamilies(
  write: Write,
  {
    postId,
    first,
    marks,
  }: { readonly postId: number; readonly first: number; readonly marks: readonly (string | null)[] },
  kind: Kind,
): Promise<Families> {
  const singles = marks.filter((mark) => mark === "").length;
  const named = [...new Set(marks.filter((mark) => mark !== null && mark !== ""))];
  if (named.length === 0) return { families: singles, singles };
  const from = rowsOf(
    kind,
    { alias: "n", columns: { household: "text" } },
    named.map((household) => ({ household })),
  );
  const { rows } = await sql<{ count: number }>`SELECT COUNT(*) AS count FROM ${from} WHERE NOT EXISTS (
    SELECT 1 FROM delivery AS d WHERE d.post_id = ${postId} AND d.silent_as = n.household AND d.id < ${first})
    AND NOT EXISTS (SELECT 1 FROM confirmation AS c
      WHERE c.post_id = ${postId} AND c.household <> '' AND c.household = n.household)`.execute(write);
  return { families: (rows[0]?.count ?? 0) + singles, singles };
}

export type Confirmed = { readonly delivery: number; readonly post: number; readonly household: string };

/** Their own marks go. */
export async function unmark(write: Write, kind: Kind, made: readonly Confirmed[]): Promise<void> {
  if (made.length === 0) return;
  const own = rowsOf(kind, { alias: "n", columns: { delivery: "int" } }, made);
  await sql`UPDATE delivery SET silent_as = NULL FROM ${own}
    WHERE delivery.id = n.delivery AND delivery.silent_as IS NOT NULL`.execute(write);
}

/** Those of their families' other members go, too. */
export async function unmarkFamilies(
  write: Write,
  kind: Kind,
  families: readonly Pick<Confirmed, "post" | "household">[],
): Promise<void> {
  if (families.length === 0) return;
  const from = rowsOf(kind, { alias: "n", columns: { post: "int", household: "text" } }, families);
  const { rows } = await sql<{ id: number }>`SELECT d.id FROM ${from} JOIN delivery AS d ON d.id IN (
    SELECT mate.id FROM delivery AS mate WHERE mate.post_id = n.post AND mate.silent_as = n.household
    ORDER BY mate.person_id LIMIT ${sql.lit(mostMates)})`.execute(write);
  await unmark(
    write,
    kind,
    rows.map(({ id }) => ({ delivery: id, post: 0, household: "" })),
  );
}
