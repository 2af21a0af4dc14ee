/** What is reserved: over all lists, on one list, and one by itself with what became of each of its times. */
import type { Router } from "@koa/router";
import type { Store } from "../../store/store.ts";
import { isRepeating } from "../../lists/schedule.ts";
import type { Timing } from "../../store/schedules/schedules.ts";
import { describeRecipients } from "../../words/describe-recipients.ts";
import { RuleWords } from "../../words/describe-rule.ts";
import { guardedRouter } from "../access.ts";
import type { OnList, OnSchedule, PanelContext, PanelState, SignedIn } from "../panel-context.ts";
import { presentOccurrence } from "../presenters/present-occurrence.ts";
import { followingTimes, presentSchedule } from "../presenters/present-schedule.ts";
import { keyOf } from "../query.ts";
import { reachNow } from "../reach-now.ts";
import type { WebParts } from "../web-parts.ts";
import { schedulesRows } from "../schedules-rows.ts";
import { timingNow } from "../times-page.ts";
import { seenLists, viewerOf } from "../viewer.ts";
import type { SeenLists } from "../viewer.ts";

const mostComing = 100;
const overPage = 25;
const mostOccurrences = 50;
const following = 4;

export function schedulesRoutes(parts: WebParts): Router<OnSchedule & OnList> {
  const router = guardedRouter<OnSchedule & OnList>(parts);
  router.get("/schedules", (ctx) => showAll(parts, ctx));
  router.get("/lists/:list/schedules", (ctx) => showOfList(parts, ctx));
  router.get("/schedules/:schedule", (ctx) => showOne(parts, ctx));
  return router;
}

async function showAll(parts: WebParts, ctx: PanelContext<SignedIn>): Promise<void> {
  const viewer = { accountId: viewerOf(ctx.state.account) };
  parts.pages.show(ctx, "schedules/schedules", await allOf(parts, ctx, viewer));
}

async function showOfList(parts: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { list } = ctx.state;
  parts.pages.show(ctx, "schedules/of-list", {
    list,
    ...(await allOf(parts, ctx, { accountId: undefined, listId: list.id })),
  });
}

type Viewer = { readonly accountId: number | undefined; readonly listId?: number };

async function allOf({ store }: WebParts, ctx: PanelContext<SignedIn>, viewer: Viewer): Promise<object> {
  const before = keyOf(ctx, "before");
  const isFirst = before === undefined;
  const over = await store.schedules.inState(viewer, { states: ["done", "cancelled"], before, limit: overPage + 1 });
  const [coming, still] = isFirst
    ? await Promise.all([
        store.schedules.coming(viewer, mostComing),
        store.schedules.inState(viewer, { states: ["failed", "paused"], limit: mostComing }),
      ])
    : [[], []];
  const shown = over.slice(0, overPage);
  return {
    isFirst,
    cut: coming.length === mostComing ? mostComing : undefined,
    coming: await schedulesRows(store, coming, ctx.state),
    still: await schedulesRows(store, still, ctx.state),
    over: await schedulesRows(store, shown, ctx.state),
    older: over.length > overPage ? shown.at(-1)?.id : undefined,
  };
}

async function showOne(parts: WebParts, ctx: PanelContext<OnSchedule>): Promise<void> {
  const { store, pages } = parts;
  const { schedule, words: w, account } = ctx.state;
  const composition = await store.compositions.find(schedule.compositionId);
  if (composition === undefined) return ctx.throw(404);
  const { content } = composition;
  const lists = await seenLists(store, account, content.listIds);
  const by = schedule.accountId === undefined ? undefined : await store.accounts.find(schedule.accountId);
  const said = new RuleWords(ctx.state);
  pages.show(ctx, "schedules/schedule", {
    schedule: presentSchedule({ ...schedule, content }, lists, { words: w, said }),
    zone: schedule.zone,
    dueAt: schedule.nextAt,
    ifResumed: schedule.state === "paused" ? saysResumed(await timingNow(parts, schedule), ctx.state) : undefined,
    following: followingTimes(schedule, said, following),
    mayChange: account.isOwner || (lists.own.length > 0 && lists.others.length === 0),
    text: content.text,
    sender: await senderName(store, lists, content.senderId),
    by: by && w.schedules.by(by.name === "" ? by.username : by.name),
    createdAt: ctx.state.dates.dateTime(schedule.createdAt),
    to: describeRecipients(content.recipients, w),
    reach: await reachNow(store, content, ctx.state),
    ...(await occurrencesPage(parts, ctx, { said, lists })),
  });
}

async function senderName(
  store: Store,
  { own, others }: SeenLists,
  senderId: number | undefined,
): Promise<string | undefined> {
  const [list] = [...own, ...others];
  const sender = await store.senders.find(list?.id ?? 0, senderId ?? 0);
  return sender?.name === "" ? sender.addresses[0] : sender?.name;
}

/** What became of its times, the latest first; of posts to others' lists nothing. */
async function occurrencesPage(
  { store, clock }: WebParts,
  ctx: PanelContext<OnSchedule>,
  { said, lists }: { readonly said: RuleWords; readonly lists: SeenLists },
): Promise<object> {
  const { schedule } = ctx.state;
  const before = keyOf(ctx, "before");
  const found = await store.occurrences.page(schedule.id, { before, limit: mostOccurrences + 1 });
  const shown = found.slice(0, mostOccurrences);
  const posts = await store.posts.some(shown.flatMap((one) => one.posts));
  const seen = posts.filter(({ listId }) => !lists.others.some(({ id }) => id === listId));
  const place = { state: ctx.state, said, zone: schedule.zone, now: clock.now(), lists: lists.own };
  return {
    isFirst: before === undefined,
    occurrences: shown.map((one) => presentOccurrence(one, seen, place)),
    older: found.length > mostOccurrences ? shown.at(-1)?.dueAt : undefined,
  };
}

/** When it would go on, and how often. */
function saysResumed(timing: Timing | undefined, state: PanelState): string {
  const { schedules: w } = state.words;
  if (timing === undefined) return w.noneLeft;
  const { rule, zone, nextAt, remaining } = timing;
  const count = remaining === undefined ? w.endless : w.remaining(remaining);
  return w.ifResumed(new RuleWords(state).moment(nextAt, zone), isRepeating(rule) ? count : undefined);
}
