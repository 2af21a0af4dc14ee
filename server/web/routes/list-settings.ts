/** A list's settings. */
import type { Router } from "@koa/router";
import { languages, listAddress, postingModes, proofs, replyTargets } from "../../lists/mailing-list.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { OnList } from "../panel-context.ts";
import { asTyped, readSettings } from "../settings-form.ts";
import type { WebParts } from "../web-parts.ts";

export function listSettingsRoutes(parts: WebParts): Router<OnList> {
  const { store, config, pages } = parts;
  const router = guardedRouter<OnList>(parts);
  const choices = { languages, postingModes, proofs, replyTargets, serverTimezone: config.timezone };

  router.get("/lists/:list/settings", async (ctx) => {
    const { list } = ctx.state;
    pages.show(ctx, "lists/settings", {
      list,
      address: listAddress(list),
      ...choices,
      faults: {},
      typed: asTyped(list),
    });
  });

  router.post("/lists/:list/settings", async (ctx) => {
    const { list, form, words: w } = ctx.state;
    const fields = new FormFields(form, w);
    const settings = readSettings(fields, w);
    if (settings === undefined) {
      ctx.status = 422;
      return pages.show(ctx, "lists/settings", { list, address: listAddress(list), ...choices, ...fields.forPage });
    }
    await store.lists.update(list.id, settings);
    leaveNotice(ctx, { text: w.settings.saved });
    seeOther(ctx, `/lists/${list.id}/settings`);
  });

  return router;
}
