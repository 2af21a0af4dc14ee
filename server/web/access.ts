/**
 * The one place that decides who may see what: owners everything, administrators their lists. It hangs on the names of parameters
 * in a route's path, so that no route with `:list`, `:post`, `:delivery`, `:member`, `:import`, `:person`, `:account`, `:composition`
 * or `:schedule` can forget it.
 */
import { Router } from "@koa/router";
import type { Config } from "../config.ts";
import { listsAsked } from "../store/answers/polls.ts";
import type { Store } from "../store/store.ts";
import { datesIn } from "../words/dates.ts";
import type {
  OnAccount,
  OnComposition,
  OnDelivery,
  OnImport,
  OnList,
  OnMember,
  OnSchedule,
  OnSender,
  PanelContext,
  PanelMiddleware,
  SignedIn,
} from "./panel-context.ts";
import { rowId } from "./row-id.ts";

type Guarded = OnMember & OnImport & OnDelivery & OnAccount & OnSender & OnComposition & OnSchedule;

type Guarding = { readonly store: Store; readonly config: Config };

/** A router whose guarded parameters are loaded into the state, or end the request with 403 or 404. */
export function guardedRouter<State extends SignedIn>({ store, config }: Guarding): Router<State> {
  const router = new Router<Guarded>();
  const admit = listGate(store, config);

  router.param("list", async (text, ctx, next) => {
    await admit(ctx, readId(ctx, text));
    await next();
  });

  router.param("member", async (text, ctx, next) => {
    const member = await store.members.find(readId(ctx, text));
    if (member?.listId !== ctx.state.list.id) return ctx.throw(404);
    ctx.state.member = member;
    await next();
  });

  router.param("post", async (text, ctx, next) => {
    const post = await store.posts.find(readId(ctx, text));
    if (post === undefined) return ctx.throw(404);
    await admit(ctx, post.listId);
    ctx.state.post = post;
    await next();
  });

  router.param("delivery", async (text, ctx, next) => {
    const delivery = await store.deliveries.find(readId(ctx, text));
    const post = await store.posts.find(delivery?.postId ?? 0);
    if (delivery === undefined || post === undefined) return ctx.throw(404);
    await admit(ctx, post.listId);
    ctx.state.post = post;
    ctx.state.delivery = delivery;
    await next();
  });

  router.param("import", async (text, ctx, next) => {
    const found = await store.imports.find(readId(ctx, text));
    if (found?.listId !== ctx.state.list.id || found.state === "discarded") return ctx.throw(404);
    ctx.state.import = found;
    await next();
  });

  guardPeople(router, store);
  guardCompositions(router, store);
  guardSchedules(router, store);
  return router as unknown as Router<State>;
}

/** Senders of a list, and accounts, which are the owners' business. */
function guardPeople(router: Router<Guarded>, store: Store): void {
  router.param("person", async (text, ctx, next) => {
    const sender = await store.senders.find(ctx.state.list.id, readId(ctx, text));
    if (sender === undefined) return ctx.throw(404);
    ctx.state.sender = sender;
    await next();
  });

  router.param("account", async (text, ctx, next) => {
    if (!ctx.state.account.isOwner) return ctx.throw(403);
    const target = await store.accounts.find(readId(ctx, text));
    if (target === undefined) return ctx.throw(404);
    ctx.state.target = target;
    await next();
  });
}

/** Drafts are their writer's alone: not even an owner reads another's. */
function guardCompositions(router: Router<Guarded>, store: Store): void {
  router.param("composition", async (text, ctx, next) => {
    const composition = await store.compositions.find(readId(ctx, text));
    if (composition === undefined) return ctx.throw(404);
    if (composition.accountId !== ctx.state.account.id) return ctx.throw(403);
    ctx.state.composition = composition;
    await next();
  });
}

/** What is reserved is seen by whoever may see one of its lists, and changed by whoever may change them all. */
function guardSchedules(router: Router<Guarded>, store: Store): void {
  router.param("schedule", async (text, ctx, next) => {
    const schedule = await store.schedules.find(readId(ctx, text));
    if (schedule === undefined) return ctx.throw(404);
    const { account, language } = ctx.state;
    const may = await scheduleRights(store, account, schedule.id);
    const isLook = ctx.method === "GET" || ctx.method === "HEAD";
    if (isLook ? !may.see : !may.change) return ctx.throw(403);
    ctx.state.schedule = schedule;
    ctx.state.dates = datesIn(language, schedule.zone);
    await next();
  });
}

/** To see what is reserved, and to change it. */
export async function scheduleRights(
  store: Store,
  account: Pick<SignedIn["account"], "id" | "isOwner">,
  scheduleId: number,
): Promise<{ readonly see: boolean; readonly change: boolean }> {
  const lists = await store.schedules.listsOf(scheduleId);
  const own = await Promise.all(lists.map((listId) => mayRun(store, account, listId)));
  const { isOwner } = account;
  return { see: isOwner || own.includes(true), change: isOwner || (own.length > 0 && !own.includes(false)) };
}

/** Whether the account may see and change the list. */
export async function mayRun(
  store: Store,
  account: { readonly id: number; readonly isOwner: boolean },
  listId: number,
): Promise<boolean> {
  return account.isOwner || store.accounts.administers(account.id, listId);
}

/** Its deadline is that of every list on which it is asked. */
export async function mayMoveDeadline(
  store: Store,
  account: Pick<SignedIn["account"], "id" | "isOwner">,
  pollId: number,
): Promise<boolean> {
  const lists = await store.lists.some(await listsAsked(store.database, pollId));
  const own = await Promise.all(lists.map(({ id }) => mayRun(store, account, id)));
  return !own.includes(false);
}

/** What belongs to the whole server. */
export const ownersOnly: PanelMiddleware = async (ctx, next) => {
  if (ctx.state.account?.isOwner !== true) ctx.throw(403);
  await next();
};

function listGate(store: Store, config: Config): (ctx: PanelContext<OnList>, listId: number) => Promise<void> {
  return async (ctx, listId) => {
    const list = await store.lists.find(listId);
    if (list === undefined) return ctx.throw(404);
    if (!(await mayRun(store, ctx.state.account, listId))) return ctx.throw(403);
    ctx.state.list = list;
    ctx.state.dates = datesIn(ctx.state.language, list.timezone ?? config.timezone);
  };
}

function readId(ctx: PanelContext, text: string): number {
  return rowId(text) ?? ctx.throw(404);
}
