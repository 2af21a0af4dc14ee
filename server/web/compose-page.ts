/** The page on which a mail is written, as several verbs answer with it. */
import { blankContent } from "../lists/composition.ts";
import type { CompositionContent } from "../lists/composition.ts";
import { roomForFiles } from "../lists/size-limits.ts";
import type { Composition } from "../store/schedules/compositions.ts";
import { draftOf } from "../store/schedules/reserve.ts";
import { postsOf } from "../store/schedules/sent-compositions.ts";
import { attachmentsView } from "./attachments-view.ts";
import { seeOther } from "./base-path.ts";
import { checkComposition } from "./compose-check.ts";
import { asTypedContent, mostRows } from "./compose-form.ts";
import type { FormTimes } from "./compose-form.ts";
import { lookUp, reachOfDraft } from "./compose-view.ts";
import { paces, reminderCounts } from "./follow-up-form.ts";
import { leaveNotice } from "./notice.ts";
import type { OnComposition, PanelContext, SignedIn } from "./panel-context.ts";
import { proposedSender } from "./proposed-sender.ts";
import { viewerOf } from "./viewer.ts";
import type { WebParts } from "./web-parts.ts";

export type ComposeView = {
  readonly content: CompositionContent;
  /** Undefined: not saved yet. */
  readonly composition: Composition | undefined;
  /** As it was typed, should it not be the content alone. */
  readonly form?: URLSearchParams;
  readonly faults?: Readonly<Record<string, string>>;
  readonly isConflict?: boolean;
};

export async function showCompose(
  parts: WebParts,
  ctx: PanelContext<SignedIn>,
  { content, composition, form, faults = {}, isConflict = false }: ComposeView,
): Promise<void> {
  const { store, pages } = parts;
  const { timezone } = await timesOf(parts, content.listIds);
  const typed = form === undefined ? asTypedContent(content, timezone) : Object.fromEntries(form);
  const lists = await store.lists.summaries({ accountId: viewerOf(ctx.state.account) });
  const mine = new Set(lists.map(({ id }) => id));
  const seen = { ...content, listIds: content.listIds.filter((id) => mine.has(id)) };
  const filled = Object.keys(typed).filter((name) => /^field-\d+$/.test(name)).length;
  const blank = String(ctx.query["rows"] ?? "") === "3" ? 3 : 1;
  pages.show(ctx, "compose/compose", {
    composition,
    edition: composition?.edition ?? 0,
    typed,
    faults,
    faulty: fromTheTop(faults),
    isConflict,
    ofSchedule: composition && (await draftOf(store.database, composition.id))?.scheduleId,
    timezone,
    lists,
    rows: Math.min(mostRows, filled + blank),
    ticked: content.addressing.ticked.length,
    reach: await reachOfDraft(store, seen, { state: ctx.state }),
    ...(await lookUp(store, seen)),
    ...(await attachmentsView(store, composition, ctx.state.words)),
    reminderCounts,
    paces,
    mostSize: ctx.state.words.mail.size(roomForFiles(parts.config.smtp.maxMessageBytes)),
  });
}

const topmost = ["lists", "to", "value", "sender", "subject", "text", "file"];

/** Name of the field, and what is wrong, as they come on the page; those of questions and reminders are last. */
function fromTheTop(faults: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  const place = (name: string): number => {
    const found = topmost.indexOf(name.replace(/-\d+$/, ""));
    return found < 0 ? topmost.length : found;
  };
  return Object.entries(faults).toSorted(([one], [other]) => place(one) - place(other));
}

/** A draft as it was saved; what was sent leads to what became of it. `?check`: with what keeps it from being sent. */
export async function showDraft(parts: WebParts, ctx: PanelContext<OnComposition>): Promise<void> {
  const { store } = parts;
  const { composition, words: w, account } = ctx.state;
  if (composition.kind === "sent") {
    const [post] = await postsOf(store.database, composition.id);
    if (post === undefined) return ctx.throw(404);
    leaveNotice(ctx, { text: w.compose.isSent });
    return seeOther(ctx, `/posts/${post}`);
  }
  if (composition.kind === "schedule") {
    const schedule = await store.schedules.findByComposition(composition.id);
    return schedule === undefined ? ctx.throw(404) : seeOther(ctx, `/schedules/${schedule.id}`);
  }
  const { content } = composition;
  const times = await timesOf(parts, content.listIds);
  const { faults } =
    "check" in ctx.query ? await checkComposition(store, content, { words: w, times, account }) : { faults: {} };
  return showCompose(parts, ctx, { content, composition, faults });
}

/** What a new mail begins with: the list that it was begun from, or the only one, and its writer where they may send. */
export async function newContent(
  { store }: WebParts,
  { state: { account } }: PanelContext<SignedIn>,
  listId: number | undefined,
): Promise<CompositionContent> {
  const lists = await store.lists.summaries({ accountId: viewerOf(account) });
  const [only, ...others] = lists;
  const begun = lists.find(({ id }) => id === listId) ?? (others.length === 0 ? only : undefined);
  if (begun === undefined) return blankContent;
  const listIds = [begun.id];
  return { ...blankContent, listIds, senderId: await proposedSender(store, { listIds, account }) };
}

/** Times that are typed are those of the first list's zone. */
export async function timesOf({ store, config, clock }: WebParts, listIds: readonly number[]): Promise<FormTimes> {
  const first = listIds[0] === undefined ? undefined : await store.lists.find(listIds[0]);
  return { timezone: first?.timezone ?? config.timezone, now: clock.now() };
}
