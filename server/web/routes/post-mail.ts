/** The mail of a post as people see it: its frame, its attachments, and the original as it came. */
import type { Router } from "@koa/router";
import type { AttachmentView, MessageView } from "../../mail/message-view.ts";
import type { Words } from "../../words/en.ts";
import { guardedRouter } from "../access.ts";
import { callBackOf } from "../call-back.ts";
import { sendDownload } from "../download.ts";
import { cleanFileName } from "../file-name.ts";
import { framePolicy, mailFrame } from "../mail-frame.ts";
import type { OnPost, PanelContext } from "../panel-context.ts";
import { reservedOf } from "../reserved-post.ts";
import type { WebParts } from "../web-parts.ts";
import { postHead } from "./posts.ts";

export function postMailRoutes(parts: WebParts): Router<OnPost> {
  const router = guardedRouter<OnPost>(parts);

  router.get("/posts/:post/mail", (ctx) => showMail(parts, ctx));
  router.get("/posts/:post/mail/frame", (ctx) => showFrame(parts, ctx));
  router.get("/posts/:post/mail/attachments/:index", (ctx) => sendAttachment(parts, ctx, Number(ctx.params["index"])));
  router.get("/posts/:post/original", (ctx) => sendOriginal(parts, ctx));

  return router;
}

async function showMail(parts: WebParts, ctx: PanelContext<OnPost>): Promise<void> {
  const { store, clock, pages, mails } = parts;
  const { post } = ctx.state;
  const view = await mails.reader.view(await store.messages.read(post.messageId));
  const [callBack, reserved] = [await callBackOf(parts, ctx.state), await reservedOf(parts, ctx.state)];
  const head = { ...postHead(ctx.state, clock.now()), callBack, reserved };
  if ("unreadable" in view) return pages.show(ctx, "posts/mail", { ...head, unreadable: view.unreadable });
  pages.show(ctx, "posts/mail", {
    ...head,
    unreadable: undefined,
    from: view.from,
    subject: view.subject,
    date: view.date === undefined ? undefined : ctx.state.dates.dateTime(view.date.getTime()),
    as: presentationOf(ctx, view),
    hasBoth: view.html !== undefined && view.text !== undefined,
    // Pictures that the HTML shows in its text are not listed again.
    attachments: view.attachments
      .filter((one) => !one.inline || view.html === undefined)
      .map((one) => presentAttachment(one, ctx.state.words)),
  });
}

async function showFrame({ store, mails }: WebParts, ctx: PanelContext<OnPost>): Promise<void> {
  const message = await store.messages.read(ctx.state.post.messageId);
  const view = await mails.reader.view(message);
  const as = presentationOf(ctx, view);
  const contents = async (indexes: readonly number[]): Promise<readonly (Buffer | undefined)[]> =>
    (await mails.reader.attachments(message, indexes)).map((one) => one?.content);
  ctx.set("Content-Security-Policy", framePolicy);
  ctx.type = "html";
  ctx.body = await mailFrame(view, { as, words: ctx.state.words, cleaner: mails.cleaner, contents });
}

async function sendAttachment({ store, mails }: WebParts, ctx: PanelContext<OnPost>, index: number): Promise<void> {
  if (!Number.isSafeInteger(index)) return ctx.throw(404);
  const found = await mails.reader.attachment(await store.messages.read(ctx.state.post.messageId), index);
  if (found === undefined) return ctx.throw(404);
  sendDownload(ctx, { ...found, name: fileName(found.name, index, ctx.state.words) });
}

async function sendOriginal({ store }: WebParts, ctx: PanelContext<OnPost>): Promise<void> {
  const { post } = ctx.state;
  const size = await store.messages.size(post.messageId);
  if (size === undefined) return ctx.throw(404);
  const content = store.messages.chunks(post.messageId);
  sendDownload(ctx, { name: `${post.listName}-${post.number}.eml`, type: "message/rfc822", size, content });
}

function presentationOf(ctx: PanelContext, view: MessageView): "html" | "text" {
  if ("unreadable" in view || view.html === undefined) return "text";
  return ctx.query["as"] === "text" ? "text" : "html";
}

function presentAttachment({ index, name, size }: AttachmentView, w: Words): object {
  return { index, name: fileName(name, index, w), size: w.mail.size(size) };
}

function fileName(name: string | undefined, index: number, w: Words): string {
  return cleanFileName(name ?? "", w.mail.unnamed(index + 1));
}
