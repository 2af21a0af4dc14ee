/**
 * Answers to anonymous polls. Who has answered (`respondent`, without the time) and what was answered (counts, and bundles of texts)
 * are written by one transaction and share no key, time or order:
 *
 * - Counts are one row a post. A row a choice would tell: whoever the database wrote last together with it (PostgreSQL keeps the number
 *   of the transaction with each row) has taken that choice.
 * - Texts are in bundles of 50 and more, mixed anew when one comes in, so that neither ids nor places on the disk are in the order of
 *   coming. Each answer writes the last bundle of every question, whether it brings a text to it or not: for the same reason as above,
 *   only whoever writes would else be seen to have written. The first of a question are fewer than 50, and one text of one reader is
 *   theirs.
 *
 * What remains: whoever sees the database (or a backup, or the page) before and after a single answer sees both change; and pages of
 * the file that were written over (write-ahead log, dead rows) keep such states until the database uses them again. docs/polls.md.
 */
import { randomInt } from "node:crypto";
import { sql } from "kysely";
import type { GivenAnswer } from "../../lists/poll-answer.ts";
import type { Database, Kind, Write } from "../database/database.ts";
import type { PollChange } from "./poll-tallies.ts";
import { rowsOf, storable } from "../database/rows.ts";

/** Texts: a last bundle that has so many is parted by the next answer, whatever that brings. */
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
  for (const postId of new Set(posts.values()))
    await mixIn(
      write,
      postId,
      texts.filter((text) => text.postId === postId),
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

type Bundle = { readonly question: number; readonly seq: number; readonly texts: string };

async function mixIn(
  write: Write,
  postId: number,
  added: readonly { readonly id: number; readonly text: string }[],
): Promise<void> {
  const { rows: last } = await sql<Bundle>`
    SELECT a.question_id AS question, a.seq, a.texts FROM post AS p
    JOIN question AS q ON q.poll_id = p.poll_id AND q.kind = 'text'
    JOIN anonymous_text AS a ON a.post_id = p.id AND a.question_id = q.id AND a.seq = (
      SELECT MAX(of.seq) FROM anonymous_text AS of WHERE of.post_id = p.id AND of.question_id = q.id)
    WHERE p.id = ${postId}`.execute(write);
  const byQuestion = Map.groupBy(added, ({ id }) => id);
  const questions = new Set([...last.map(({ question }) => question), ...byQuestion.keys()]);
  const bundles = [...questions].flatMap((question) =>
    mixedBundles(
      last.find((bundle) => bundle.question === question),
      (byQuestion.get(question) ?? []).map(({ text }) => storable(text)),
    ).map(({ seq, texts }) => ({ post_id: postId, question_id: question, seq, texts: JSON.stringify(texts) })),
  );
  if (bundles.length === 0) return;
  await write
    .insertInto("anonymous_text")
    .values(bundles)
    .onConflict((conflict) =>
      conflict
        .columns(["post_id", "question_id", "seq"])
        .doUpdateSet((each) => ({ texts: each.ref("excluded.texts") })),
    )
    .execute();
}

/** What the last bundle of a question becomes. */
function mixedBundles(
  last: Bundle | undefined,
  added: readonly string[],
): readonly { readonly seq: number; readonly texts: readonly string[] }[] {
  const [seq, before] = [last?.seq ?? 0, readTexts(last?.texts)];
  const texts = mixed([...before, ...added]);
  if (before.length < fullBundle) return [{ seq, texts }];
  return [
    { seq, texts: texts.splice(0, sealedBundle) },
    { seq: seq + 1, texts },
  ];
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
