/** One change of many members: of those that are ticked, or of all whom the page's search finds; and its way back. */
import type { Router } from "@koa/router";
import { bulkVerbs } from "../../lists/bulk-change.ts";
import type { BulkChange, BulkContent, BulkScope } from "../../lists/bulk-change.ts";
import { countOf } from "../../store/members/member-tally.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { placeOfMembers } from "../members-place.ts";
import { readStatus } from "../members-query.ts";
import { leaveNotice, leaveRefusal } from "../notice.ts";
import type { OnList, PanelContext } from "../panel-context.ts";
import { rowId } from "../row-id.ts";
import type { WebParts } from "../web-parts.ts";

/** A change is brought to its end before the answer when it takes no longer. */
const patienceMs = 1000;
const mostTicked = 1000;

export function memberBulkRoutes(parts: WebParts): Router<OnList> {
  const { store, clock, pages } = parts;
  const router = guardedRouter<OnList>(parts);

  router.post("/lists/:list/members/bulk", (ctx) => beginBulk(parts, ctx));
  router.get("/lists/:list/members/bulk/:bulk", async (ctx) => {
    const change = await changeOf(parts, ctx);
    const isRunning = change.state === "running" || change.state === "undoing";
    pages.show(ctx, "members/bulk", { list: ctx.state.list, change, isRunning, refresh: isRunning });
  });
  router.post("/lists/:list/members/bulk/:bulk/undo", async (ctx) => {
    const change = await changeOf(parts, ctx);
    const { words: w } = ctx.state;
    if (await store.bulkChanges.undo(change.id, clock.now())) return advance(parts, ctx, change);
    leaveRefusal(ctx, w.bulk.tooLate);
    return seeOther(ctx, placeOfMembers(ctx));
  });

  return router;
}

async function beginBulk(parts: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { store, clock } = parts;
  const { list, account, form, words: w } = ctx.state;
  const verb = bulkVerbs.find((each) => each === form.get("verb"));
  const scope = readScope(form);
  if (verb === undefined) return ctx.throw(400);
  if ("ids" in scope && scope.ids.length === 0) {
    leaveRefusal(ctx, w.bulk.nobody);
    return seeOther(ctx, placeOfMembers(ctx));
  }
  const fields = new FormFields(form, w);
  const isAsked = fields.isChecked("asked");
  const attribute = verb === "set" && isAsked ? readAttribute(fields, ctx) : undefined;
  if (!fields.isGood) ctx.status = 422;
  if ((!isAsked && (verb === "set" || !("ids" in scope))) || !fields.isGood)
    return ask(parts, ctx, { verb, scope, fields });
  const content: BulkContent = { scope, ...(attribute && { attribute }) };
  const change = await store.bulkChanges.begin(list.id, { verb, content, accountId: account.id }, clock.now());
  await advance(parts, ctx, change);
}

function readScope(form: URLSearchParams): BulkScope {
  if (form.get("all") !== null)
    return { search: (form.get("q") ?? "").trim().slice(0, 200), status: readStatus(form.get("status") ?? "") };
  const ids = form.getAll("member").flatMap((text) => rowId(text) ?? []);
  return { ids: [...new Set(ids)].slice(0, mostTicked) };
}

function readAttribute(
  fields: FormFields,
  { state: { words: w } }: PanelContext<OnList>,
): { readonly name: string; readonly value: string } {
  const name = fields.line("attributeName", { required: true });
  const value = fields.line("attributeValue");
  if ([...name].length > 100) fields.fault("attributeName", w.memberForm.keyLong);
  if ([...value].length > 1000) fields.fault("attributeValue", w.memberForm.valueLong);
  return { name, value };
}

/** What is about to happen, to how many; what all have in common is typed here. */
async function ask(
  { store, pages }: WebParts,
  ctx: PanelContext<OnList>,
  { verb, scope, fields }: { readonly verb: string; readonly scope: BulkScope; readonly fields: FormFields },
): Promise<void> {
  const { list } = ctx.state;
  const known = await store.members.attributeNames(list.id);
  const { faults, typed } = fields.forPage;
  const shown = fields.isChecked("asked") ? { faults, typed } : { faults: {}, typed: {} };
  const back = placeOfMembers(ctx);
  pages.show(ctx, "members/bulk-ask", {
    list,
    verb,
    scope,
    count: await countIn(store, list.id, scope),
    known,
    back,
    ...shown,
  });
}

/** Undefined where only looking at everybody would tell. */
async function countIn(store: WebParts["store"], listId: number, scope: BulkScope): Promise<number | undefined> {
  if ("ids" in scope) return scope.ids.length;
  if (scope.search !== "") return undefined;
  return countOf(await store.members.counts(listId), scope.status);
}

/** As far as it goes in a moment; the rest goes on behind a page that follows it. */
async function advance(parts: WebParts, ctx: PanelContext<OnList>, begun: BulkChange): Promise<void> {
  const { store, clock, wake, bulk } = parts;
  const { list, words: w } = ctx.state;
  const until = clock.now() + patienceMs;
  let isMore = true;
  while (isMore && clock.now() < until) isMore = await store.bulkChanges.advance(begun.id, clock.now());
  wake();
  if (isMore) {
    bulk.wake();
    return seeOther(ctx, `/lists/${list.id}/members/bulk/${begun.id}`);
  }
  const change = (await store.bulkChanges.find(begun.id)) ?? begun;
  const isBack = change.state === "undone";
  const text = isBack ? w.bulk.restored(change.restored) : w.bulk.done[change.verb](change.changed);
  leaveNotice(ctx, {
    text,
    ...(!isBack && change.changed > 0 && { undo: `/lists/${list.id}/members/bulk/${change.id}/undo` }),
  });
  seeOther(ctx, placeOfMembers(ctx));
}

/** Of this list, or the request ends with 404. */
async function changeOf({ store }: WebParts, ctx: PanelContext<OnList>): Promise<BulkChange> {
  const { bulk: text = "" } = ctx.params as Readonly<Record<string, string>>;
  const id = rowId(text);
  const change = id === undefined ? undefined : await store.bulkChanges.find(id);
  return change?.listId === ctx.state.list.id ? change : ctx.throw(404);
}
