/** Who has confirmed reading a post, and who has not: pages by key, at the same cost on the first and the thousandth. */
import { sql } from "kysely";
import type { Attributes } from "../lists/member.ts";
import type { DeliveryState } from "../lists/delivery.ts";
import type { Database } from "./database.ts";
import { isSilent } from "./silent-members.ts";

export type Reader = {
  readonly deliveryId: number;
  /** As they were at sending; "" once erased. */
  readonly name: string;
  readonly address: string;
  readonly attributes: Attributes;
  readonly state: DeliveryState;
  readonly confirmedAt: number | undefined;
};

export type ConfirmedKey = { readonly at: number; readonly deliveryId: number };

/** Deliveries looked at in one query, and for one page: a page of a post that almost everybody has read ends early. */
const usualPiece = 2000;
const mostPieces = 5;

type Row = Omit<Reader, "attributes" | "confirmedAt"> & {
  readonly attributes: string | null;
  readonly confirmedAt: number | null;
  readonly person: number;
};

/** The last to confirm first. */
export async function confirmedPage(
  database: Database,
  postId: number,
  { before, limit }: { readonly before: ConfirmedKey | undefined; readonly limit: number },
): Promise<readonly Reader[]> {
  const from = before && sql`AND (c.at, c.delivery_id) < (${before.at}, ${before.deliveryId})`;
  const { rows } = await sql<Row>`
    SELECT c.delivery_id AS "deliveryId", d.person_id AS person, COALESCE(v.name, '') AS name,
      COALESCE(v.address, '') AS address, v.attributes, d.state, c.at AS "confirmedAt"
    FROM confirmation AS c JOIN delivery AS d ON d.id = c.delivery_id LEFT JOIN membership_version AS v ON v.id = d.version_id
    WHERE c.post_id = ${postId} ${from ?? sql``} ORDER BY c.at DESC, c.delivery_id DESC LIMIT ${limit}`.execute(
    database.reader,
  );
  return rows.map(toReader);
}

export type SilentPage = {
  readonly readers: readonly Reader[];
  /** The person from whom on to look further; undefined: that was all. */
  readonly next: number | undefined;
  /** The page ended before it was full. */
  readonly isCut: boolean;
};

/** By person, from after `after`. Copies that were cancelled have no reader. */
export async function silentPage(
  database: Database,
  postId: number,
  {
    after,
    limit,
    pieceRows = usualPiece,
  }: { readonly after: number; readonly limit: number; readonly pieceRows?: number },
): Promise<SilentPage> {
  const readers: Reader[] = [];
  let from = after;
  for (let piece = 0; piece < mostPieces; piece++) {
    const end = await pieceEnd(database, postId, { from, pieceRows });
    const rows = await silentRows(database, postId, { from, end, limit: limit - readers.length });
    readers.push(...rows.map(toReader));
    if (readers.length >= limit) return { readers, next: rows.at(-1)?.person, isCut: false };
    if (end === undefined) return { readers, next: undefined, isCut: false };
    from = end;
  }
  return { readers, next: from, isCut: true };
}

async function pieceEnd(
  database: Database,
  postId: number,
  { from, pieceRows }: { readonly from: number; readonly pieceRows: number },
): Promise<number | undefined> {
  const { rows } = await sql<{ person: number }>`
    SELECT d.person_id AS person FROM post AS p JOIN delivery AS d ON d.message_id = p.message_id AND d.person_id > ${from}
    WHERE p.id = ${postId} ORDER BY d.person_id LIMIT 1 OFFSET ${pieceRows - 1}`.execute(database.reader);
  return rows[0]?.person;
}

async function silentRows(
  database: Database,
  postId: number,
  { from, end, limit }: { readonly from: number; readonly end: number | undefined; readonly limit: number },
): Promise<readonly Row[]> {
  const upTo = end === undefined ? sql`` : sql`AND o.person_id <= ${end}`;
  const { rows } = await sql<Row>`
    SELECT o.id AS "deliveryId", o.person_id AS person, COALESCE(ov.name, '') AS name, COALESCE(ov.address, '') AS address,
      ov.attributes, o.state, NULL AS "confirmedAt"
    FROM post AS op JOIN delivery AS o ON o.message_id = op.message_id AND o.person_id > ${from} ${upTo}
    LEFT JOIN membership_version AS ov ON ov.id = o.version_id
    WHERE op.id = ${postId} AND o.post_id = op.id AND o.state <> 'cancelled' AND ${isSilent(database.kind, "unread")}
    ORDER BY o.person_id LIMIT ${limit}`.execute(database.reader);
  return rows;
}

function toReader({ deliveryId, name, address, attributes, state, confirmedAt }: Row): Reader {
  return {
    deliveryId,
    name,
    address,
    attributes: JSON.parse(attributes ?? "{}") as Attributes,
    state,
    confirmedAt: confirmedAt ?? undefined,
  };
}
