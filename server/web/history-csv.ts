/** The posts of a history as a file for spreadsheets, a piece at a time. */
import { deliveryStates } from "../lists/delivery.ts";
import { allCopies, postState } from "../lists/post.ts";
import type { Post } from "../lists/post.ts";
import type { HistoryQuery } from "../store/posts/history.ts";
import type { Store } from "../store/store.ts";
import { csvBegin, csvLines } from "../words/csv-lines.ts";
import type { Dates } from "../words/dates.ts";
import { responseCells, responseColumns } from "../words/describe-responses.ts";
import type { Words } from "../words/en.ts";

const pieceRows = 500;

type Telling = {
  readonly words: Words;
  /** Of a post's list, and times in it. */
  readonly zoneOf: (listId: number) => string;
  readonly datesOf: (listId: number) => Dates;
  readonly titleOf: (listId: number) => string;
  readonly now: number;
};

export async function* historyCsv(
  store: Store,
  wish: Pick<HistoryQuery, "listIds" | "filter">,
  telling: Telling,
): AsyncGenerator<string> {
  yield `${csvBegin}${csvLines([head(telling.words)])}`;
  for (let before: number | undefined; ;) {
    const { posts, next } = await store.posts.history({ ...wish, before, limit: pieceRows });
    if (posts.length > 0) yield csvLines(posts.map((post) => line(post, telling)));
    before = next;
    if (before === undefined) return;
  }
}

function head(w: Words): readonly string[] {
  const { columns: c } = w.historyFilter;
  const states = deliveryStates.map((state) => w.deliveryState[state]);
  const about = [c.number, c.list, c.at, c.zone, c.author, c.address, c.subject, c.kind, c.state, c.copies];
  return [...about, ...states, c.asked, ...responseColumns(w)];
}

function line(post: Post, { words: w, datesOf, zoneOf, titleOf, now }: Telling): readonly string[] {
  const { tally } = post;
  return [
    String(post.number),
    titleOf(post.listId),
    datesOf(post.listId).sortable(post.acceptedAt),
    zoneOf(post.listId),
    post.authorName,
    post.authorAddress,
    post.subject,
    w.postOrigin[post.origin],
    w.postState[postState(post, now)],
    String(allCopies(tally)),
    ...deliveryStates.map((state) => String(tally[state])),
    post.asksConfirmation ? w.historyFilter.yes : "",
    ...responseCells(post),
  ];
}
