/** Home: the lists one may see, and making a new one. */
import type { Router } from "@koa/router";
import { listNameFault } from "../../lists/list-address.ts";
import { defaultSettings, listAddress } from "../../lists/mailing-list.ts";
import type { MailingList } from "../../lists/mailing-list.ts";
import { guardedRouter, ownersOnly } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { PanelContext, SignedIn } from "../panel-context.ts";
import { searchOf } from "../query.ts";
import { readTitle } from "../settings-form.ts";
import type { WebParts } from "../web-parts.ts";

export function listsRoutes(parts: WebParts): Router<SignedIn> {
  const { config, pages } = parts;
  const router = guardedRouter<SignedIn>(parts);

  router.get("/", (ctx) => showLists(parts, ctx));
  router.get("/lists/new", ownersOnly, (ctx) => {
    pages.show(ctx, "lists/new", { domains: config.domains, faults: {}, typed: {} });
  });
  router.post("/lists", ownersOnly, async (ctx) => {
    const { form, words: w } = ctx.state;
    const fields = new FormFields(form, w);
    const list = await createList(parts, ctx, fields);
    if (list === undefined) {
      ctx.status = 422;
      return pages.show(ctx, "lists/new", { domains: config.domains, ...fields.forPage });
    }
    leaveNotice(ctx, { text: w.lists.created(listAddress(list)) });
    seeOther(ctx, `/lists/${list.id}`);
  });

  return router;
}

async function showLists({ store, pages }: WebParts, ctx: PanelContext<SignedIn>): Promise<void> {
  const { account, dates } = ctx.state;
  const search = searchOf(ctx);
  const found = await store.lists.summaries({ search, accountId: account.isOwner ? undefined : account.id });
  const moment = (at: number): object => ({ iso: new Date(at).toISOString(), text: dates.dateTime(at) });
  const lists = found.map((list) => ({
    ...list,
    address: listAddress(list),
    lastPost: list.lastPostAt === undefined ? undefined : moment(list.lastPostAt),
  }));
  pages.show(ctx, "lists/lists", { lists, search });
}

/** Undefined, with the fields' faults, when the form cannot be taken. */
async function createList(
  { store, clock, config }: WebParts,
  { state: { words: w } }: PanelContext<SignedIn>,
  fields: FormFields,
): Promise<MailingList | undefined> {
  const name = fields.line("name", { required: true }).toLowerCase();
  const fault = name === "" ? undefined : listNameFault(name);
  if (fault !== undefined) fields.fault("name", w.lists.nameFaults[fault]);
  const domain = fields.choice("domain", config.domains);
  const title = readTitle(fields, w);
  const sender = fields.address("sender");
  const senderName = fields.line("senderName");
  if (!fields.isGood || domain === undefined || sender === undefined) return undefined;
  const list = await store.lists.create({ ...defaultSettings, name, domain, title, createdAt: clock.now() });
  if (list === undefined) fields.fault("name", w.lists.taken);
  else await store.senders.add(list.id, { addresses: [sender], name: senderName }, clock.now());
  return list;
}
