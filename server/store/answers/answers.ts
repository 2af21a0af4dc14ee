/** Answers to polls, many in one transaction. Of an anonymous poll they are written by anonymous-answers.ts. */
import { sql } from "kysely";
import type { GivenAnswer, PollAnswer } from "../../lists/poll-answer.ts";
import { recordAnonymous } from "./anonymous-answers.ts";
import type { Database, Kind, Write } from "../database/database.ts";
import { addToPollTallies } from "./poll-tallies.ts";
import type { PollChange } from "./poll-tallies.ts";
import { addResponseTimes } from "./response-times.ts";
import { rowsOf } from "../database/rows.ts";

/** A later answer takes the place of an earlier one; of an anonymous poll the first is final. */
export async function recordAnswers(database: Database, given: readonly GivenAnswer[]): Promise<void> {
  const [anonymous, named] = [given.filter((each) => each.anonymous), given.filter((each) => !each.anonymous)];
  await database.write(async (write) => {
    const changes = [
      ...(await recordNamed(write, database.kind, oneEach(named))),
      ...(await recordAnonymous(write, database.kind, oneEach(anonymous.toReversed()))),
    ];
    await addToPollTallies(write, database.kind, changes);
  });
}

/** What a reader answered to a poll that is not anonymous; undefined where they have not. */
export async function findAnswer(database: Database, deliveryId: number): Promise<PollAnswer | undefined> {
  return (await answersOf(database, [deliveryId])).get(deliveryId);
}

/** By delivery, of those who have answered something. */
export async function answersOf(
  { reader }: Pick<Database, "reader">,
  deliveryIds: readonly number[],
): Promise<ReadonlyMap<number, PollAnswer>> {
  if (deliveryIds.length === 0) return new Map();
  const choices = await reader
    .selectFrom("answer_choice")
    .selectAll()
    .where("delivery_id", "in", deliveryIds)
    .execute();
  const texts = await reader.selectFrom("answer_text").selectAll().where("delivery_id", "in", deliveryIds).execute();
  const chosen = Map.groupBy(choices, (row) => row.delivery_id);
  const written = Map.groupBy(texts, (row) => row.delivery_id);
  return new Map(
    [...new Set([...chosen.keys(), ...written.keys()])].map((id) => [
      id,
      {
        choices: new Set(chosen.get(id)?.map((row) => row.choice_id)),
        texts: new Map(written.get(id)?.map((row) => [row.question_id, row.text])),
      },
    ]),
  );
}

/** Of two answers of one reader that come together the last. */
function oneEach(given: readonly GivenAnswer[]): readonly GivenAnswer[] {
  return [...new Map(given.map((each) => [each.deliveryId, each])).values()];
}

async function recordNamed(write: Write, kind: Kind, given: readonly GivenAnswer[]): Promise<readonly PollChange[]> {
  if (given.length === 0) return [];
  const rows = given.map(({ deliveryId, at }) => ({ id: deliveryId, at }));
  const from = rowsOf(kind, { alias: "n", columns: { id: "int", at: "int" } }, rows);
  const before = await sql<{ id: number }>`
    SELECT r.delivery_id AS id FROM ${from} JOIN respondent AS r ON r.delivery_id = n.id`.execute(write);
  const had = new Set(before.rows.map(({ id }) => id));
  const { rows: now } = await sql<{ id: number; post: number; at: number; startsAt: number }>`
    INSERT INTO respondent (delivery_id, post_id, at)
    SELECT d.id, d.post_id, n.at FROM ${from} JOIN delivery AS d ON d.id = n.id WHERE d.post_id IS NOT NULL
    ON CONFLICT (delivery_id) DO UPDATE SET at = excluded.at RETURNING delivery_id AS id, post_id AS post, at,
      (SELECT starts_at FROM post WHERE post.id = respondent.post_id) AS "startsAt"`.execute(write);
  const firsts = now.filter(({ id }) => !had.has(id));
  await addResponseTimes(
    write,
    kind,
    firsts.map(({ post, startsAt, at }) => ({ postId: post, kind: "answered", startsAt, at })),
  );
  const taken = had.size === 0 ? [] : await takeBack(write, kind, [...had]);
  const posts = new Map(now.map(({ id, post }) => [id, post]));
  return [
    ...taken,
    ...firsts.map(({ post }) => change(post, "answered", { id: 0, count: 1 })),
    ...(await insertAnswers(write, kind, { given, posts })),
  ];
}

async function takeBack(write: Write, kind: Kind, ids: readonly number[]): Promise<readonly PollChange[]> {
  const from = rowsOf(
    kind,
    { alias: "n", columns: { id: "int" } },
    ids.map((id) => ({ id })),
  );
  const choices = await sql<{ post: number; id: number }>`DELETE FROM answer_choice
    WHERE delivery_id IN (SELECT n.id FROM ${from}) RETURNING post_id AS post, choice_id AS id`.execute(write);
  const texts = await sql<{ post: number; id: number }>`DELETE FROM answer_text
    WHERE delivery_id IN (SELECT n.id FROM ${from}) RETURNING post_id AS post, question_id AS id`.execute(write);
  return [
    ...choices.rows.map(({ post, id }) => change(post, "choices", { id, count: -1 })),
    ...texts.rows.map(({ post, id }) => change(post, "texts", { id, count: -1 })),
  ];
}

type Insertion = { readonly given: readonly GivenAnswer[]; readonly posts: ReadonlyMap<number, number> };

async function insertAnswers(write: Write, kind: Kind, { given, posts }: Insertion): Promise<readonly PollChange[]> {
  const known = given.flatMap((each) => {
    const post = posts.get(each.deliveryId);
    return post === undefined ? [] : [{ ...each, post }];
  });
  const choices = known.flatMap((each) =>
    [...each.choices].map((id) => ({ delivery: each.deliveryId, post: each.post, id })),
  );
  const texts = known.flatMap((each) =>
    [...each.texts].map(([id, text]) => ({ delivery: each.deliveryId, post: each.post, id, text })),
  );
  const columns = { delivery: "int", post: "int", id: "int" } as const;
  if (choices.length > 0)
    await sql`INSERT INTO answer_choice (delivery_id, post_id, choice_id)
      SELECT n.delivery, n.post, n.id FROM ${rowsOf(kind, { alias: "n", columns }, choices)}`.execute(write);
  if (texts.length > 0)
    await sql`INSERT INTO answer_text (delivery_id, post_id, question_id, text) SELECT n.delivery, n.post, n.id, n.text
      FROM ${rowsOf(kind, { alias: "n", columns: { ...columns, text: "text" } }, texts)}`.execute(write);
  return [
    ...choices.map(({ post, id }) => change(post, "choices", { id, count: 1 })),
    ...texts.map(({ post, id }) => change(post, "texts", { id, count: 1 })),
  ];
}

function change(postId: number, of: PollChange["of"], { id, count }: Pick<PollChange, "id" | "count">): PollChange {
  return { postId, of, id, count };
}
