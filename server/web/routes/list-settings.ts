/** A list's settings. */
import type { Router } from "@koa/router";
import { languages, postingModes, proofs, replyTargets } from "../../lists/mailing-list.ts";
import { reportTargets } from "../../lists/report.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { OnList, PanelContext } from "../panel-context.ts";
import { asTyped, cooloffChoices, readSettings } from "../settings-form.ts";
import { asIfJustOpened, seenSettings } from "../settings-seen.ts";
import { viewerOf } from "../viewer.ts";
import type { WebParts } from "../web-parts.ts";

export function listSettingsRoutes(parts: WebParts): Router<OnList> {
  const { store } = parts;
  const router = guardedRouter<OnList>(parts);

  router.get("/lists/:list/settings", (ctx) => showForm(parts, ctx, { faults: {}, typed: asTyped(ctx.state.list) }));

  router.post("/lists/:list/settings", async (ctx) => {
    const { list, form, words: w } = ctx.state;
    const fields = new FormFields(asIfJustOpened(form, list), w);
    const settings = readSettings(fields, w);
    if (settings === undefined) {
      ctx.status = 422;
      return showForm(parts, ctx, fields.forPage);
    }
    await store.lists.update(list.id, settings);
    leaveNotice(ctx, { text: w.settings.saved });
    seeOther(ctx, `/lists/${list.id}/settings`);
  });

  return router;
}

async function showForm(
  { store, config, clock, pages }: WebParts,
  ctx: PanelContext<OnList>,
  form: FormFields["forPage"],
): Promise<void> {
  const { list, account, dates, words } = ctx.state;
  const lists = await store.lists.summaries({ accountId: viewerOf(account) });
  pages.show(ctx, "lists/settings", {
    ...form,
    list,
    seen: seenSettings(list),
    languages,
    postingModes,
    proofs,
    replyTargets,
    cooloffs: cooloffChoices(list.cooloffMs, words),
    reportTargets,
    serverTimezone: config.timezone,
    attributeNames: await store.members.attributeNames(list.id),
    timezones: Intl.supportedValuesOf("timeZone"),
    timeThere: dates.dateTime(clock.now()),
    models: lists.filter(({ id }) => id !== list.id).map(({ id, title }) => ({ id: String(id), title })),
  });
}
