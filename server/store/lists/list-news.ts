/** What has happened on lists whose people want to hear of it, since they were told the last time. */
import { sql } from "kysely";
import type { Database, Write } from "../database/database.ts";

export type ListNews = { readonly listId: number; readonly posts: readonly number[]; readonly lastPost: number };

/** Posts named in one mail. */
const mostPosts = 50;

/** Lists with new posts that were not told of for `gapMs`. */
export async function newsToTell(database: Database, now: number, gapMs: number): Promise<readonly ListNews[]> {
  const { rows } = await sql<{ listId: number; lastPost: number }>`
    SELECT list.id AS "listId", COALESCE(n.last_post, 0) AS "lastPost" FROM list
    LEFT JOIN list_news AS n ON n.list_id = list.id
    WHERE list.report_news = 1 AND list.deleted_at IS NULL AND (n.told_at IS NULL OR n.told_at <= ${now - gapMs})
      AND EXISTS (SELECT 1 FROM post WHERE post.list_id = list.id AND post.id > COALESCE(n.last_post, 0) AND post.reminds IS NULL)
    ORDER BY list.id LIMIT 200`.execute(database.reader);
  const news = [];
  for (const { listId, lastPost } of rows) {
    const posts = await database.reader
      .selectFrom("post")
      .select("id")
      .where("list_id", "=", listId)
      .where("id", ">", lastPost)
      .where("reminds", "is", null)
      .orderBy("id", "desc")
      .limit(mostPosts)
      .execute();
    const ids = posts.map(({ id }) => id);
    news.push({ listId, posts: ids, lastPost: ids[0] ?? lastPost });
  }
  return news;
}

export async function noteNewsTold(
  write: Write,
  { listId, lastPost, now }: { readonly listId: number; readonly lastPost: number; readonly now: number },
): Promise<void> {
  const told = { last_post: lastPost, told_at: now };
  await write
    .insertInto("list_news")
    .values({ list_id: listId, ...told })
    .onConflict((conflict) => conflict.column("list_id").doUpdateSet(told))
    .execute();
}

/** From now on: what was there before is no news. */
export async function beginNews(write: Write, listId: number): Promise<void> {
  const last = await write
    .selectFrom("post")
    .select("id")
    .where("list_id", "=", listId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  await noteNewsTold(write, { listId, lastPost: last?.id ?? 0, now: 0 });
}
