/** `kairan posts`: a list's history, newest first. */
import type { MailingList } from "../lists/mailing-list.ts";
import { everyPost } from "../lists/post-filter.ts";
import type { PostFilter } from "../lists/post-filter.ts";
import { indexPosts } from "../store/posts/index-posts.ts";
import type { Store } from "../store/store.ts";
import { listed } from "./answer.ts";
import type { Column } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Command } from "./command.ts";
import { wrongUse } from "./command-error.ts";
import { findList } from "./find-list.ts";
import { localTime, nextDay, readTime } from "../words/zone-time.ts";
import type { ReadTime } from "../words/zone-time.ts";
import { postRow } from "./post-row.ts";
import type { PostRow } from "./post-row.ts";

const pageRows = 500;
/** Of some twenty posts. */
const mostPieces = 20;

export const postsCommand: Command = {
  words: "posts",
  operands: ["LIST"],
  options: {
    since: {
      type: "string",
      value: "D",
      says: "from this day (2026-04-08) or moment (2026-04-08T08:00) on, in the list's time zone",
    },
    until: { type: "string", value: "D", says: "up to the end of this day, or to this moment" },
    search: { type: "string", value: "TEXT", says: "only with all of these words in subject, author or text" },
  },
  summary: "Prints the posts of a list with the counts of their copies, newest first.",
  changes: false,
  run: async (call) => {
    readFilter(call, "UTC");
    const { store, config } = await call.open();
    const list = await findList(store, call.operand(0));
    const timezone = list.timezone ?? config.timezone;
    if (call.text("search") !== undefined) await indexLatest(store);
    const pages = postPages(store, { list, filter: readFilter(call, timezone), now: call.now });
    return listed({ pages, none: "no posts", columns: postColumns(timezone) });
  },
};

/** Throws CommandError with status 2. */
function readFilter(call: Call, timezone: string): PostFilter {
  const since = readOption(call, "since", timezone);
  const until = readOption(call, "until", timezone);
  const end = until?.isWholeDay === true ? nextDay(until.at, timezone) : until?.at;
  return { ...everyPost, search: call.text("search") ?? "", since: since?.at, until: end };
}

function readOption(call: Call, name: "since" | "until", timezone: string): ReadTime | undefined {
  const typed = call.text(name);
  const time = typed === undefined ? undefined : readTime(typed, timezone);
  if (typed !== undefined && time === undefined)
    throw wrongUse(`--${name} "${typed}" is no day such as 2026-04-08 or moment such as 2026-04-08T08:00`);
  return time;
}

/** What the server has not come to yet, or came while none was running, is found by its text too. */
async function indexLatest({ database }: Store): Promise<void> {
  for (let pieces = 0; pieces < mostPieces && (await indexPosts(database)) > 0; pieces++);
}

async function* postPages(
  store: Store,
  { list, filter, now }: { readonly list: MailingList; readonly filter: PostFilter; readonly now: number },
): AsyncGenerator<readonly PostRow[]> {
  for (let before: number | undefined; ;) {
    const { posts, next } = await store.posts.history({ listIds: [list.id], filter, before, limit: pageRows });
    yield posts.map((post) => postRow(post, now));
    before = next;
    if (before === undefined) return;
  }
}

function postColumns(timezone: string): readonly Column<PostRow>[] {
  const count = (title: string, of: (row: PostRow) => number): Column<PostRow> => ({
    title,
    text: (row) => String(of(row)),
    right: true,
  });
  return [
    { title: "ID", text: (row) => row.id, right: true },
    count("NO", (row) => row.number),
    {
      title: "ACCEPTED",
      text: (row) => localTime(row.accepted === null ? undefined : Date.parse(row.accepted), timezone),
    },
    { title: "AUTHOR", text: (row) => row.author, most: 32 },
    { title: "SUBJECT", text: (row) => row.subject, most: 40 },
    { title: "STATE", text: (row) => row.state },
    count("WAITING", ({ counts }) => counts.pending + counts.sending),
    count("SENT", ({ counts }) => counts.sent),
    count("DEFERRED", ({ counts }) => counts.deferred),
    count("FAILED", ({ counts }) => counts.failed),
    count("BOUNCED", ({ counts }) => counts.bounced),
    count("CANCELLED", ({ counts }) => counts.cancelled),
  ];
}
