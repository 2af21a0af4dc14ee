/** Everybody who may sign in, for the server's owners: looking, inviting, changing. */
import type { Router } from "@koa/router";
import { isUsername } from "../../lists/username.ts";
import { invitationMs, mailSignInLink } from "../../notices/sign-in-mail.ts";
import { accountStamp } from "../../store/accounts/account-rows.ts";
import type { Account } from "../../store/accounts/account-rows.ts";
import { usernameFor } from "../account-name.ts";
import { guardedRouter, ownersOnly } from "../access.ts";
import { showAccountPage } from "../account-page.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { OnAccount, PanelContext, SignedIn } from "../panel-context.ts";
import { presentAccount } from "../presenters/present-account.ts";
import { rowId } from "../row-id.ts";
import type { WebParts } from "../web-parts.ts";

const roles = ["owner", "administrator"] as const;

export function accountsRoutes(parts: WebParts): Router<OnAccount> {
  const { store, pages } = parts;
  const router = guardedRouter<OnAccount>(parts);

  router.get("/accounts", ownersOnly, async (ctx) => {
    const all = await store.accounts.all();
    const accounts = await Promise.all(
      all.map(async (one) => ({
        ...(await presentAccount(one, { store, state: ctx.state })),
        addresses: one.addresses,
        lists: one.lists,
      })),
    );
    pages.show(ctx, "accounts/accounts", { accounts });
  });

  router.get("/accounts/new", ownersOnly, (ctx) =>
    showNew(parts, ctx, { faults: {}, typed: { role: "administrator" } }),
  );
  router.post("/accounts", ownersOnly, (ctx) => invite(parts, ctx));
  router.get("/accounts/:account", (ctx) => showAccountPage(parts, ctx, {}));
  router.post("/accounts/:account", (ctx) => edit(parts, ctx));

  return router;
}

async function showNew(
  { store, pages }: WebParts,
  ctx: PanelContext<SignedIn>,
  view: { readonly faults: object; readonly typed: object },
): Promise<void> {
  pages.show(ctx, "accounts/new", { roles, lists: await store.lists.summaries(), ...view });
}

async function invite(parts: WebParts, ctx: PanelContext<SignedIn>): Promise<void> {
  const fields = new FormFields(ctx.state.form, ctx.state.words);
  const account = await addAccount(parts, ctx, fields);
  if (account === undefined) {
    ctx.status = 422;
    return showNew(parts, ctx, fields.forPage);
  }
  const [first] = await parts.store.administrators.listsOf(account.id);
  const list = first && (await parts.store.lists.find(first.id));
  const link = await mailSignInLink(parts, { account, list, kind: "invitation" });
  parts.wake();
  ctx.state.notice = { text: ctx.state.words.accounts.invitedNow(account.address) };
  // Where no mail leaves, the link is shown, once, in the answer itself.
  if (parts.config.outbound.via === "outbox")
    return showAccountPage(parts, onAccount(ctx, await parts.store.accounts.find(account.id)), {
      link: { url: link, until: parts.clock.now() + invitationMs, isKept: true },
    });
  leaveNotice(ctx, ctx.state.notice);
  seeOther(ctx, `/accounts/${account.id}`);
}

function onAccount(ctx: PanelContext<SignedIn>, target: Account | undefined): PanelContext<OnAccount> {
  if (target === undefined) return ctx.throw(404);
  Object.assign(ctx.state, { target });
  return ctx as PanelContext<OnAccount>;
}

/** Undefined, with the fields' faults, when the form cannot be taken. */
async function addAccount(
  { store, clock }: WebParts,
  { state: { words: w, form } }: PanelContext<SignedIn>,
  fields: FormFields,
): Promise<Account | undefined> {
  const name = fields.line("name");
  const address = fields.address("address");
  const username = readUsername(fields, w.accounts.usernameWrong);
  const role = fields.choice("role", roles);
  const listId = rowId(form.get("list"));
  const list = role === "administrator" && listId !== undefined ? await store.lists.find(listId) : undefined;
  if (!fields.isGood || address === undefined || role === undefined) return undefined;
  const account = await store.accounts.add(
    {
      username: username === "" ? await usernameFor(store, address) : username,
      address,
      ...(name !== "" && { name }),
      passwordHash: undefined,
      isOwner: role === "owner",
      listIds: list === undefined ? [] : [list.id],
    },
    clock.now(),
  );
  if (account === undefined) fields.fault("username", w.accounts.usernameTaken);
  return account;
}

function readUsername(fields: FormFields, wrong: string): string {
  const username = fields.line("username");
  if (username !== "" && !isUsername(username)) fields.fault("username", wrong);
  return username;
}

async function edit(parts: WebParts, ctx: PanelContext<OnAccount>): Promise<void> {
  const { store } = parts;
  const { form, target, words: w } = ctx.state;
  const fields = new FormFields(form, w);
  const address = fields.address("address");
  const username = readUsername(fields, w.accounts.usernameWrong);
  if (username === "") fields.fault("username", w.fields.missing);
  const role = fields.choice("role", roles);
  const result =
    fields.isGood && address !== undefined
      ? await store.accounts.edit(target.id, {
          username,
          address,
          isOwner: role === "owner",
          stamp: form.get("stamp") ?? "",
        })
      : undefined;
  if (result === "done") {
    leaveNotice(ctx, { text: w.accounts.saved });
    return seeOther(ctx, `/accounts/${target.id}`);
  }
  if (result === "missing") return ctx.throw(404);
  if (result === "taken") fields.fault("username", w.accounts.usernameTaken);
  if (result === "last-owner") fields.fault("role", w.accounts.lastOwner);
  const { faults, typed } = fields.forPage;
  ctx.status = result === "conflict" ? 409 : 422;
  // With the present stamp: whoever has read what the account says now can save again.
  const present = (await store.accounts.find(target.id)) ?? target;
  await showAccountPage(parts, ctx, {
    faults,
    typed: { ...typed, stamp: accountStamp(present) },
    ...(result === "conflict" && { present }),
  });
}
