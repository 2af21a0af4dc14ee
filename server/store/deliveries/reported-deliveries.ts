/** A post's deliveries with what is known of their members, for reports and files: as they were at sending. */
import { sql } from "kysely";
import type { Attributes } from "../../lists/member.ts";
import type { Database } from "../database/database.ts";
import { toDelivery } from "./delivery-rows.ts";
import type { Delivery } from "./delivery-rows.ts";
import { familyValue } from "../answers/family-value.ts";
import { pageOfReaders } from "../answers/readers.ts";
import type { ReaderKey, ReaderQuery } from "../answers/readers.ts";

export type ReportedDelivery = Delivery & {
  readonly attributes: Attributes;
  /** When the first of their family confirmed, where the post counts families. */
  readonly familyConfirmedAt: number | undefined;
};

/** Rows of one query. */
const pieceRows = 1000;
const silentRows = 500;

/** By person, since states change while the post runs. */
export async function* reportedDeliveries(
  database: Database,
  post: { readonly id: number; readonly messageId: number; readonly countBy: string },
): AsyncGenerator<readonly ReportedDelivery[]> {
  for (let after = 0; ;) {
    const rows = await select(database, post.countBy)
      .where("d.message_id", "=", post.messageId)
      .where("d.person_id", ">", after)
      .where("d.post_id", "=", post.id)
      .orderBy("d.person_id")
      .limit(pieceRows)
      .execute();
    if (rows.length > 0) yield rows.map(toReported);
    if (rows.length < pieceRows) return;
    after = rows.at(-1)?.person_id ?? after;
  }
}

/** One of the post's. */
export async function reportedDelivery(
  database: Database,
  post: { readonly id: number; readonly countBy: string },
  id: number,
): Promise<ReportedDelivery | undefined> {
  const row = await select(database, post.countBy)
    .where("d.id", "=", id)
    .where("d.post_id", "=", post.id)
    .executeTakeFirst();
  return row && toReported(row);
}

/** Of those who have not confirmed, in the order of the page that shows them. */
export async function* silentDeliveries(
  database: Database,
  post: ReaderQuery["post"],
): AsyncGenerator<readonly ReportedDelivery[]> {
  for (let after: ReaderKey | undefined; ;) {
    const query = { post, shown: "silent", search: "", after, limit: silentRows } as const;
    const { readers, next } = await pageOfReaders(database, query);
    const ids = readers.map(({ deliveryId }) => deliveryId);
    const rows = ids.length === 0 ? [] : await select(database, "").where("d.id", "in", ids).execute();
    const byId = new Map(rows.map((row) => [row.id, row]));
    yield ids.flatMap((id) => byId.get(id) ?? []).map(toReported);
    if (next === undefined) return;
    after = next;
  }
}

/** Of those who are silent nobody of their family has confirmed: for them `countBy` is ''. */
function select({ reader, kind }: Database, countBy: string) {
  const family = familyValue(kind, { attributes: sql`v.attributes`, by: sql`CAST(${countBy} AS text)` });
  const familyAt = sql<number | null>`(SELECT MIN(f.at) FROM confirmation AS f
    WHERE f.post_id = d.post_id AND f.household <> '' AND f.household = ${family})`;
  return reader
    .selectFrom("delivery as d")
    .leftJoin("membership_version as v", "v.id", "d.version_id")
    .leftJoin("confirmation as c", "c.delivery_id", "d.id")
    .leftJoin("respondent as r", "r.delivery_id", "d.id")
    .selectAll("d")
    .select(["v.address", "v.name", "v.attributes", "c.at as confirmed_at"])
    .select(["r.post_id as answered_post", "r.at as answered_at"])
    .select((countBy === "" ? sql<number | null>`NULL` : familyAt).as("family_at"));
}

type ReportedRow = Parameters<typeof toDelivery>[0] & {
  readonly attributes: string | null;
  readonly family_at: number | null;
};

function toReported(row: ReportedRow): ReportedDelivery {
  const attributes = JSON.parse(row.attributes ?? "{}") as Attributes;
  // Who has no value is a family of one.
  return { ...toDelivery(row), attributes, familyConfirmedAt: row.family_at ?? row.confirmed_at ?? undefined };
}
