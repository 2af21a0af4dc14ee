/** A draft is not sent now but at a time, once or again and again; or it takes the place of what was reserved. */
import type { Router } from "@koa/router";
import type { MailingList } from "../../lists/mailing-list.ts";
import { draftOf, replaceContent, reserve } from "../../store/schedules/reserve.ts";
import type { Reservation } from "../../store/schedules/reserve.ts";
import type { Schedule, Timing } from "../../store/schedules/schedules.ts";
import { RuleWords } from "../../words/describe-rule.ts";
import { guardedRouter, scheduleRights } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { OnComposition, PanelContext } from "../panel-context.ts";
import { whomNow } from "../reach-now.ts";
import { rowId } from "../row-id.ts";
import { readTimesForm } from "../schedule-form.ts";
import type { ReadTimes } from "../schedule-form.ts";
import { blankTimes } from "../schedule-typed.ts";
import { asItStands, lookedAt, timesChoices, timingAfter, viewTimes } from "../times-page.ts";
import type { WebParts } from "../web-parts.ts";
import { readyDraft } from "./compose-send.ts";

type Context = PanelContext<OnComposition>;

/** What is known of the draft before its times are read. */
type Draft = {
  readonly lists: readonly MailingList[];
  /** Undefined: it is reserved anew. */
  readonly schedule: Schedule | undefined;
  /** Of the schedule when the draft was made from it, or when its writer was told of another's change. */
  readonly scheduleEdition: number;
  readonly zone: string;
  /** Nothing is sent up to then. */
  readonly after: number;
};

type Shown = FormFields["forPage"] & { readonly read?: ReadTimes | undefined; readonly said?: string };

export function reserveRoutes(parts: WebParts): Router<OnComposition> {
  const { clock } = parts;
  const router = guardedRouter<OnComposition>(parts);

  router.get("/compose/:composition/schedule", async (ctx) => {
    const draft = await openDraft(parts, ctx);
    if (draft === undefined) return;
    const { schedule, zone, after } = draft;
    const now = clock.now();
    const form =
      schedule === undefined
        ? { typed: blankTimes(zone, now) }
        : asItStands(schedule, { words: ctx.state.words, now, after });
    return show(parts, ctx, { draft, shown: { faults: {}, ...form } });
  });
  router.post("/compose/:composition/schedule", async (ctx) => {
    const draft = await openDraft(parts, ctx);
    if (draft !== undefined) await take(parts, ctx, draft);
  });

  return router;
}

/** Undefined where it is no draft any more, or not complete: the visitor is led to where it can be mended. */
async function openDraft(parts: WebParts, ctx: Context): Promise<Draft | undefined> {
  const { store, config, clock } = parts;
  const { composition } = ctx.state;
  const lists = await readyDraft(parts, ctx);
  if (lists === undefined) return undefined;
  const of = await draftOf(store.database, composition.id);
  const schedule = of && (await store.schedules.find(of.scheduleId));
  // The draft is its writer's for ever, the right to what is reserved may have been taken back since.
  if (schedule !== undefined && !(await scheduleRights(store, ctx.state.account, schedule.id)).change)
    return ctx.throw(403);
  const known = rowId(ctx.state.form.get("scheduleEdition")) ?? of?.edition ?? 0;
  const lastDue = schedule && (await store.occurrences.lastDue(schedule.id));
  return {
    lists,
    schedule,
    scheduleEdition: known,
    zone: schedule?.zone ?? lists[0]?.timezone ?? config.timezone,
    after: Math.max(clock.now(), lastDue ?? 0),
  };
}

