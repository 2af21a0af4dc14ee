/** Writing a mail in the panel: a new one, a draft; saved by a button or, with scripts, by itself. */
import type { Router } from "@koa/router";
import { blankContent } from "../../lists/composition.ts";
import { draftOf } from "../../store/schedules/reserve.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { readComposeForm, readLists } from "../compose-form.ts";
import { newContent, showCompose, showDraft, timesOf } from "../compose-page.ts";
import { takeAttachment } from "../take-attachment.ts";
import { keepDraft } from "../keep-draft.ts";
import type { KeptDraft } from "../keep-draft.ts";
import { lookUp, readPlace, reachOfDraft } from "../compose-view.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { OnComposition, PanelContext, SignedIn } from "../panel-context.ts";
import { changePollForm } from "../poll-buttons.ts";
import { proposedSender } from "../proposed-sender.ts";
import { rowId } from "../row-id.ts";
import { ownAmong } from "../viewer.ts";
import type { WebParts } from "../web-parts.ts";

export function composeRoutes(parts: WebParts): Router<OnComposition> {
  const { store } = parts;
  const router = guardedRouter<OnComposition>(parts);

  router.get("/compose", async (ctx) => {
    const content = await newContent(parts, ctx, rowId(String(ctx.query["list"] ?? "")));
    return showCompose(parts, ctx, { content, composition: undefined });
  });
  router.post("/compose", (ctx) => takeForm(parts, ctx, undefined));
  router.post("/compose/keep", (ctx) => keep(parts, ctx, undefined));
  router.post("/compose/look", (ctx) => look(parts, ctx));

  router.get("/compose/:composition", (ctx) => showDraft(parts, ctx));
  router.post("/compose/:composition", (ctx) => takeForm(parts, ctx, ctx.state.composition));
  router.post("/compose/:composition/keep", (ctx) => keep(parts, ctx, ctx.state.composition));
  router.post("/compose/:composition/discard", async (ctx) => {
    const { composition, words: w } = ctx.state;
    if (composition.kind !== "draft" && composition.kind !== "template") return ctx.throw(404);
    const of = await draftOf(store.database, composition.id);
    await store.compositions.remove(composition.id);
    const isTemplate = composition.kind === "template";
    leaveNotice(ctx, { text: isTemplate ? w.drafts.templateRemoved : w.compose.discarded });
    seeOther(ctx, isTemplate ? "/drafts" : of === undefined ? "/" : `/schedules/${of.scheduleId}`);
  });

  return router;
}

/** Every button of the form saves what was typed, then does what is its own. */
async function takeForm(
  parts: WebParts,
  ctx: PanelContext<SignedIn>,
  before: OnComposition["composition"] | undefined,
): Promise<void> {
  const { words: w } = ctx.state;
  const attached = await takeAttachment(parts, ctx, before);
  const { form } = ctx.state;
  const poll = changePollForm(form, w);
  const typed = poll?.form ?? form;
  const kept = await keepDraft(parts, ctx, { form: typed, before: attached.composition ?? before });
  if (kept.kind === "sent") return seeOther(ctx, `/compose/${kept.id}`);
  const shown = { content: kept.content, composition: kept.composition, form: typed };
  if (kept.kind === "conflict") {
    ctx.status = 409;
    return showCompose(parts, ctx, { ...shown, isConflict: true, faults: {} });
  }
  if (poll !== undefined) return showCompose(parts, ctx, { ...shown, faults: poll.faults });
  const pressed = form.get("do") ?? "save";
  const removed = rowId(/^remove-attachment-(\d+)$/.exec(pressed)?.[1]);
  if (removed !== undefined) await parts.store.compositions.removeAttachment(kept.composition.id, removed);
  const faults = { ...kept.faults, ...attached.faults };
  if (Object.keys(faults).length === 0) return goOn(parts, ctx, { composition: kept.composition, pressed });
  ctx.status = 422;
  return showCompose(parts, ctx, { ...shown, faults });
}

