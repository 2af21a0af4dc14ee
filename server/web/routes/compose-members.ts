/** Ticking the members to whom a draft goes: searched, page by page; every button keeps the ticks of the page that is left. */
import type { Router } from "@koa/router";
import { recipientsOf } from "../../lists/addressing.ts";
import { isWrittenIn } from "../../lists/composition.ts";
import type { MailingList } from "../../lists/mailing-list.ts";
import { guardedRouter, mayRun } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { leaveRefusal } from "../notice.ts";
import type { OnComposition, PanelContext } from "../panel-context.ts";
import { keyOf, searchOf } from "../query.ts";
import { rowId } from "../row-id.ts";
import type { WebParts } from "../web-parts.ts";

const membersPage = 50;
export const mostTicked = 2000;

export function composeMembersRoutes(parts: WebParts): Router<OnComposition> {
  const router = guardedRouter<OnComposition>(parts);

  router.get("/compose/:composition/members", (ctx) => showMembers(parts, ctx));
  router.post("/compose/:composition/members", (ctx) => takeTicks(parts, ctx));

  return router;
}

async function showMembers(parts: WebParts, ctx: PanelContext<OnComposition>): Promise<void> {
  const { store, pages } = parts;
  const { composition } = ctx.state;
  const lists = await listsOf(parts, ctx);
  const list = lists.find(({ id }) => id === rowId(String(ctx.query["list"] ?? ""))) ?? lists[0];
  if (list === undefined || !isWrittenIn(composition)) return seeOther(ctx, `/compose/${composition.id}?check=1`);
  const search = searchOf(ctx);
  const [after, before] = [keyOf(ctx, "after"), keyOf(ctx, "before")];
  const found = await store.members.list(list.id, {
    search,
    status: "active",
    sort: "name",
    limit: membersPage,
    ...(before === undefined ? after !== undefined && { after } : { before }),
  });
  const ticked = new Set(composition.content.addressing.ticked);
  pages.show(ctx, "compose/members", {
    composition,
    lists,
    list,
    search,
    count: ticked.size,
    members: found.members.map(({ personId, name, address, attributes }) => ({
      personId,
      name,
      address,
      values: Object.values(attributes).filter((value) => value !== ""),
      isTicked: ticked.has(personId),
    })),
    next: found.next,
    previous: found.previous,
    isCut: found.isCut,
  });
}

async function takeTicks(parts: WebParts, ctx: PanelContext<OnComposition>): Promise<void> {
  const { store, clock } = parts;
  const { composition, form, words: w } = ctx.state;
  const { content } = composition;
  const path = `/compose/${composition.id}/members`;
  const ticked = form.get("do") === "clear" ? [] : ticksOf(form, content.addressing.ticked);
  const addressing = { ...content.addressing, to: "ticked" as const, ticked: ticked.slice(0, mostTicked) };
  const changed = { ...content, addressing, recipients: recipientsOf(addressing) };
  const edition = Number(/^\d{1,9}$/.exec(form.get("edition") ?? "")?.[0] ?? 0);
  const isOpen = isWrittenIn(composition);
  const saved = isOpen
    ? await store.compositions.save({ id: composition.id, edition, content: changed }, clock.now())
    : undefined;
  if (saved === undefined) leaveRefusal(ctx, w.ticking.changed);
  else if (ticked.length > mostTicked) leaveRefusal(ctx, w.ticking.tooMany(mostTicked));
  else if (form.get("do") === "done") return seeOther(ctx, `/compose/${composition.id}#to`);
  seeOther(ctx, `${path}?${placeOf(form).toString()}`);
}

/** Those ticked on other pages, and of this page who is ticked now. */
function ticksOf(form: URLSearchParams, before: readonly number[]): readonly number[] {
  const shown = new Set(form.getAll("shown").flatMap((text) => rowId(text) ?? []));
  const ticks = form.getAll("person").flatMap((text) => rowId(text) ?? []);
  return [...new Set([...before.filter((id) => !shown.has(id)), ...ticks])];
}

/** The page that was asked for by the button: of a list that was chosen or words that were typed, the first. */
function placeOf(form: URLSearchParams): URLSearchParams {
  const [, way, id] = /^(after|before)\.(\d{1,15})$/.exec(form.get("do") ?? "") ?? [];
  const place = new URLSearchParams({ list: form.get("list") ?? "", q: (form.get("q") ?? "").slice(0, 200) });
  if (way !== undefined && id !== undefined && form.get("q") === form.get("shown-q")) place.set(way, id);
  return place;
}

async function listsOf(
  { store }: WebParts,
  { state: { composition, account } }: PanelContext<OnComposition>,
): Promise<readonly MailingList[]> {
  const lists = await store.lists.some(composition.content.listIds);
  const mine = await Promise.all(lists.map((list) => mayRun(store, account, list.id)));
  return lists.filter((_, index) => mine[index]);
}
