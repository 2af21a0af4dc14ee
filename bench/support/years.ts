/** Years of a list's life for benchmarks: posts of every kind and outcome, in the order in which they would have come. */
import { acceptIn } from "../../server/store/acceptance.ts";
import { indexPosts } from "../../server/store/index-posts.ts";
import { insertPoll } from "../../server/store/polls.ts";
import { rowsOf } from "../../server/store/rows.ts";
import type { Store } from "../../server/store/store.ts";
import type { Write } from "../../server/store/database.ts";
import { sql } from "kysely";

const atOnce = 200;
const copies = 300;
const origins = ["mail", "mail", "mail", "panel", "panel", "scheduled", "recurring"] as const;
const topics = ["運動会のお知らせ", "給食だより", "Water is off", "持ち物について", "保護者会の日程", "Bus times"];
const sentence = "本日の授業は予定どおり行います。気をつけて登校してください。The bus leaves at eight.";

export async function livePosts(
  store: Store,
  { listIds, posts, now }: { readonly listIds: readonly number[]; readonly posts: number; readonly now: number },
): Promise<void> {
  for (let start = 0; start < posts; start += atOnce)
    await store.database.write(async (write) => {
      for (let n = start; n < Math.min(posts, start + atOnce); n++)
        await livePost(write, store, { n, listIds, at: now - (posts - n) * 3_600_000 });
    });
  while ((await indexPosts(store.database)) > 0);
}

async function livePost(
  write: Write,
  store: Store,
  { n, listIds, at }: { readonly n: number; readonly listIds: readonly number[]; readonly at: number },
): Promise<void> {
  const text = `${topics[n % topics.length] ?? ""} ${n}\r\n\r\n${`${sentence} ${n}\r\n`.repeat(1 + ((n * 7) % 12))}`;
  const author = { address: `teacher${n % 40}@north.example`, name: `先生 ${n % 40}` };
  const subject = `${topics[n % topics.length] ?? ""} ${n}`;
  const bytes = Buffer.from(
    `From: ${author.address}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}`,
  );
  const asks = n % 11 === 0;
  const pollId =
    n % 17 === 0 ? await insertPoll(write, { anonymous: false, closesAt: undefined, questions: [] }, at) : undefined;
  const [post] = await acceptIn(write, store.database, {
    body: { bytes },
    size: bytes.length,
    fingerprint: `life ${n}`,
    messageIdField: `<life.${n}@north.example>`,
    mailFrom: author.address,
    author,
    subject,
    receivedAt: at,
    posts: [
      {
        listId: listIds[n % 20 === 1 ? ((n / 20) % listIds.length) | 0 : 0] ?? 0,
        posterId: undefined,
        disposition: n % 500 === 3 ? "rejected" : "accepted",
        asksConfirmation: asks,
        startsAt: at,
        origin: origins[n % origins.length] ?? "mail",
        ...(pollId !== undefined && { pollId }),
      },
    ],
  });
  if (post === undefined) return;
  const astray = n % 30 === 0 ? 3 : 0;
  const counts = [
    { state: "sent", count: copies - astray },
    { state: "failed", count: astray },
    { state: "pending", count: 0 },
    { state: "sending", count: 0 },
  ];
  const { kind } = store.database;
  await sql`UPDATE post SET expanded_at = ${at}, stopped_at = ${n % 200 === 5 ? at : null} WHERE id = ${post.id}`.execute(
    write,
  );
  await sql`INSERT INTO tally (post_id, state, count) SELECT ${sql.lit(post.id)}, n.state, n.count
    FROM ${rowsOf(kind, { alias: "n", columns: { state: "text", count: "int" } }, counts)}`.execute(write);
  if (asks)
    await sql`INSERT INTO response_tally (post_id, kind, count) VALUES (${post.id}, 'confirmed', ${n % 22 === 0 ? copies : copies - 20})`.execute(
      write,
    );
}
