/** What somebody has begun to write or keeps to write from: their own drafts and templates, the last changed first; and use again. */
import type { Router } from "@koa/router";
import type { Composition } from "../../store/schedules/compositions.ts";
import { draftsOf } from "../../store/schedules/reserve.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { mostAttachments } from "../keep-attachment.ts";
import { leaveNotice } from "../notice.ts";
import type { OnComposition, OnPost, PanelContext, SignedIn } from "../panel-context.ts";
import { useAgain } from "../use-again.ts";
import type { WebParts } from "../web-parts.ts";

const mostShown = 100;

export function draftRoutes(parts: WebParts): Router<OnComposition & OnPost> {
  const { store, clock } = parts;
  const router = guardedRouter<OnComposition & OnPost>(parts);

  router.get("/drafts", (ctx) => showDrafts(parts, ctx));
  router.post("/compose/:composition/use", async (ctx) => {
    const { composition, account } = ctx.state;
    const as = { accountId: account.id, kind: "draft" as const, title: "" };
    const draft = await store.compositions.copy(composition.id, as, clock.now());
    if (draft === undefined) return ctx.throw(404);
    seeOther(ctx, `/compose/${draft.id}`);
  });
  router.post("/posts/:post/use-again", async (ctx) => {
    const { id, isCut } = await useAgain(parts, ctx);
    const { drafts: w } = ctx.state.words;
    leaveNotice(ctx, { text: isCut ? w.usedAgainCut(mostAttachments) : w.usedAgain });
    seeOther(ctx, `/compose/${id}`);
  });

  return router;
}

async function showDrafts({ store, pages }: WebParts, ctx: PanelContext<SignedIn>): Promise<void> {
  const { account, words: w, dates } = ctx.state;
  const drafts = await store.compositions.ofAccount(account.id, "draft", mostShown);
  const templates = await store.compositions.ofAccount(account.id, "template", mostShown);
  const lists = await store.lists.some([
    ...new Set([...drafts, ...templates].flatMap(({ content }) => content.listIds)),
  ]);
  const titles = new Map(lists.map(({ id, title }) => [id, title]));
  const ofSchedules = await draftsOf(
    store.database,
    drafts.map(({ id }) => id),
  );
  const present = ({ id, content, changedAt }: Composition): object => ({
    id,
    changes: ofSchedules.has(id) ? w.schedules.changeOf : undefined,
    subject: content.subject || w.drafts.noSubject,
    lists: content.listIds.flatMap((listId) => titles.get(listId) ?? []).join(w.compose.listed) || w.drafts.noLists,
    changed: w.drafts.changed(dates.dateTime(changedAt)),
  });
  pages.show(ctx, "compose/drafts", { drafts: drafts.map(present), templates: templates.map(present) });
}
