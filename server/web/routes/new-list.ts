/** Making a list: its name, who may post first, who looks after it, and whose settings it begins with. */
import type { Router } from "@koa/router";
import { listNameFault } from "../../lists/list-address.ts";
import { defaultSettings, listAddress } from "../../lists/mailing-list.ts";
import type { MailingList } from "../../lists/mailing-list.ts";
import { settingsLike } from "../../lists/settings-like.ts";
import type { TakenSettings } from "../../lists/settings-like.ts";
import { displayAddress } from "../../mail/address.ts";
import type { Words } from "../../words/en.ts";
import { guardedRouter, ownersOnly } from "../access.ts";
import { appointAdministrator, readAdministrator } from "../appoint-administrator.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { PanelContext, SignedIn } from "../panel-context.ts";
import { readTitle } from "../settings-form.ts";
import { rowId } from "../row-id.ts";
import type { WebParts } from "../web-parts.ts";

export function newListRoutes(parts: WebParts): Router<SignedIn> {
  const router = guardedRouter<SignedIn>(parts);

  router.get("/lists/new", ownersOnly, (ctx) => {
    const { account } = ctx.state;
    // Most who make a list write to it.
    const { username, address, name } = account;
    const typed = { administrator: username, sender: address, senderName: name, like: String(ctx.query["like"] ?? "") };
    return showForm(parts, ctx, { faults: {}, typed });
  });

  router.post("/lists", ownersOnly, async (ctx) => {
    const { form, words: w } = ctx.state;
    const fields = new FormFields(form, w);
    const made = await createList(parts, ctx, fields);
    if (made === undefined) {
      ctx.status = 422;
      return showForm(parts, ctx, fields.forPage);
    }
    leaveNotice(ctx, { text: `${w.lists.created(listAddress(made.list))} ${made.appointed}`.trim() });
    seeOther(ctx, `/lists/${made.list.id}`);
  });

  return router;
}

async function showForm(
  { store, config, pages }: WebParts,
  ctx: PanelContext<SignedIn>,
  form: FormFields["forPage"],
): Promise<void> {
  const lists = await store.lists.summaries();
  pages.show(ctx, "lists/new", {
    ...form,
    domains: config.domains,
    usernames: await store.accounts.usernames(),
    models: lists.map(({ id, title }) => ({ id: String(id), title })),
  });
}

/** Undefined, with the fields' faults, when the form cannot be taken. */
async function createList(
  parts: WebParts,
  { state }: PanelContext<SignedIn>,
  fields: FormFields,
): Promise<{ readonly list: MailingList; readonly appointed: string } | undefined> {
  const { store, clock, config } = parts;
  const { words: w, account } = state;
  const name = readName(fields, w);
  const domain = fields.choice("domain", config.domains);
  const title = readTitle(fields, w);
  const sender = fields.address("sender");
  const senderName = fields.line("senderName");
  const isOwn = ["", account.username].includes(fields.line("administrator"));
  const named = isOwn ? undefined : await readAdministrator(parts, fields, { field: "administrator", words: w });
  const settings = await readModel(store, fields, name);
  if (settings === undefined) fields.fault("like", w.newList.likeGone);
  if (!fields.isGood || domain === undefined || sender === undefined || settings === undefined) return undefined;
  const now = clock.now();
  const list = await store.lists.create({ ...settings, name, domain, title, createdAt: now });
  if (list === undefined) {
    const deleted = await store.deletedLists.findByAddress(name, domain, now);
    fields.fault("name", deleted === undefined ? w.lists.taken : w.newList.takenByDeleted);
    return undefined;
  }
  // The name that stood in the form belongs to the address that stood there: who typed over the one alone meant somebody else.
  const isOther = senderName === account.name && displayAddress(sender) !== account.address;
  await store.senders.add(list.id, { addresses: [sender], name: isOther ? "" : senderName }, now);
  if (named !== undefined)
    return { list, appointed: await appointAdministrator(parts, state, { list, named, name: "" }) };
  await store.accounts.addAdministrator(list.id, account.id);
  return { list, appointed: "" };
}

function readName(fields: FormFields, w: Words): string {
  const name = fields.line("name", { required: true }).normalize("NFKC").toLowerCase();
  const fault = name === "" ? undefined : listNameFault(name);
  if (fault !== undefined) fields.fault("name", w.lists.nameFaults[fault]);
  return name;
}

/** Undefined: the list that was chosen is gone. */
async function readModel(
  store: WebParts["store"],
  fields: FormFields,
  name: string,
): Promise<TakenSettings | undefined> {
  const like = fields.line("like");
  if (like === "") return defaultSettings;
  const id = rowId(like);
  const model = id === undefined ? undefined : await store.lists.find(id);
  return model && settingsLike(model, name);
}
