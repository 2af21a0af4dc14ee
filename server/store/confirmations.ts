/** Read confirmations: who has pressed "read", each once, many presses in one transaction. */
import { sql } from "kysely";
import type { Database, Kind, Write } from "./database.ts";
import { addResponses } from "./response-tallies.ts";
import { addResponseTimes } from "./response-times.ts";
import { rowsOf } from "./rows.ts";

export type Press = { readonly deliveryId: number; readonly at: number };

type Confirmed = { readonly delivery: number; readonly post: number; readonly household: string; readonly at: number };

/** Records presses; who has confirmed already keeps the first time. */
export async function recordConfirmations(database: Database, presses: readonly Press[]): Promise<void> {
  if (presses.length === 0) return;
  await database.write(async (write) => {
    const made = await insertConfirmations(write, database.kind, presses);
    await addResponseTimes(
      write,
      database.kind,
      made.map(({ post, at }) => ({ postId: post, kind: "confirmed", at })),
    );
    const households = await newHouseholds(write, database.kind, made);
    await addResponses(write, database.kind, [
      ...made.map(({ post }) => ({ postId: post, kind: "confirmed" as const, count: 1 })),
      ...households.map((postId) => ({ postId, kind: "households" as const, count: 1 })),
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
  const attributes = kind === "postgres" ? sql`v.attributes::json` : sql`v.attributes`;
  const { rows } = await sql<Confirmed>`
    INSERT INTO confirmation (delivery_id, post_id, household, at)
    SELECT d.id, d.post_id, CASE WHEN p.count_by = '' THEN '' ELSE COALESCE(${attributes} ->> p.count_by, '') END, n.at
    FROM ${from} JOIN delivery AS d ON d.id = n.id JOIN post AS p ON p.id = d.post_id
    LEFT JOIN membership_version AS v ON v.id = d.version_id
    WHERE 1 = 1 ON CONFLICT (delivery_id) DO NOTHING
    RETURNING delivery_id AS delivery, post_id AS post, household, at`.execute(write);
  return rows;
}

/** The post of each family of which nobody had confirmed before these. */
async function newHouseholds(write: Write, kind: Kind, made: readonly Confirmed[]): Promise<readonly number[]> {
  const families = Map.groupBy(
    made.filter(({ household }) => household !== ""),
    ({ post, household }) => `${post} ${household}`,
  );
  if (families.size === 0) return [];
  const asked = [...families.values()].flatMap(([first]) => (first === undefined ? [] : [first]));
  const from = rowsOf(kind, { alias: "n", columns: { post: "int", household: "text" } }, asked);
  const { rows } = await sql<{ post: number; household: string; count: number }>`
    SELECT c.post_id AS post, c.household, COUNT(*) AS count FROM ${from}
    JOIN confirmation AS c ON c.post_id = n.post AND c.household = n.household AND c.household <> ''
    GROUP BY c.post_id, c.household`.execute(write);
  return rows.flatMap(({ post, household, count }) =>
    families.get(`${post} ${household}`)?.length === count ? [post] : [],
  );
}
