/** From draft to post: how a member will see it, the last question with its number, sending, and calling it back. */
import type { Router } from "@koa/router";
import { encodedSize } from "../../lists/size-limits.ts";
import { draftOf } from "../../store/schedules/reserve.ts";
import { describeRecipients } from "../../words/describe-recipients.ts";
import { attachmentsView } from "../attachments-view.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { checkComposition } from "../compose-check.ts";
import type { Checked } from "../compose-check.ts";
import { timesOf } from "../compose-page.ts";
import { lookUp, nameOf, readPlace, reachOfDraft } from "../compose-view.ts";
import { leaveNotice, leaveRefusal } from "../notice.ts";
import type { OnComposition, OnPost, PanelContext } from "../panel-context.ts";
import { presentAsks } from "../presenters/present-asks.ts";
import { previewFor, shownMember } from "../preview-for.ts";
import { rowId } from "../row-id.ts";
import type { WebParts } from "../web-parts.ts";

export function composeSendRoutes(parts: WebParts): Router<OnComposition & OnPost> {
  const router = guardedRouter<OnComposition & OnPost>(parts);

  router.get("/compose/:composition/confirm", (ctx) => showConfirm(parts, ctx));
  router.get("/compose/:composition/reach", (ctx) => countOn(parts, ctx));
  router.post("/compose/:composition/send", (ctx) => send(parts, ctx));
  router.post("/compose/:composition/test", (ctx) => sendTest(parts, ctx));
  router.post("/posts/:post/call-back", (ctx) => callBack(parts, ctx));

  return router;
}

/** Undefined, with the way back to the form, when something is missing. */
export async function readyDraft(
  parts: WebParts,
  ctx: PanelContext<OnComposition>,
): Promise<Checked["lists"] | undefined> {
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
  const { composition, words: w, language } = ctx.state;
  const { content } = composition;
  const sender = await store.senders.find(lists[0]?.id ?? 0, content.senderId ?? 0);
  const attachments = await store.compositions.attachments(composition.id);
  const place = placeIn(ctx);
  const reach = await reachOfDraft(store, content, { state: ctx.state, ...place });
  const reached = place.from === undefined ? reach.reached : undefined;
  const preview = await previewFor(parts, ctx, { lists, composition, reached });
  const octets = (preview?.octets ?? 0) + encodedSize(attachments);
  pages.show(ctx, "compose/confirm", {
    composition,
    lists,
    to: describeRecipients(content.recipients, w),
    senderName: sender && nameOf({ name: sender.name, address: sender.addresses[0] ?? "" }),
    reach,
    ...(await attachmentsView(store, composition, w)),
    unknown: (await lookUp(store, content)).unknown,
    preview,
    size: w.mail.size(octets),
    isOfSchedule: (await draftOf(store.database, composition.id)) !== undefined,
    asks: presentAsks(content, {
      words: w,
      dates: pages.dates(language, (await timesOf(parts, content.listIds)).timezone),
    }),
  });
}

/** For the script of the last question: how many it reaches, from where the page had come to. */
async function countOn({ store }: WebParts, ctx: PanelContext<OnComposition>): Promise<void> {
  const { composition, words: w } = ctx.state;
  const { count, next } = await reachOfDraft(store, composition.content, { state: ctx.state, ...placeIn(ctx) });
  ctx.body = { count, next, text: next === undefined ? w.sending.title(count) : w.sending.titleSoFar(count) };
}

function placeIn({ query }: PanelContext): { readonly from: ReturnType<typeof readPlace>; readonly soFar: number } {
  const from = readPlace(String(query["from"] ?? ""));
  const counted = /^\d{1,9}$/.exec(String(query["counted"] ?? ""))?.[0];
  return { from, soFar: from === undefined ? 0 : Number(counted ?? 0) };
}

async function send(parts: WebParts, ctx: PanelContext<OnComposition>): Promise<void> {
  const { composing, wake } = parts;
  const { composition, form, words: w } = ctx.state;
  const path = `/compose/${composition.id}`;
  // What was sent by the first of two presses is looked at, not checked again.
  if (composition.kind !== "sent" && (await readyDraft(parts, ctx)) === undefined) return;
  const edition = Number(/^\d{1,9}$/.exec(form.get("edition") ?? "")?.[0] ?? 0);
  const sent = await composing.sendNow(composition, edition);
  if (sent.kind === "fault") {
    if (sent.fault.kind === "too-large") leaveRefusal(ctx, w.attaching.tooLarge(w.mail.size(sent.fault.mostOctets)));
    return seeOther(ctx, `${path}?check=1`);
  }
  const [first] = sent.kind === "sent" ? sent.posts : [];
  if (sent.kind === "changed" || first === undefined) {
    leaveRefusal(ctx, w.sending.changed);
    return seeOther(ctx, `${path}/confirm`);
  }
  wake();
  leaveNotice(ctx, { text: w.sending.sent(sent.posts.length) });
  seeOther(ctx, `/posts/${first}`);
}

/** To the address of whoever presses it. */
async function sendTest(parts: WebParts, ctx: PanelContext<OnComposition>): Promise<void> {
  const lists = await readyDraft(parts, ctx);
  if (lists === undefined) return;
  const { composition, account, words: w } = ctx.state;
  const shown = await shownMember(parts, ctx, { lists, composition });
  const subject = w.testing.subject(composition.content.subject);
  const sent = shown && (await parts.composing.sendTest(composition, { ...shown, account, subject }));
  if (sent === "queued") parts.wake();
  const said = {
    queued: parts.config.outbound.via === "outbox" ? w.testing.kept : w.testing.sent(account.address),
    "too-soon": w.testing.tooSoon,
    impossible: w.testing.impossible,
  };
  const text = said[sent ?? "impossible"];
  if (sent === "queued") leaveNotice(ctx, { text });
  else leaveRefusal(ctx, text);
  const as = rowId(String(ctx.query["as"] ?? ""));
  seeOther(ctx, `/compose/${composition.id}/confirm${as === undefined ? "" : `?as=${as}`}`);
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
  if (isBack) leaveNotice(ctx, { text: w.sending.calledBack });
  else leaveRefusal(ctx, w.sending.tooLate);
  seeOther(ctx, isBack && isOwn ? `/compose/${composition.id}` : `/posts/${post.id}`);
}
