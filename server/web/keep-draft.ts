/** Saves what a form of the composer carries: a new draft, or the next edition of one. */
import { blankContent, isWrittenIn } from "../lists/composition.ts";
import type { CompositionContent } from "../lists/composition.ts";
import type { Composition } from "../store/schedules/compositions.ts";
import { readComposeForm, readLists } from "./compose-form.ts";
import { timesOf } from "./compose-page.ts";
import { FormFields } from "./form-fields.ts";
import type { PanelContext, SignedIn } from "./panel-context.ts";
import { ownAmong } from "./viewer.ts";
import { proposedSender } from "./proposed-sender.ts";
import type { WebParts } from "./web-parts.ts";

export type KeptDraft =
  | {
      /** With what is wrong at the fields: it is saved all the same. */
      readonly kind: "saved";
      readonly composition: Composition;
      readonly content: CompositionContent;
      readonly faults: Readonly<Record<string, string>>;
    }
  /** Another window has saved a newer edition, which stays as it is. `content`: what came with this form. */
  | { readonly kind: "conflict"; readonly composition: Composition; readonly content: CompositionContent }
  /** Or reserved: neither is written in any more. */
  | { readonly kind: "sent"; readonly id: number };

export async function keepDraft(
  parts: WebParts,
  ctx: PanelContext<SignedIn>,
  { form, before }: { readonly form: URLSearchParams; readonly before: Composition | undefined },
): Promise<KeptDraft> {
  const { store, clock } = parts;
  const { account, words } = ctx.state;
  const fields = new FormFields(form, words);
  const old = before?.content ?? blankContent;
  const listIds = await knownAmong(parts, account, { ids: readLists(form), old: old.listIds });
  const times = await timesOf(parts, listIds);
  const read = readComposeForm(form, fields, { words, times, before: old });
  const senderId = read.senderId ?? (await proposedSender(store, { listIds, account }));
  const content = {
    ...read,
    listIds,
    senderId,
    subject: read.subject.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]+/g, " "),
  };
  const { faults } = fields.forPage;
  if (before === undefined) {
    const made = { accountId: account.id, kind: "draft" as const, title: "", content };
    return { kind: "saved", composition: await store.compositions.create(made, clock.now()), content, faults };
  }
  if (!isWrittenIn(before)) return { kind: "sent", id: before.id };
  const edition = Number(/^\d{1,9}$/.exec(form.get("edition") ?? "")?.[0] ?? 0);
  const saved = await store.compositions.save({ id: before.id, edition, content }, clock.now());
  const composition = await store.compositions.find(before.id);
  if (composition === undefined) return ctx.throw(404);
  if (saved !== undefined) return { kind: "saved", composition, content, faults };
  return isWrittenIn(composition) ? { kind: "conflict", composition, content } : { kind: "sent", id: before.id };
}

/** A list that one has never run stays out of the draft: its pages would tell what it is called. What one ran before is named, to be taken out. */
async function knownAmong(
  { store }: WebParts,
  account: SignedIn["account"],
  { ids, old }: { readonly ids: readonly number[]; readonly old: readonly number[] },
): Promise<readonly number[]> {
  const known = new Set([...old, ...(await ownAmong(store, account, ids))]);
  return ids.filter((id) => known.has(id));
}
