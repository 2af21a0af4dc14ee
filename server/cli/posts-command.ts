/** `kairan posts`: a list's history, newest first. */
import type { MailingList } from "../lists/mailing-list.ts";
import type { PostFilter } from "../store/posts.ts";
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

type Span = Pick<PostFilter, "since" | "until" | "search">;

const pageRows = 500;

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
    search: { type: "string", value: "TEXT", says: "only with this in subject or author" },
  },
  summary: "Prints the posts of a list with the counts of their copies, newest first.",
  changes: false,
  run: async (call) => {
    readSpan(call, "UTC");
    const { store, config } = await call.open();
    const list = await findList(store, call.operand(0));
    const timezone = list.timezone ?? config.timezone;
    const pages = postPages(store, { list, span: readSpan(call, timezone), now: call.now });
    return listed({ pages, none: "no posts", columns: postColumns(timezone) });
  },
};

/** Throws CommandError with status 2. */
function readSpan(call: Call, timezone: string): Span {
  const since = readOption(call, "since", timezone);
  const until = readOption(call, "until", timezone);
  const end = until?.isWholeDay === true ? nextDay(until.at, timezone) : until?.at;
  return {
    search: call.text("search") ?? "",
    ...(since && { since: since.at }),
    ...(end !== undefined && { until: end }),
  };
}

function readOption(call: Call, name: "since" | "until", timezone: string): ReadTime | undefined {
  const typed = call.text(name);
  const time = typed === undefined ? undefined : readTime(typed, timezone);
  if (typed !== undefined && time === undefined)
    throw wrongUse(`--${name} "${typed}" is no day such as 2026-04-08 or moment such as 2026-04-08T08:00`);
  return time;
}

async function* postPages(
  store: Store,
  { list, span, now }: { readonly list: MailingList; readonly span: Span; readonly now: number },
): AsyncGenerator<readonly PostRow[]> {
  for (let before: number | undefined; ;) {
    const page = await store.posts.page({
      ...span,
      listIds: [list.id],
      limit: pageRows,
      ...(before !== undefined && { before }),
    });
    yield page.map((post) => postRow(post, now));
    before = page.at(-1)?.id;
    if (before === undefined || page.length < pageRows) return;
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
