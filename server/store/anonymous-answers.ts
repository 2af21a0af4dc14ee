/**
 * Answers to anonymous polls. Who has answered (`respondent`, without the time) and what was answered (counts, and bundles of texts)
 * are written by one transaction and share no key, time or order:
 *
 * - Counts are one row a post. A row a choice would tell: whoever the database wrote last together with it (PostgreSQL keeps the number
 *   of the transaction with each row) has taken that choice.
 * - Texts are in bundles of 50 to 100, mixed anew and written whole when one comes in, so that neither ids nor places on the disk are
 *   in the order of coming. The first of a question are fewer than 50, and one text of one reader is theirs.
 *
 * What remains: whoever sees the database (or a backup, or the page) before and after a single answer sees both change; and pages of
 * the file that were written over (write-ahead log, dead rows) keep such states until the database uses them again. docs/polls.md.
 */
import { randomInt } from "node:crypto";
import { sql } from "kysely";
import type { GivenAnswer } from "../lists/poll-answer.ts";
import type { Database, Kind, Write } from "./database.ts";
import type { PollChange } from "./poll-tallies.ts";
import { rowsOf, storable } from "./rows.ts";

/** Texts: one more, and the last bundle becomes two. */
const fullBundle = 100;
const sealedBundle = 50;

/** At most one a delivery. Who has answered before is left as they are. */
export async function recordAnonymous(
  write: Write,
  kind: Kind,
  given: readonly GivenAnswer[],
): Promise<readonly PollChange[]> {
  if (given.length === 0) return [];
  const ids = given.map(({ deliveryId }) => ({ id: deliveryId }));
  const from = rowsOf(kind, { alias: "n", columns: { id: "int" } }, ids);
  const { rows } = await sql<{ id: number; post: number }>`
    INSERT INTO respondent (delivery_id, post_id, at)
    SELECT d.id, d.post_id, NULL FROM ${from} JOIN delivery AS d ON d.id = n.id WHERE d.post_id IS NOT NULL
    ON CONFLICT (delivery_id) DO NOTHING RETURNING delivery_id AS id, post_id AS post`.execute(write);
  const posts = new Map(rows.map(({ id, post }) => [id, post]));
  const counted = given.flatMap((each) => {
    const postId = posts.get(each.deliveryId);
    return postId === undefined ? [] : [{ ...each, postId }];
  });
  const texts = counted.flatMap(({ postId, texts: of }) => [...of].map(([id, text]) => ({ postId, id, text })));
  for (const [first, ...others] of Map.groupBy(texts, ({ postId, id }) => `${postId} ${id}`).values())
    if (first !== undefined)
      await addTexts(
        write,
        first,
        [first, ...others].map(({ text }) => storable(text)),
      );
  return [
    ...counted.map(({ postId }) => ({ postId, of: "answered" as const, id: 0, count: 1 })),
    ...counted.flatMap(({ postId, choices }) =>
      [...choices].map((id) => ({ postId, of: "choices" as const, id, count: 1 })),
    ),
    ...texts.map(({ postId, id }) => ({ postId, of: "texts" as const, id, count: 1 })),
  ];
}

/** In no order: a bundle, and the number of the next. */
export async function anonymousTexts(
  { reader }: Pick<Database, "reader">,
  { postId, questionId, from = 0 }: { readonly postId: number; readonly questionId: number; readonly from?: number },
): Promise<{ readonly texts: readonly string[]; readonly next: number | undefined }> {
  const [bundle, next] = await reader
    .selectFrom("anonymous_text")
    .select(["seq", "texts"])
    .where("post_id", "=", postId)
    .where("question_id", "=", questionId)
    .where("seq", ">=", from)
    .orderBy("seq")
    .limit(2)
    .execute();
  return { texts: readTexts(bundle?.texts), next: next?.seq };
}

async function addTexts(
  write: Write,
  { postId, id }: { readonly postId: number; readonly id: number },
  added: readonly string[],
): Promise<void> {
  const last = await write
    .selectFrom("anonymous_text")
    .select(["seq", "texts"])
    .where("post_id", "=", postId)
    .where("question_id", "=", id)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  const texts = mixed([...readTexts(last?.texts), ...added]);
  const bundles: (readonly string[])[] = [];
  while (texts.length > fullBundle) bundles.push(texts.splice(0, sealedBundle));
  const rows = [...bundles, texts].map((bundle, place) => ({
    post_id: postId,
    question_id: id,
    seq: (last?.seq ?? 0) + place,
    texts: JSON.stringify(bundle),
  }));
  await write
    .insertInto("anonymous_text")
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(["post_id", "question_id", "seq"])
        .doUpdateSet((each) => ({ texts: each.ref("excluded.texts") })),
    )
    .execute();
}

/** Every order as likely as any other. */
function mixed(texts: readonly string[]): string[] {
  const order = [...texts];
  for (let place = order.length - 1; place > 0; place--) {
    const other = randomInt(place + 1);
    const [one = "", two = ""] = [order[place], order[other]];
    [order[place], order[other]] = [two, one];
  }
  return order;
}

/** Written by this program only. */
function readTexts(json: string | undefined): readonly string[] {
  return json === undefined ? [] : (JSON.parse(json) as readonly string[]);
}
