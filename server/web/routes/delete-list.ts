/** Deleting a list, and the seven days in which it can be brought back. */
import type { Router } from "@koa/router";
import type { DeletedList } from "../../store/deletion/deleted-lists.ts";
import { guardedRouter, ownersOnly } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice, leaveRefusal } from "../notice.ts";
import type { OnList, PanelContext, SignedIn } from "../panel-context.ts";
import { rowId } from "../row-id.ts";
import type { WebParts } from "../web-parts.ts";

export function deleteListRoutes(parts: WebParts): Router<OnList> {
  const { store, clock, wake, upkeep } = parts;
  const router = guardedRouter<OnList>(parts);

  router.get("/lists/:list/delete", ownersOnly, (ctx) => showQuestion(parts, ctx, { faults: {}, typed: {} }));

  router.post("/lists/:list/delete", ownersOnly, async (ctx) => {
    const { list, form, words: w } = ctx.state;
    const fields = new FormFields(form, w);
    if (fields.line("name").normalize("NFKC").toLowerCase() !== list.name)
      fields.fault("name", w.deletion.wrong(list.name));
    if (!fields.isGood) {
      ctx.status = 422;
      return showQuestion(parts, ctx, fields.forPage);
    }
    await store.deletedLists.add(list.id, clock.now());
    wake();
    leaveNotice(ctx, { text: w.deletion.done(list.title), undo: `/deleted-lists/${list.id}/restore` });
    seeOther(ctx, "/lists");
  });

  router.post("/deleted-lists/:deleted/restore", ownersOnly, async (ctx) => {
    const deleted = await deletedOf(parts, ctx);
    if (deleted === undefined || !(await store.deletedLists.restore(deleted.id, clock.now()))) return tooLate(ctx);
    wake();
    leaveNotice(ctx, { text: ctx.state.words.listsPage.restored(deleted.title) });
    seeOther(ctx, `/lists/${deleted.id}`);
  });

  router.post("/deleted-lists/:deleted/purge", ownersOnly, async (ctx) => {
    const deleted = await deletedOf(parts, ctx);
    if (deleted === undefined || !(await store.deletedLists.giveUp(deleted.id))) return tooLate(ctx);
    upkeep.purgeLists();
    leaveNotice(ctx, { text: ctx.state.words.listsPage.purged(deleted.title) });
    seeOther(ctx, "/lists");
  });

  return router;
}

async function showQuestion(
  { store, pages }: WebParts,
  ctx: PanelContext<OnList>,
  form: FormFields["forPage"],
): Promise<void> {
  const { list } = ctx.state;
  const { active } = await store.members.counts(list.id);
  pages.show(ctx, "lists/delete", { ...form, list, members: active, posts: await store.lists.postsOf(list.id) });
}

async function deletedOf({ store, clock }: WebParts, ctx: PanelContext<SignedIn>): Promise<DeletedList | undefined> {
  const { deleted: text = "" } = ctx["params"] as Readonly<Record<string, string>>;
  const id = rowId(text);
  return id === undefined ? undefined : store.deletedLists.find(id, clock.now());
}

function tooLate(ctx: PanelContext<SignedIn>): void {
  leaveRefusal(ctx, ctx.state.words.listsPage.tooLate);
  seeOther(ctx, "/lists");
}
