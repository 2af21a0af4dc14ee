/** Years of a list's life for benchmarks: posts of every kind and outcome, in the order in which they would have come. */
import { acceptIn } from "../../server/store/posts/acceptance.ts";
import type { Write } from "../../server/store/database/database.ts";
import { insertPoll } from "../../server/store/answers/polls.ts";
import { addMoves } from "../../server/store/posts/tallies.ts";
import { addResponses } from "../../server/store/answers/response-tallies.ts";
import type { Store } from "../../server/store/store.ts";

const atOnce = 200;
const copies = 300;
const hourMs = 3_600_000;
const origins = ["mail", "mail", "mail", "panel", "panel", "scheduled", "recurring"] as const;
const topics = ["運動会のお知らせ", "給食だより", "Water is off", "持ち物について", "保護者会の日程", "Bus times"];
const sentence = "本日の授業は予定どおり行います。気をつけて登校してください。The bus leaves at eight.";

type Life = { readonly listId: number; readonly posts: number; readonly now: number };

export async function livePosts(store: Store, { listId, posts, now }: Life): Promise<void> {
  for (let start = 0; start < posts; start += atOnce)
    await store.database.write(async (write) => {
      for (let n = start; n < Math.min(posts, start + atOnce); n++) {
        const post = await livePost(write, store, { n, listId, at: now - (posts - n) * hourMs });
        await liveCopies(write, store, { n, post });
      }
    });
}

type Nth = { readonly n: number; readonly listId: number; readonly at: number };

async function livePost(write: Write, store: Store, { n, listId, at }: Nth): Promise<number> {
  const subject = `${topics[n % topics.length] ?? ""} ${n}`;
  const author = { address: `teacher${n % 40}@north.example`, name: `先生 ${n % 40}` };
  const text = `${subject}\r\n\r\n${`${sentence} ${n}\r\n`.repeat(1 + ((n * 7) % 12))}`;
  const bytes = Buffer.from(`From: ${author.address}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`);
  const poll = { anonymous: false, closesAt: undefined, questions: [] };
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
        listId,
        posterId: undefined,
        disposition: n % 500 === 3 ? "rejected" : "accepted",
        asksConfirmation: n % 11 === 0,
        startsAt: at,
        origin: origins[n % origins.length] ?? "mail",
        ...(n % 17 === 0 && { pollId: await insertPoll(write, poll, at) }),
      },
    ],
  });
  const id = post?.id ?? 0;
  await write
    .updateTable("post")
    .set({ expanded_at: at, ...(n % 200 === 5 && { stopped_at: at }) })
    .where("id", "=", id)
    .execute();
  return id;
}

async function liveCopies(
  write: Write,
  { database: { kind } }: Store,
  { n, post }: { readonly n: number; readonly post: number },
): Promise<void> {
  const astray = n % 30 === 0 ? 3 : 0;
  await addMoves(write, kind, [
    { postId: post, from: undefined, to: "sent", count: copies - astray },
    { postId: post, from: undefined, to: "failed", count: astray },
  ]);
  const confirmed = n % 22 === 0 ? copies : copies - 20;
  if (n % 11 === 0) await addResponses(write, kind, [{ postId: post, kind: "confirmed", count: confirmed }]);
}
