/**
 * A form that was sent when the sign-in was over: what was typed waits in the store, its key in a cookie, and comes back into the
 * same form after signing in. Only forms of our own pages are kept, so that no other site can put text into somebody's form.
 */
import { randomBytes } from "node:crypto";
import type { KeptForm, KeptForms } from "../store/accounts/kept-forms.ts";
import type { PanelContext } from "./panel-context.ts";

const cookie = "kairan.kept";
const lifeMs = 30 * 60_000;
/** Characters of all names and values. */
const mostText = 30_000;
/** What is a secret is typed again; the form's token is a new one. */
const secret = /^(csrf|current|next|repeat|.*password.*)$/i;

export type Keeping = { readonly keptForms: KeptForms; readonly now: number };

/** `place` is the page that held the form. A form without fields is kept too: the page then says that its button did nothing. */
export async function keepForm(ctx: PanelContext, place: string, { keptForms, now }: Keeping): Promise<void> {
  const fields = [...ctx.state.form].filter(([name]) => !secret.test(name));
  const size = fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (size > mostText) return;
  const key = randomBytes(24).toString("base64url");
  await keptForms.put(key, { place, fields }, now + lifeMs);
  ctx.cookies.set(cookie, key, { maxAge: lifeMs, httpOnly: true, sameSite: "lax", overwrite: true });
}

/** What waits for this browser; looking changes nothing. */
export async function findKeptForm(ctx: PanelContext, { keptForms, now }: Keeping): Promise<KeptForm | undefined> {
  const key = ctx.cookies.get(cookie) ?? "";
  return key === "" ? undefined : keptForms.find(key, now);
}

/** It is shown once: the browser forgets the key. */
export function forgetKeptForm(ctx: PanelContext): void {
  ctx.cookies.set(cookie, "", { maxAge: 0, httpOnly: true, sameSite: "lax", overwrite: true });
}

/**
 * A page's view with the fields as they were typed. A box that was not ticked is not among the fields of a form, so a tick that the
 * page would show by itself is taken off.
 */
export function withTyped(view: object, fields: KeptForm["fields"]): object {
  if (!("typed" in view) || typeof view.typed !== "object") return view;
  const shown = Object.entries(view.typed ?? {}).filter(([, value]) => value !== "on");
  return { ...view, typed: { ...Object.fromEntries(shown), ...Object.fromEntries(fields) } };
}
