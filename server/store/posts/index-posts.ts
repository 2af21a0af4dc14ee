/**
 * Puts posts into the search index, a piece at a time: new ones a moment after they were accepted, so that acceptance waits for
 * none of it, and those of before. The latest first.
 */
import { sql } from "kysely";
import { postGrams, postSearchRules, postText, searchedCharacters } from "../../lists/post-filter.ts";
import type { PostText } from "../../lists/post-filter.ts";
import { mailText } from "../../mail/mail-text.ts";
import type { Database, Kind, Write } from "../database/database.ts";
import { numbersOf, tokensOf } from "../search/gram-tokens.ts";
import { mergePostSearch } from "../search/merge-search.ts";
import { rowsOf } from "../database/rows.ts";
import { readServerState, writeServerState } from "../database/server-state.ts";

/** Of one piece: what is reached first ends it. So many grams take some 10 ms to write. */
const most = { posts: 20, grams: 6000 };
const stateKey = "post-search-rules";
const markedAtOnce = 5000;

/** How many were put into the index; 0: all are in it. */
export async function indexPosts(database: Database): Promise<number> {
  const waiting = await waitingPosts(database);
  const piece: IndexedPost[] = [];
  let grams = 0;
  for (const post of waiting) {
    const ready = await readyPost(database, post);
    if (piece.length > 0 && grams + ready.grams.length > most.grams) break;
    piece.push(ready);
    grams += ready.grams.length;
  }
  if (piece.length > 0) await database.write((write) => writePiece(write, database.kind, piece));
  return piece.length;
}

/** Where the index was made by other rules, or the posts come from a backup, all are put into it anew. */
export async function keepPostSearchRight(database: Database): Promise<void> {
  if ((await readServerState(database, stateKey)) === String(postSearchRules)) return;
  for (let after = 0; ;) {
    const { rows } = await sql<{ last: number | null }>`SELECT max(id) AS last FROM (
      SELECT id FROM post WHERE id > ${after} ORDER BY id LIMIT ${markedAtOnce}) AS piece`.execute(database.reader);
    const last = rows[0]?.last ?? null;
    if (last === null) break;
    const from = after;
    await database.write((write) =>
      sql`UPDATE post SET in_search = 0 WHERE id > ${from} AND id <= ${last} AND in_search = 1`.execute(write),
    );
    after = last;
  }
  await database.write((write) => writeServerState(write, stateKey, String(postSearchRules)));
}

type WaitingPost = {
  readonly id: number;
  readonly list: number;
  readonly message: number;
  readonly subject: string;
  readonly authorName: string;
  readonly authorAddress: string;
  readonly senderName: string | null;
};

type IndexedPost = PostText & { readonly id: number; readonly list: number; readonly grams: readonly string[] };

async function waitingPosts(database: Database): Promise<readonly WaitingPost[]> {
  const { rows } = await sql<WaitingPost>`
    SELECT p.id, p.list_id AS list, COALESCE(m.content_of, m.id) AS message, p.subject, p.author_name AS "authorName",
      p.author_address AS "authorAddress", s.name AS "senderName"
    FROM post AS p JOIN message AS m ON m.id = p.message_id LEFT JOIN person AS s ON s.id = p.poster_id
    WHERE p.in_search = 0 ORDER BY p.id DESC LIMIT ${most.posts}`.execute(database.reader);
  return rows;
}

async function readyPost(database: Database, post: WaitingPost): Promise<IndexedPost> {
  const chunk = await database.reader
    .selectFrom("message_chunk")
    .select("bytes")
    .where("message_id", "=", post.message)
    .where("seq", "=", 0)
    .executeTakeFirst();
  const { author, text } = postText({
    subject: post.subject,
    author: [...new Set([post.authorName, post.senderName ?? "", post.authorAddress])].filter((one) => one !== ""),
    text: chunk === undefined ? "" : readText(chunk.bytes),
  });
  return { id: post.id, list: post.list, author, text, grams: postGrams(text) };
}

/** A mail that cannot be read is found by its subject and author, and stands in nobody's way. */
function readText(bytes: Buffer): string {
  try {
    return mailText(bytes, searchedCharacters);
  } catch {
    return "";
  }
}

/** Harmless when it comes twice. */
async function writePiece(write: Write, kind: Kind, piece: readonly IndexedPost[]): Promise<void> {
  const ids = rowsOf(kind, { alias: "n", columns: { id: "int" } }, piece);
  await sql`DELETE FROM post_text WHERE post_id IN (SELECT n.id FROM ${ids})`.execute(write);
  const texts = rowsOf(kind, { alias: "n", columns: { id: "int", author: "text", text: "text" } }, piece);
  // A list may have been purged meanwhile.
  await sql`INSERT INTO post_text (post_id, author, text)
    SELECT n.id, n.author, n.text FROM ${texts} JOIN post ON post.id = n.id`.execute(write);
  const grams = rowsOf(
    kind,
    { alias: "n", columns: { id: "int", grams: "text" } },
    piece.map(({ id, list, grams: own }) => ({
      id,
      grams: kind === "postgres" ? `{${numbersOf(list, own).join(",")}}` : tokensOf(list, own).join(" "),
    })),
  );
  await (
    kind === "postgres"
      ? sql`INSERT INTO post_search (post_id, grams) SELECT n.id, n.grams::int[] FROM ${grams} JOIN post ON post.id = n.id`
      : sql`INSERT INTO post_search (rowid, grams) SELECT n.id, n.grams FROM ${grams} JOIN post ON post.id = n.id`
  ).execute(write);
  await sql`UPDATE post SET in_search = 1 WHERE id IN (SELECT n.id FROM ${ids})`.execute(write);
  await mergePostSearch(
    write,
    kind,
    piece.reduce((sum, { grams: own }) => sum + own.length, 0),
  );
}
