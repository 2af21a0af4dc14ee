/** What a link in a copy stands for: the delivery whose reader confirms or answers, its post and what was done before. */
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

/** Undefined when the delivery is gone, is none of a post, or its list is deleted. */
export async function findAsked(database: Database, deliveryId: number): Promise<Asked | undefined> {
  const row = await database.reader
    .selectFrom("delivery as d")
    .innerJoin("post as p", "p.id", "d.post_id")
    .innerJoin("list", "list.id", "p.list_id")
    .leftJoin("person", "person.id", "d.person_id")
    .leftJoin("confirmation as c", "c.delivery_id", "d.id")
    .leftJoin("respondent as r", "r.delivery_id", "d.id")
    .select(["d.id", "d.secret", "d.post_id", "p.list_id", "p.subject", "p.author_name", "p.author_address"])
    .select(["p.accepted_at", "p.asks_confirmation", "p.poll_id", "person.language"])
    .select(["c.at as confirmed_at", "r.post_id as answered_post", "r.at as answered_at"])
    .where("d.id", "=", deliveryId)
    .where("list.deleted_at", "is", null)
    .executeTakeFirst();
  if (row === undefined || row.post_id === null) return undefined;
  return {
    deliveryId: row.id,
    secret: row.secret,
    postId: row.post_id,
    listId: row.list_id,
    subject: row.subject,
    authorName: row.author_name,
    authorAddress: row.author_address,
    sentAt: row.accepted_at,
    asksConfirmation: row.asks_confirmation === 1,
    pollId: row.poll_id ?? undefined,
    language: row.language ?? undefined,
    confirmedAt: row.confirmed_at ?? undefined,
    hasAnswered: row.answered_post !== null,
    answeredAt: row.answered_at ?? undefined,
  };
}
