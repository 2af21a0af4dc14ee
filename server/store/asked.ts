/** What a link in a copy stands for: the delivery whose reader confirms or answers, its post and what was done before. */
import { sql } from "kysely";
import type { Language } from "../lists/mailing-list.ts";
import type { Database } from "./database.ts";

export type Asked = {
  readonly deliveryId: number;
  readonly secret: Buffer;
  readonly postId: number;
  readonly listId: number;
  readonly subject: string;
  readonly authorName: string;
  readonly authorAddress: string;
  readonly sentAt: number;
  readonly asksConfirmation: boolean;
  readonly pollId: number | undefined;
  /** The reader's, if set. */
  readonly language: Language | undefined;
  readonly confirmedAt: number | undefined;
  readonly hasAnswered: boolean;
  /** Undefined also where the poll is anonymous. */
  readonly answeredAt: number | undefined;
};

type Row = {
  readonly id: number;
  readonly secret: Buffer;
  readonly post_id: number;
  readonly list_id: number;
  readonly subject: string;
  readonly author_name: string;
  readonly author_address: string;
  readonly starts_at: number;
  readonly asks_confirmation: number;
  readonly poll_id: number | null;
  readonly language: Language | null;
  readonly confirmed_at: number | null;
  readonly answered_post: number | null;
  readonly answered_at: number | null;
};

/** Undefined when the delivery is gone, is none of a post, or its list is deleted. By hand: it is asked at every press. */
export async function findAsked(database: Database, deliveryId: number): Promise<Asked | undefined> {
  const { rows } = await sql<Row>`
    SELECT d.id, d.secret, d.post_id, p.list_id, p.subject, p.author_name, p.author_address, p.starts_at, p.asks_confirmation,
      p.poll_id, person.language, c.at AS confirmed_at, r.post_id AS answered_post, r.at AS answered_at
    FROM delivery AS d JOIN post AS p ON p.id = d.post_id JOIN list ON list.id = p.list_id AND list.deleted_at IS NULL
    LEFT JOIN person ON person.id = d.person_id
    LEFT JOIN confirmation AS c ON c.delivery_id = d.id LEFT JOIN respondent AS r ON r.delivery_id = d.id
    WHERE d.id = ${deliveryId}`.execute(database.reader);
  const [row] = rows;
  return (
    row && {
      deliveryId: row.id,
      secret: row.secret,
      postId: row.post_id,
      listId: row.list_id,
      subject: row.subject,
      authorName: row.author_name,
      authorAddress: row.author_address,
      sentAt: row.starts_at,
      asksConfirmation: row.asks_confirmation === 1,
      pollId: row.poll_id ?? undefined,
      language: row.language ?? undefined,
      confirmedAt: row.confirmed_at ?? undefined,
      hasAnswered: row.answered_post !== null,
      answeredAt: row.answered_at ?? undefined,
    }
  );
}
