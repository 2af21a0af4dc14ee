/**
 * One message to two lists is one copy a person, accounted to one of the two posts. When that post's copy must not leave (the member
 * left that list, or the post was stopped) but the person is still on the other list, the copy goes over to the other post, unless that one goes to some members only.
 */
import { sql } from "kysely";
import type { RawBuilder, SqlBool } from "kysely";
import type { DeliveryState } from "../../lists/delivery.ts";
import type { Database, Kind, Write } from "../database/database.ts";
import { loseFamilies } from "../answers/lost-families.ts";
import { rowsOf } from "../database/rows.ts";
import { asksItself, countsFamilies, householdOf, newFamilies } from "../answers/silent-copies.ts";
import type { AskingPost } from "../answers/silent-copies.ts";
import { addMoves } from "../posts/tallies.ts";

type Heir = Omit<AskingPost, "id"> & {
  readonly id: number;
  readonly state: DeliveryState;
  readonly post_id: number;
  readonly heir_id: number;
  readonly list_id: number;
  readonly version_id: number;
  /** The family that the copy counts for on the heir. */
  readonly household: string;
};

/** Of these deliveries, which wait, those that now wait for another post of the same message. */
export async function handOver(write: Write, database: Database, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const asked = rowsOf(
    database.kind,
    { alias: "n", columns: { id: "int" } },
    ids.map((id) => ({ id })),
  );
  const { rows } = await sql<Heir>`
    SELECT d.id, d.state, d.post_id, heir.id AS heir_id, heir.list_id, m.version_id, heir.asks_confirmation, heir.reminds,
      heir.count_by, ${householdOf(database.kind, { version: sql`m.version_id`, by: sql`heir.count_by` })} AS household
    FROM ${asked} JOIN delivery AS d ON d.id = n.id
    JOIN post AS heir ON heir.message_id = d.message_id AND heir.id <> d.post_id
      AND heir.stopped_at IS NULL AND heir.disposition = 'accepted' AND heir.recipients_json IS NULL
    JOIN membership AS m ON m.list_id = heir.list_id AND m.person_id = d.person_id AND m.status = 'active'`.execute(
    write,
  );
  // Any heir will do where there are several.
  const heirs = [...new Map(rows.map((row) => [row.id, { ...row, mark: markOf(row) }])).values()];
  if (heirs.length === 0) return new Set();
  const from = rowsOf(
    database.kind,
    { alias: "n", columns: { id: "int", heir_id: "int", list_id: "int", version_id: "int", mark: "text" } },
    heirs,
  );
  await loseFamilies(
    write,
    database.kind,
    heirs.map(({ id }) => id),
  );
  await countFamilies(write, database.kind, heirs);
  await sql`UPDATE delivery SET state = 'pending', post_id = n.heir_id, list_id = n.list_id, version_id = n.version_id,
      silent_as = n.mark
    FROM ${from} WHERE delivery.id = n.id`.execute(write);
  await addMoves(
    write,
    database.kind,
    heirs.flatMap((heir) => [
      { postId: heir.post_id, from: heir.state, to: undefined },
      { postId: heir.heir_id, from: undefined, to: "pending" as const },
    ]),
  );
  return new Set(heirs.map((heir) => heir.id));
}

function markOf({ heir_id: id, ...heir }: Heir): string | null {
  if (!asksItself({ ...heir, id })) return null;
  return countsFamilies({ ...heir, id }) ? heir.household : "";
}

/** Before they go over: families that an heir has not yet. */
async function countFamilies(
  write: Write,
  kind: Kind,
  heirs: readonly (Heir & { readonly mark: string | null })[],
): Promise<void> {
  const counting = heirs.filter(({ heir_id: id, ...heir }) => countsFamilies({ ...heir, id }));
  for (const [postId, some] of Map.groupBy(counting, ({ heir_id: id }) => id)) {
    const marks = some.map(({ mark }) => mark);
    const { families, singles } = await newFamilies(write, { postId, first: Number.MAX_SAFE_INTEGER, marks }, kind);
    await sql`UPDATE post SET families = families + ${families}, singles = singles + ${singles} WHERE id = ${postId}`.execute(
      write,
    );
  }
}

/**
 * A condition on the membership `m`: no other post of the message will reach the person. A stopped post writes down only such
 * recipients as cancelled; the others' one copy is the other post's.
 */
export function hasNoHeir(post: { readonly id: number; readonly message_id: number }): RawBuilder<SqlBool> {
  return sql<SqlBool>`NOT EXISTS (
    SELECT 1 FROM post AS heir JOIN membership AS hm ON hm.list_id = heir.list_id AND hm.status = 'active'
    WHERE heir.message_id = ${post.message_id} AND heir.id <> ${post.id} AND heir.stopped_at IS NULL
      AND heir.disposition = 'accepted' AND heir.recipients_json IS NULL AND hm.person_id = m.person_id)`;
}
