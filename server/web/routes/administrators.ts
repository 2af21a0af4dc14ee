/** Who runs a list: adding somebody who has an account, inviting somebody who has none, removing. Shown on the page of senders. */
import type { Router } from "@koa/router";
import type { Account } from "../../store/account-rows.ts";
import { mailCappedLink } from "../../notices/sign-in-mail.ts";
import { tellAdministrator } from "../../notices/administrator-added.ts";
import { usernameFor } from "../account-name.ts";
import { guardedRouter } from "../access.ts";
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
    leaveNotice(ctx, { text: await invite(parts, ctx, account) });
    seeOther(ctx, `/lists/${list.id}/senders#administrators`);
  });

  return router;
}

async function addAdministrator(parts: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { store } = parts;
  const { list, words: w } = ctx.state;
  const fields = new FormFields(ctx.state.form, w);
  const known = await findAccount(parts, fields);
  const account = known ?? (await newAccount(parts, ctx, fields));
  if (account === undefined) {
    ctx.status = 422;
    return showSenders(parts, ctx, fields.forPage);
  }
  const isAlready = await store.accounts.administers(account.id, list.id);
  if (!isAlready) await store.accounts.addAdministrator(list.id, account.id);
  leaveNotice(ctx, { text: isAlready ? w.administrators.already(nameOf(account)) : await tell(parts, ctx, account) });
  seeOther(ctx, `/lists/${list.id}/senders#administrators`);
}

/** By mail: with a link where it is needed. What the page says of it. */
async function tell(parts: WebParts, ctx: PanelContext<OnList>, account: Account): Promise<string> {
  const { list, words: w } = ctx.state;
  if (!hasSignedIn(account)) return invite(parts, ctx, account);
  if (account.id !== ctx.state.account.id && account.address !== "") await tellAdministrator(parts, { account, list });
  parts.wake();
  return w.administrators.added(nameOf(account));
}

/** The link itself is not shown here: an administrator of a list must not be able to sign in as another one. */
async function invite(parts: WebParts, ctx: PanelContext<OnList>, account: Account): Promise<string> {
  const { list, words: w } = ctx.state;
  const link = await mailCappedLink(parts, { account, list, kind: "invitation" });
  parts.wake();
  if (link === undefined) return w.accounts.tooSoon;
  const said = w.administrators.invited(account.address);
  return parts.config.outbound.via === "outbox" ? `${said} ${w.administrators.askOwner}` : said;
}

async function findAccount({ store }: WebParts, fields: FormFields): Promise<Account | undefined> {
  return store.accounts.findForSignIn(fields.line("who", { required: true }));
}

/** Undefined, with the fields' faults, when the form cannot be taken. */
async function newAccount(
  { store, clock }: WebParts,
  { state: { words: w } }: PanelContext<OnList>,
  fields: FormFields,
): Promise<Account | undefined> {
  const who = fields.line("who", { required: true });
  const name = fields.line("administratorName");
  if (who !== "" && !who.normalize("NFKC").includes("@")) fields.fault("who", w.administrators.whoUnknown);
  const address = fields.isGood ? fields.readAddress("who", who) : undefined;
  if (address === undefined || !fields.isGood) return undefined;
  const [same] = await store.accounts.findByAddress(address);
  if (same !== undefined) return same;
  const username = await usernameFor(store, address);
  return store.accounts.add(
    { username, address, ...(name !== "" && { name }), passwordHash: undefined, isOwner: false, listIds: [] },
    clock.now(),
  );
}

async function administratorOf({ store }: WebParts, ctx: PanelContext<OnList>): Promise<Account> {
  const id = rowId(ctx.state.form.get("account"));
  const account = (await store.administrators.ofList(ctx.state.list.id)).find((one) => one.id === id);
  return account ?? ctx.throw(404);
}

function hasSignedIn({ signedInAt, passwordHash }: Account): boolean {
  return signedInAt !== undefined || passwordHash !== undefined;
}

function nameOf({ name, username }: Account): string {
  return name === "" ? username : name;
}
