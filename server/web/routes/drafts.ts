/** What somebody has begun to write: their own drafts, the last changed first. */
import type { Router } from "@koa/router";
import type { Composition } from "../../store/compositions.ts";
import { guardedRouter } from "../access.ts";
import type { PanelContext, SignedIn } from "../panel-context.ts";
import type { WebParts } from "../web-parts.ts";

const mostShown = 100;

export function draftRoutes(parts: WebParts): Router<SignedIn> {
  const router = guardedRouter<SignedIn>(parts);

  router.get("/drafts", (ctx) => showDrafts(parts, ctx));

  return router;
}

async function showDrafts({ store, pages }: WebParts, ctx: PanelContext<SignedIn>): Promise<void> {
  const { account, words: w, dates } = ctx.state;
  const drafts = await store.compositions.ofAccount(account.id, "draft", mostShown);
  const lists = await store.lists.some([...new Set(drafts.flatMap(({ content }) => content.listIds))]);
  const titles = new Map(lists.map(({ id, title }) => [id, title]));
  const present = ({ id, content, changedAt }: Composition): object => ({
    id,
    subject: content.subject || w.drafts.noSubject,
    lists: content.listIds.flatMap((listId) => titles.get(listId) ?? []).join(w.compose.listed) || w.drafts.noLists,
    changed: w.drafts.changed(dates.dateTime(changedAt)),
  });
  pages.show(ctx, "compose/drafts", { drafts: drafts.map(present) });
}
