/** What the history of one list and that of all lists show alike: a page of posts, and by what they are narrowed. */
import type { Post } from "../lists/post.ts";
import type { HistoryPage } from "../store/posts/posts.ts";
import type { ReadHistory } from "./history-query.ts";
import { filterChips, historyQueryText } from "./history-query.ts";
import type { PanelContext, SignedIn } from "./panel-context.ts";
import type { PostView } from "./presenters/present-post.ts";
import type { WebParts } from "./web-parts.ts";

export const historyPage = 25;

type Shown = {
  /** Where the history is, without its query. */
  readonly path: string;
  readonly read: ReadHistory;
  readonly listIds: readonly number[] | undefined;
  /** Of the list that was chosen among all. */
  readonly listTitle?: string | undefined;
  readonly timezone: string;
  readonly present: (posts: readonly Post[]) => Promise<readonly PostView[]>;
};

export type HistoryView = {
  readonly posts: readonly PostView[];
  /** The first page, with nothing narrowed. */
  readonly isNewest: boolean;
  readonly [more: string]: unknown;
};

export async function viewHistory(
  { store, clock }: WebParts,
  { state }: PanelContext<SignedIn>,
  { path, read, listIds, listTitle, timezone, present }: Shown,
): Promise<HistoryView> {
  const { words, dates } = state;
  const { typed, filter, before, faults } = read;
  const page = await store.posts.history({ listIds, filter, before, limit: historyPage });
  const chips = filterChips(read, { words, dates, listTitle });
  const isNarrowed = chips.length > 0;
  return {
    path,
    posts: await present(page.posts),
    isNewest: before === undefined && !isNarrowed,
    isFirst: before === undefined,
    isNarrowed,
    asked: typed,
    faults,
    chips,
    timezone,
    older: page.next === undefined ? undefined : path + historyQueryText(typed, { before: page.next }),
    newest: path + historyQueryText(typed),
    csv: `${path}${path.startsWith("/lists/") ? "/history" : ""}.csv${historyQueryText(typed)}`,
    cutAt: await cutAt(store, page, state),
    madeAt: dates.dateTime(clock.now()),
  };
}

/** The day back to which has been looked, where the page ended early. */
async function cutAt(
  store: WebParts["store"],
  { isCut, next = 0 }: HistoryPage,
  { dates }: SignedIn,
): Promise<string | undefined> {
  const last = isCut ? await store.posts.find(next) : undefined;
  return last && dates.date(last.acceptedAt);
}
