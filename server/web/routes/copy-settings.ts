/** Taking over the settings of another list: first what would change, then the button. */
import type { Router } from "@koa/router";
import type { MailingList } from "../../lists/mailing-list.ts";
import { settingsLike } from "../../lists/settings-like.ts";
import { guardedRouter, mayRun } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { leaveNotice, leaveRefusal } from "../notice.ts";
import type { OnList, PanelContext } from "../panel-context.ts";
import { settingChanges } from "../presenters/present-settings.ts";
import { rowId } from "../row-id.ts";
import type { WebParts } from "../web-parts.ts";

export function copySettingsRoutes(parts: WebParts): Router<OnList> {
  const router = guardedRouter<OnList>(parts);

  router.get("/lists/:list/settings/copy", async (ctx) => {
    const { list } = ctx.state;
    const model = await modelOf(parts, ctx, String(ctx.query["from"] ?? ""));
    if (model === undefined) return seeOther(ctx, `/lists/${list.id}/settings`);
    showChanges(parts, ctx, model);
  });

  router.post("/lists/:list/settings/copy", async (ctx) => {
    const { list, form, words: w } = ctx.state;
    const model = await modelOf(parts, ctx, form.get("from") ?? "");
    if (model === undefined) return ctx.throw(404);
    // What was read on the page is what is done: either list may have changed since.
    if (form.get("seen") !== seenOf(list, model)) {
      leaveRefusal(ctx, w.copySettings.changed);
      return seeOther(ctx, `/lists/${list.id}/settings/copy?from=${model.id}`);
    }
    await parts.store.lists.update(list.id, settingsLike(model, list.name));
    leaveNotice(ctx, { text: w.copySettings.done(model.title) });
    seeOther(ctx, `/lists/${list.id}/settings`);
  });

  return router;
}

function showChanges({ pages, config }: WebParts, ctx: PanelContext<OnList>, model: MailingList): void {
  const { list } = ctx.state;
  pages.show(ctx, "lists/copy-settings", {
    list,
    model,
    changes: settingChanges(list, settingsLike(model, list.name), { ...ctx.state, config }),
    seen: seenOf(list, model),
  });
}

/** Another list that the account may see; undefined when there is none. */
async function modelOf({ store }: WebParts, ctx: PanelContext<OnList>, said: string): Promise<MailingList | undefined> {
  const { account, list } = ctx.state;
  const id = rowId(said);
  const model = id === undefined ? undefined : await store.lists.find(id);
  if (model === undefined || model.id === list.id) return undefined;
  return (await mayRun(store, account, model.id)) ? model : undefined;
}

/** Of both lists' settings, as far as they count here. */
function seenOf(list: MailingList, model: MailingList): string {
  return Buffer.from(JSON.stringify([settingsLike(list, list.name), settingsLike(model, list.name)])).toString(
    "base64url",
  );
}
