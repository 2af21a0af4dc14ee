/** The sending history over all lists that one may see, and its file. */
import { Router } from "@koa/router";
import type { MailingList } from "../../lists/mailing-list.ts";
import type { Post } from "../../lists/post.ts";
import { datesIn } from "../../words/dates.ts";
import type { Dates } from "../../words/dates.ts";
import { sendDownload } from "../download.ts";
import { historyCsv } from "../history-csv.ts";
import { viewHistory } from "../history-page.ts";
import { readHistoryQuery } from "../history-query.ts";
import type { PanelContext, SignedIn } from "../panel-context.ts";
import { presentSend } from "../presenters/present-send.ts";
import type { SendView } from "../presenters/present-send.ts";
import { viewerOf } from "../viewer.ts";
import type { WebParts } from "../web-parts.ts";

export function allHistoryRoutes(parts: WebParts): Router<SignedIn> {
  const router = new Router<SignedIn>();
  router.get("/history", (ctx) => showHistory(parts, ctx));
  router.get("/history.csv", (ctx) => sendFile(parts, ctx));
  return router;
}

type Choice = {
  /** That one may see, by title. */
  readonly lists: readonly MailingList[];
  /** That is chosen; one that is not one's own chooses nothing. */
  readonly list: MailingList | undefined;
  /** Undefined: all there are. */
  readonly listIds: readonly number[] | undefined;
};

async function chooseLists({ store }: WebParts, ctx: PanelContext<SignedIn>, chosen: string): Promise<Choice> {
  const { account, language } = ctx.state;
  const own = viewerOf(account);
  const lists = await store.lists.ofAccount(own);
  const { compare } = new Intl.Collator(language, { numeric: true });
  const list = lists.find(({ id }) => String(id) === chosen);
  return {
    lists: lists.toSorted((a, b) => compare(a.title, b.title)),
    list,
    listIds: list !== undefined ? [list.id] : own === undefined ? undefined : lists.map(({ id }) => id),
  };
}

async function showHistory(parts: WebParts, ctx: PanelContext<SignedIn>): Promise<void> {
  const { store, config, clock, pages } = parts;
  const read = readHistoryQuery(ctx, config.timezone);
  const { lists, list, listIds } = await chooseLists(parts, ctx, read.typed.list);
  const byId = new Map(lists.map((one) => [one.id, one]));
  const present = async (posts: readonly Post[]): Promise<readonly SendView[]> => {
    const presentOne = presentSend(ctx.state, config.timezone, clock.now());
    return posts.flatMap((post) => {
      const of = byId.get(post.listId);
      return of === undefined ? [] : [presentOne(post, of)];
    });
  };
  const view = await viewHistory(parts, ctx, {
    path: "/history",
    read,
    listIds,
    listTitle: list?.title,
    timezone: config.timezone,
    present,
  });
  const senders = list === undefined ? [] : await store.senders.all(list.id);
  pages.show(ctx, "history/history", { ...view, lists, senders });
}

async function sendFile(parts: WebParts, ctx: PanelContext<SignedIn>): Promise<void> {
  const { store, config, clock } = parts;
  const { words, language } = ctx.state;
  const { typed, filter } = readHistoryQuery(ctx, config.timezone);
  const { lists, listIds } = await chooseLists(parts, ctx, typed.list);
  const byId = new Map(lists.map((one) => [one.id, one]));
  // Formatters are dear: one a zone.
  const zones = new Map<string, Dates>();
  const zoneOf = (listId: number): string => byId.get(listId)?.timezone ?? config.timezone;
  const datesOf = (listId: number): Dates => {
    const zone = zoneOf(listId);
    const dates = zones.get(zone) ?? datesIn(language, zone);
    zones.set(zone, dates);
    return dates;
  };
  const titleOf = (listId: number): string => byId.get(listId)?.title ?? "";
  const telling = { words, datesOf, zoneOf, titleOf, now: clock.now() };
  const content = historyCsv(store, { listIds, filter }, telling);
  sendDownload(ctx, { name: "history.csv", type: "text/csv; charset=utf-8", content });
}
