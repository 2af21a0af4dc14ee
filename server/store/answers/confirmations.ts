/** Read confirmations: who has pressed "read", each once, many presses in one transaction. */
import { sql } from "kysely";
import type { Database, Kind, Write } from "../database/database.ts";
import { familyValue } from "./family-value.ts";
import { addResponses } from "./response-tallies.ts";
import { addResponseTimes } from "./response-times.ts";
import { rowsOf } from "../database/rows.ts";
import { unmark, unmarkFamilies } from "./silent-copies.ts";

export type Press = { readonly deliveryId: number; readonly at: number };

type Confirmed = {
  readonly delivery: number;
  readonly post: number;
  readonly household: string;
  readonly at: number;
  /** Of the post; '' where it counts no families. */
  readonly countBy: string;
  /** The post's. */
  readonly startsAt: number;
};

/** Records presses; who has confirmed already keeps the first time. */
export async function recordConfirmations(database: Database, presses: readonly Press[]): Promise<void> {
  if (presses.length === 0) return;
  await database.write(async (write) => {
    const made = await insertConfirmations(write, database.kind, presses);
    await addResponseTimes(
      write,
      database.kind,
      made.map(({ post, startsAt, at }) => ({ postId: post, kind: "confirmed", startsAt, at })),
    );
    await unmark(write, database.kind, made);
    const households = await newHouseholds(write, database.kind, made);
    await unmarkFamilies(write, database.kind, households);
    const singles = made.filter(({ household, countBy }) => household === "" && countBy !== "");
    await addResponses(write, database.kind, [
      ...made.map(({ post }) => ({ postId: post, kind: "confirmed" as const, count: 1 })),
      ...[...households, ...singles].map(({ post }) => ({ postId: post, kind: "households" as const, count: 1 })),
    ]);
  });
}

async function insertConfirmations(write: Write, kind: Kind, presses: readonly Press[]): Promise<readonly Confirmed[]> {
  // Two presses of one person may come together.
  const first = [...new Map(presses.toReversed().map((press) => [press.deliveryId, press])).values()];
  const from = rowsOf(
    kind,
    { alias: "n", columns: { id: "int", at: "int" } },
    first.map(({ deliveryId, at }) => ({ id: deliveryId, at })),
  );
  const family = familyValue(kind, { attributes: sql`v.attributes`, by: sql`p.count_by` });
  const { rows } = await sql<Confirmed>`
    INSERT INTO confirmation (delivery_id, post_id, household, at)
    SELECT d.id, d.post_id, ${family}, n.at
    FROM ${from} JOIN delivery AS d ON d.id = n.id JOIN post AS p ON p.id = d.post_id
    LEFT JOIN membership_version AS v ON v.id = d.version_id AND p.count_by <> ''
    WHERE 1 = 1 ON CONFLICT (delivery_id) DO NOTHING
    RETURNING delivery_id AS delivery, post_id AS post, household, at,
      (SELECT count_by FROM post WHERE post.id = confirmation.post_id) AS "countBy",
      (SELECT starts_at FROM post WHERE post.id = confirmation.post_id) AS "startsAt"`.execute(write);
  return rows;
}

/** Each family of which nobody had confirmed before these. */
async function newHouseholds(write: Write, kind: Kind, made: readonly Confirmed[]): Promise<readonly Confirmed[]> {
  const named = made.filter(({ household }) => household !== "");
  const families = new Map(named.map((one) => [`${one.post} ${one.household}`, one]));
  if (families.size === 0) return [];
  const from = rowsOf(kind, { alias: "n", columns: { post: "int", household: "text" } }, [...families.values()]);
  const these = rowsOf(kind, { alias: "t", columns: { delivery: "int" } }, named);
  const { rows } = await sql<{ post: number; household: string }>`SELECT n.post, n.household FROM ${from}
    WHERE NOT EXISTS (SELECT 1 FROM confirmation AS c WHERE c.post_id = n.post AND c.household = n.household
      AND c.household <> '' AND c.delivery_id NOT IN (SELECT t.delivery FROM ${these}))`.execute(write);
  return rows.flatMap(({ post, household }) => families.get(`${post} ${household}`) ?? []);
}
