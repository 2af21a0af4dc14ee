/** From draft to post: how a member will see it, the last question with its number, sending, and calling it back. */
import type { Router } from "@koa/router";
import { describeRecipients } from "../../words/describe-recipients.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { checkComposition } from "../compose-check.ts";
import type { Checked } from "../compose-check.ts";
import { timesOf } from "../compose-page.ts";
import { nameOf, reachOfDraft } from "../compose-view.ts";
import { leaveNotice } from "../notice.ts";
import type { OnComposition, OnPost, PanelContext } from "../panel-context.ts";
import { previewFor } from "../preview-for.ts";
import type { WebParts } from "../web-parts.ts";

export function composeSendRoutes(parts: WebParts): Router<OnComposition & OnPost> {
  const router = guardedRouter<OnComposition & OnPost>(parts);

  router.get("/compose/:composition/confirm", (ctx) => showConfirm(parts, ctx));
  router.post("/compose/:composition/send", (ctx) => send(parts, ctx));
  router.post("/posts/:post/call-back", (ctx) => callBack(parts, ctx));

  return router;
}

/** Undefined, with the way back to the form, when something is missing. */
async function readyDraft(parts: WebParts, ctx: PanelContext<OnComposition>): Promise<Checked["lists"] | undefined> {
  const { composition, words, account } = ctx.state;
  const path = `/compose/${composition.id}`;
  if (composition.kind !== "draft") {
    seeOther(ctx, path);
    return undefined;
  }
  const times = await timesOf(parts, composition.content.listIds);
  const { faults, lists } = await checkComposition(parts.store, composition.content, { words, times, account });
  if (Object.keys(faults).length === 0) return lists;
  seeOther(ctx, `${path}?check=1`);
  return undefined;
}

async function showConfirm(parts: WebParts, ctx: PanelContext<OnComposition>): Promise<void> {
  const { store, pages } = parts;
  const lists = await readyDraft(parts, ctx);
  if (lists === undefined) return;
  const { composition, words: w } = ctx.state;
  const { content } = composition;
  const sender = await store.senders.find(lists[0]?.id ?? 0, content.senderId ?? 0);
  const attachments = await store.compositions.attachments(composition.id);
  const preview = await previewFor(parts, ctx, { lists, composition });
  pages.show(ctx, "compose/confirm", {
    composition,
    lists,
    to: describeRecipients(content.recipients, w),
    senderName: sender && nameOf({ name: sender.name, address: sender.addresses[0] ?? "" }),
    reach: await reachOfDraft(store, content, { state: ctx.state }),
    attachments: attachments.map(({ id, name, size }) => ({ id, name, size: w.mail.size(size) })),
    preview,
    size: w.mail.size(copySize(preview?.octets ?? 0, attachments)),
    asks: [
      ...(content.asksConfirmation ? [w.sending.asksConfirmation] : []),
      ...(content.poll === undefined ? [] : [w.sending.asksPoll(content.poll.questions.length)]),
    ],
  });
}

/** Attachments travel as base64, in lines. */
export function copySize(octets: number, attachments: readonly { readonly size: number }[]): number {
  return octets + attachments.reduce((sum, { size }) => sum + Math.ceil((size * 78) / 57) + 300, 0);
}

async function send(parts: WebParts, ctx: PanelContext<OnComposition>): Promise<void> {
  const { composing, wake } = parts;
  const { composition, form, words: w } = ctx.state;
  const path = `/compose/${composition.id}`;
  // What was sent by the first of two presses is looked at, not checked again.
  if (composition.kind === "draft" && (await readyDraft(parts, ctx)) === undefined) return;
  const edition = Number(/^\d{1,9}$/.exec(form.get("edition") ?? "")?.[0] ?? 0);
  const sent = await composing.sendNow(composition, edition);
  if (sent.kind === "fault") return seeOther(ctx, `${path}?check=1`);
  const [first] = sent.kind === "sent" ? sent.posts : [];
  if (sent.kind === "changed" || first === undefined) {
    leaveNotice(ctx, { text: w.sending.changed });
    return seeOther(ctx, `${path}/confirm`);
  }
  wake();
  leaveNotice(ctx, { text: w.sending.sent(sent.posts.length) });
  seeOther(ctx, `/posts/${first}`);
}

/** By whoever wrote it, or an owner: it may have gone to lists that other administrators do not run. */
async function callBack({ store, composing, wake }: WebParts, ctx: PanelContext<OnPost>): Promise<void> {
  const { post, account, words: w } = ctx.state;
  const composition = post.compositionId === undefined ? undefined : await store.compositions.find(post.compositionId);
  if (composition === undefined) return ctx.throw(404);
  const isOwn = composition.accountId === account.id;
  if (!isOwn && !account.isOwner) return ctx.throw(403);
  const isBack = await composing.callBack(composition.id);
  if (isBack) wake();
  leaveNotice(ctx, { text: isBack ? w.sending.calledBack : w.sending.tooLate });
  seeOther(ctx, isBack && isOwn ? `/compose/${composition.id}` : `/posts/${post.id}`);
}
