/** Who runs a list: adding somebody who has an account, inviting somebody who has none, removing. Shown on the page of senders. */
import type { Router } from "@koa/router";
import type { Account } from "../../store/accounts/account-rows.ts";
import { guardedRouter } from "../access.ts";
import {
  appointAdministrator,
  hasSignedIn,
  inviteAdministrator,
  nameOf,
  readAdministrator,
} from "../appoint-administrator.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { OnList, PanelContext } from "../panel-context.ts";
import { rowId } from "../row-id.ts";
import { showSenders } from "../senders-page.ts";
import type { WebParts } from "../web-parts.ts";

export function administratorRoutes(parts: WebParts): Router<OnList> {
  const { store } = parts;
  const router = guardedRouter<OnList>(parts);

  router.post("/lists/:list/administrators", (ctx) => addAdministrator(parts, ctx));

  router.post("/lists/:list/administrators/remove", async (ctx) => {
    const { list, account: own, words: w } = ctx.state;
    const account = await administratorOf(parts, ctx);
    await store.administrators.remove(list.id, account.id);
    leaveNotice(ctx, { text: w.administrators.removed(nameOf(account)) });
    seeOther(ctx, account.id === own.id && !own.isOwner ? "/" : `/lists/${list.id}/senders#administrators`);
  });

  router.post("/lists/:list/administrators/invite", async (ctx) => {
    const { list } = ctx.state;
    const account = await administratorOf(parts, ctx);
    // Whoever has signed in already asks for a link on the sign-in page.
    if (hasSignedIn(account)) return ctx.throw(404);
    leaveNotice(ctx, { text: await inviteAdministrator(parts, ctx.state, { list, account }) });
    seeOther(ctx, `/lists/${list.id}/senders#administrators`);
  });

  return router;
}

async function addAdministrator(parts: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { list, form, words: w } = ctx.state;
  const fields = new FormFields(form, w);
  const named = await readAdministrator(parts, fields, { field: "who", words: w });
  const name = fields.line("administratorName");
  if (named === undefined || !fields.isGood) {
    ctx.status = 422;
    return showSenders(parts, ctx, fields.forPage);
  }
  leaveNotice(ctx, { text: await appointAdministrator(parts, ctx.state, { list, named, name }) });
  seeOther(ctx, `/lists/${list.id}/senders#administrators`);
}

async function administratorOf({ store }: WebParts, ctx: PanelContext<OnList>): Promise<Account> {
  const id = rowId(ctx.state.form.get("account"));
  const account = (await store.administrators.ofList(ctx.state.list.id)).find((one) => one.id === id);
  return account ?? ctx.throw(404);
}
