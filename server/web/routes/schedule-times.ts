/** Other times for what is reserved. Whoever saves after somebody else is told, and keeps what was typed. */
import type { Router } from "@koa/router";
import { RuleWords } from "../../words/describe-rule.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { OnSchedule, PanelContext } from "../panel-context.ts";
import { whomNow } from "../reach-now.ts";
import { rowId } from "../row-id.ts";
import { readTimesForm } from "../schedule-form.ts";
import type { ReadTimes } from "../schedule-form.ts";
import { asItStands, lookedAt, timesChoices, timingAfter, viewTimes } from "../times-page.ts";
import type { WebParts } from "../web-parts.ts";

type Context = PanelContext<OnSchedule>;
type Shown = FormFields["forPage"] & {
  readonly edition: number;
  readonly after: number;
  readonly read?: ReadTimes | undefined;
  readonly said?: string;
};

export function scheduleTimesRoutes(parts: WebParts): Router<OnSchedule> {
  const router = guardedRouter<OnSchedule>(parts);

  router.get("/schedules/:schedule/time", async (ctx) => {
    const { schedule } = ctx.state;
    const after = await afterOf(parts, ctx);
    const form = asItStands(schedule, { words: ctx.state.words, now: parts.clock.now(), after });
    return show(parts, ctx, { faults: {}, ...form, edition: schedule.edition, after });
  });
  router.post("/schedules/:schedule/time", (ctx) => take(parts, ctx));

  return router;
}

async function take(parts: WebParts, ctx: Context): Promise<void> {
  const { store, clock, wake } = parts;
  const { schedule, form, words: w } = ctx.state;
  const fields = new FormFields(form, w);
  const [now, after] = [clock.now(), await afterOf(parts, ctx)];
  const read = readTimesForm(fields, { words: w, zone: schedule.zone, now, after, before: schedule.rule });
  const timing = read && timingAfter(read, after);
  const edition = rowId(form.get("edition")) ?? 0;
  if (timing === undefined || read === undefined) {
    ctx.status = 422;
    return show(parts, ctx, { ...fields.forPage, edition, after });
  }
  const shown = { ...fields.forPage, edition, after, read };
  if (form.get("do") !== "save") return show(parts, ctx, shown);
  if (form.get("looked") !== lookedAt(read)) return show(parts, ctx, { ...shown, said: w.schedules.lookChanged });
  if (!(await store.schedules.setTiming(schedule.id, { edition, timing }, now))) {
    ctx.status = 409;
    const said = w.schedules.conflict(new RuleWords(ctx.state).rule(schedule), w.schedules.state[schedule.state]);
    return show(parts, ctx, { ...shown, edition: schedule.edition, said });
  }
  wake();
  leaveNotice(ctx, { text: w.schedules.timeSaved(new RuleWords(ctx.state).moment(timing.nextAt, timing.zone)) });
  seeOther(ctx, `/schedules/${schedule.id}`);
}

async function afterOf({ store, clock }: WebParts, { state: { schedule } }: Context): Promise<number> {
  return Math.max(clock.now(), (await store.occurrences.lastDue(schedule.id)) ?? 0);
}

async function show({ store, pages }: WebParts, ctx: Context, { read, after, ...form }: Shown): Promise<void> {
  const { schedule, words: w } = ctx.state;
  const content = (await store.compositions.find(schedule.compositionId))?.content;
  if (content === undefined) return ctx.throw(404);
  const lists = await store.lists.some(content.listIds);
  pages.show(ctx, "schedules/time", {
    ...form,
    ...timesChoices(ctx.state),
    schedule: { id: schedule.id, subject: content.subject === "" ? w.schedules.noSubject : content.subject },
    goesOn: schedule.state !== "active",
    whom: await whomNow(store, { content, lists }, ctx.state),
    look: read && viewTimes(read, after, ctx.state),
  });
}
