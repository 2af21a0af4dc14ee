/** What links in copies stand for: the delivery whose reader confirms or answers, its post and list, and what was done before. */
import { sql } from "kysely";
import type { Language } from "../../lists/mailing-list.ts";
import type { Database } from "../database/database.ts";
import { rowsOf } from "../database/rows.ts";

export type Asked = {
  readonly deliveryId: number;
  readonly secret: Buffer;
  readonly postId: number;
  readonly listTitle: string;
  readonly subject: string;
  readonly authorName: string;
  readonly authorAddress: string;
  readonly sentAt: number;
  readonly asksConfirmation: boolean;
  readonly pollId: number | undefined;
  /** The reader's or the list's, if set. */
  readonly language: Language | undefined;
  /** The list's, if set. */
  readonly timezone: string | undefined;
  readonly confirmedAt: number | undefined;
  readonly hasAnswered: boolean;
  /** Undefined also where the poll is anonymous. */
  readonly answeredAt: number | undefined;
};

type Row = {
  readonly id: number;
  readonly secret: Buffer;
  readonly post_id: number;
  readonly title: string;
  readonly subject: string;
  readonly author_name: string;
  readonly author_address: string;
  readonly starts_at: number;
  readonly asks_confirmation: number;
  readonly poll_id: number | null;
  readonly language: Language | null;
  readonly timezone: string | null;
  readonly confirmed_at: number | null;
  readonly answered_post: number | null;
  readonly answered_at: number | null;
};

/**
 * By delivery; those that are gone, are none of a post, or whose list is deleted are left out. One statement for all that come together,
 * since each commit makes SQLite's reading connection forget what it has read.
 */
export async function findAsked(database: Database, ids: readonly number[]): Promise<ReadonlyMap<number, Asked>> {
  if (ids.length === 0) return new Map();
  const from = rowsOf(
    database.kind,
    { alias: "n", columns: { id: "int" } },
    ids.map((id) => ({ id })),
  );
  const { rows } = await sql<Row>`
    SELECT d.id, d.secret, d.post_id, list.title, p.subject, p.author_name, p.author_address, p.starts_at, p.asks_confirmation,
      p.poll_id, COALESCE(person.language, list.language) AS language, list.timezone,
      c.at AS confirmed_at, r.post_id AS answered_post, r.at AS answered_at
    FROM ${from} JOIN delivery AS d ON d.id = n.id
    JOIN post AS p ON p.id = d.post_id JOIN list ON list.id = p.list_id AND list.deleted_at IS NULL
    LEFT JOIN person ON person.id = d.person_id
    LEFT JOIN confirmation AS c ON c.delivery_id = d.id LEFT JOIN respondent AS r ON r.delivery_id = d.id`.execute(
    database.reader,
  );
  return new Map(rows.map((row) => [row.id, toAsked(row)]));
}

function toAsked(row: Row): Asked {
  return {
    deliveryId: row.id,
    secret: row.secret,
    postId: row.post_id,
    listTitle: row.title,
    subject: row.subject,
    authorName: row.author_name,
    authorAddress: row.author_address,
    sentAt: row.starts_at,
    asksConfirmation: row.asks_confirmation === 1,
    pollId: row.poll_id ?? undefined,
    language: row.language ?? undefined,
    timezone: row.timezone ?? undefined,
    confirmedAt: row.confirmed_at ?? undefined,
    hasAnswered: row.answered_post !== null,
    answeredAt: row.answered_at ?? undefined,
  };
}