/** Where the button leads, when all could be taken as it was typed. */
async function goOn(
  parts: WebParts,
  ctx: PanelContext<SignedIn>,
  { composition, pressed }: { readonly composition: OnComposition["composition"]; readonly pressed: string },
): Promise<void> {
  if (pressed === "template") return keepTemplate(parts, ctx, composition);
  if (pressed === "save") leaveNotice(ctx, { text: ctx.state.words.compose.saved });
  const place = pressed.startsWith("remove-attachment-") ? "#attachments" : placeAfter[pressed];
  seeOther(ctx, `/compose/${composition.id}${place ?? ""}`);
}

/** The draft stays as it is beside it. */
async function keepTemplate(
  { store, clock }: WebParts,
  ctx: PanelContext<SignedIn>,
  { id, content }: OnComposition["composition"],
): Promise<void> {
  const { account, words: w } = ctx.state;
  const title = content.subject === "" ? w.drafts.noSubject : content.subject;
  await store.compositions.copy(id, { accountId: account.id, kind: "template", title }, clock.now());
  leaveNotice(ctx, { text: w.drafts.templateKept });
  seeOther(ctx, `/compose/${id}`);
}

/** Of each button, behind the draft's own path. */
const placeAfter: Readonly<Record<string, string>> = {
  preview: "/confirm",
  row: "?rows=3#to",
  show: "#to",
  tick: "/members",
  attach: "#attachments",
};

/** For the script that saves while somebody types. */
async function keep(
  parts: WebParts,
  ctx: PanelContext<SignedIn>,
  before: OnComposition["composition"] | undefined,
): Promise<void> {
  const { form, dates, words: w } = ctx.state;
  const kept: KeptDraft = await keepDraft(parts, ctx, { form, before });
  if (kept.kind === "saved") {
    const { id, edition, changedAt } = kept.composition;
    ctx.body = { id, edition, said: w.compose.keptAt(dates.time(changedAt)) };
    return;
  }
  ctx.status = 409;
  ctx.body = { said: kept.kind === "sent" ? w.compose.isSent : w.compose.conflictShort };
}

/** For the script that shows whom it reaches: a bounded look, from where the last one ended. */
async function look(parts: WebParts, ctx: PanelContext<SignedIn>): Promise<void> {
  const { form, words, account } = ctx.state;
  const { store, pages } = parts;
  const id = rowId(form.get("composition"));
  const draft = id === undefined ? undefined : await store.compositions.find(id);
  const own = draft?.accountId === account.id ? draft.content : blankContent;
  const listIds = await ownAmong(store, account, readLists(form));
  const times = await timesOf(parts, listIds);
  const read = readComposeForm(form, new FormFields(form, words), { words, times, before: own });
  const senderId = read.senderId ?? (await proposedSender(store, { listIds, account }));
  const content = { ...read, listIds, senderId };
  const from = readPlace(form.get("from"));
  const soFar = Number(/^\d{1,9}$/.exec(form.get("counted") ?? "")?.[0] ?? 0);
  const reach = await reachOfDraft(store, content, { state: ctx.state, from, soFar });
  const { count, next } = reach;
  const html = pages.part(ctx.state, "compose/reach", { reach });
  if (from !== undefined) {
    ctx.body = { count, next, text: reach.text };
    return;
  }
  const looked = await lookUp(store, content);
  ctx.body = {
    count,
    next,
    text: reach.text,
    html,
    senders: pages.part(ctx.state, "compose/sender-options", {
      ...looked,
      typed: { sender: String(senderId ?? "") },
    }),
    fields: pages.part(ctx.state, "compose/field-options", { ...looked, value: "" }),
    inserts: pages.part(ctx.state, "compose/inserts", looked),
    unknown: looked.unknown.length === 0 ? "" : words.compose.unknownPlaceholders(looked.unknown.join(" ")),
  };
}