async function take(parts: WebParts, ctx: Context, draft: Draft): Promise<void> {
  const { form, words: w, composition } = ctx.state;
  const fields = new FormFields(form, w);
  const { zone, after, schedule } = draft;
  const now = parts.clock.now();
  const read = readTimesForm(fields, { words: w, zone, now, after, before: schedule?.rule });
  const timing = read && timingAfter(read, after);
  checkPoll(ctx, fields, timing);
  if (timing === undefined || read === undefined || !fields.isGood) {
    ctx.status = 422;
    return show(parts, ctx, { draft, shown: fields.forPage });
  }
  const shown = { ...fields.forPage, read };
  if (form.get("do") !== "save") return show(parts, ctx, { draft, shown });
  const isSeen = form.get("looked") === lookedAt(read);
  if (!isSeen) return show(parts, ctx, { draft, shown: { ...shown, said: w.schedules.lookChanged } });
  if (form.get("edition") !== String(composition.edition))
    return show(parts, ctx, { draft, shown: { ...shown, said: w.schedules.draftChanged } });
  const { id, edition } = composition;
  const reservation = { draft: { id, edition }, listIds: draft.lists.map((list) => list.id), timing };
  const saved = await save(parts, ctx, { draft, reservation });
  if (saved === undefined) return conflict(parts, ctx, { draft, shown });
  parts.wake();
  const text = new RuleWords(ctx.state).moment(timing.nextAt, timing.zone);
  leaveNotice(ctx, { text: schedule === undefined ? w.schedules.reserved(text) : w.schedules.contentSaved });
  seeOther(ctx, `/schedules/${saved}`);
}

/** Nobody could answer a poll that closes before it is sent. */
function checkPoll({ state }: Context, fields: FormFields, timing: Timing | undefined): void {
  const closesAt = state.composition.content.poll?.closesAt;
  if (timing === undefined || closesAt === undefined || closesAt > timing.nextAt) return;
  fields.fault("when", state.words.schedules.pollCloses(new RuleWords(state).moment(closesAt, timing.zone)));
}

/** The schedule's id; undefined when somebody else was faster. */
async function save(
  { store: { database }, clock }: WebParts,
  { state: { account } }: Context,
  { draft, reservation }: { readonly draft: Draft; readonly reservation: Reservation },
): Promise<number | undefined> {
  const { schedule, scheduleEdition: edition } = draft;
  const now = clock.now();
  if (schedule === undefined) return reserve(database, { ...reservation, accountId: account.id }, now);
  const isSaved = await replaceContent(database, { ...reservation, scheduleId: schedule.id, edition }, now);
  return isSaved ? schedule.id : undefined;
}

/** What was typed stays; saving it once more replaces what the other has saved. */
async function conflict(
  parts: WebParts,
  ctx: Context,
  { draft, shown }: { readonly draft: Draft; readonly shown: Shown },
): Promise<void> {
  const { words: w } = ctx.state;
  ctx.status = 409;
  const { schedule } = draft;
  if (schedule === undefined) return show(parts, ctx, { draft, shown: { ...shown, said: w.schedules.draftChanged } });
  const said = w.schedules.conflict(new RuleWords(ctx.state).rule(schedule), w.schedules.state[schedule.state]);
  return show(parts, ctx, { draft: { ...draft, scheduleEdition: schedule.edition }, shown: { ...shown, said } });
}

async function show(
  parts: WebParts,
  ctx: Context,
  { draft, shown }: { readonly draft: Draft; readonly shown: Shown },
): Promise<void> {
  const { faults, typed, read, said } = shown;
  const { composition, words: w } = ctx.state;
  const { content } = composition;
  const isPast = Object.values(faults).includes(w.schedules.past);
  parts.pages.show(ctx, "schedules/reserve", {
    faults,
    typed,
    said,
    ...timesChoices(ctx.state),
    composition: { id: composition.id, edition: composition.edition, subject: content.subject },
    schedule: draft.schedule && { id: draft.schedule.id, edition: draft.scheduleEdition },
    goesOn: draft.schedule !== undefined && !["active", "paused"].includes(draft.schedule.state),
    whom: await whomNow(parts.store, { content, lists: draft.lists }, ctx.state),
    look: read && viewTimes(read, draft.after, ctx.state),
    sendNow: isPast && draft.schedule === undefined ? `/compose/${composition.id}/confirm` : undefined,
  });
}
