/** What readers wrote to a question: with who they are, or, of an anonymous poll, in no order. A page at a time. */
import { anonymousTexts } from "./anonymous-answers.ts";
import type { Database } from "../database/database.ts";

export type WrittenText = {
  readonly text: string;
  /** Undefined where the poll is anonymous. */
  readonly by: { readonly deliveryId: number; readonly name: string; readonly address: string } | undefined;
};

export type TextsQuery = {
  readonly postId: number;
  readonly questionId: number;
  readonly anonymous: boolean;
  /** As the page before named it. */
  readonly after: number | undefined;
  readonly limit: number;
};

export type TextsPage = { readonly texts: readonly WrittenText[]; readonly next: number | undefined };

/** Pages of an anonymous poll are as long as its bundles. */
export async function pageOfTexts(database: Database, query: TextsQuery): Promise<TextsPage> {
  const { postId, questionId, after, limit } = query;
  if (query.anonymous) {
    const from = after === undefined ? {} : { from: after };
    const { texts, next } = await anonymousTexts(database, { postId, questionId, ...from });
    return { texts: texts.map((text) => ({ text, by: undefined })), next };
  }
  const rows = await database.reader
    .selectFrom("answer_text as a")
    .innerJoin("delivery as d", "d.id", "a.delivery_id")
    .leftJoin("membership_version as v", "v.id", "d.version_id")
    .select(["a.delivery_id", "a.text", "v.name", "v.address"])
    .where("a.post_id", "=", postId)
    .where("a.question_id", "=", questionId)
    .where("a.delivery_id", ">", after ?? 0)
    .orderBy("a.delivery_id")
    .limit(limit + 1)
    .execute();
  const texts = rows.slice(0, limit).map((row) => ({
    text: row.text,
    by: { deliveryId: row.delivery_id, name: row.name ?? "", address: row.address ?? "" },
  }));
  return { texts, next: rows.length > limit ? texts.at(-1)?.by.deliveryId : undefined };
}
