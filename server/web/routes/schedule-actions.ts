/** Buttons of what is reserved: pause, resume, leave one out, cancel, and the way back; and a draft by which its mail is changed. */
import type { Router } from "@koa/router";
import { countAfter, nextAfter } from "../../lists/schedule.ts";
import { ZoneClock } from "../../lists/zone-clock.ts";
import { noteDraftOf, ownDraftOf } from "../../store/schedules/reserve.ts";
import { RuleWords } from "../../words/describe-rule.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { leaveNotice, leaveRefusal } from "../notice.ts";
import type { Notice } from "../notice.ts";
import type { OnSchedule, PanelContext } from "../panel-context.ts";
import { timingNow } from "../times-page.ts";
import { beginFrom } from "../use-again.ts";
import type { WebParts } from "../web-parts.ts";

type Context = PanelContext<OnSchedule>;

export function scheduleActionRoutes(parts: WebParts): Router<OnSchedule> {
  const { store, clock } = parts;
  const router = guardedRouter<OnSchedule>(parts);
  const now = (): number => clock.now();

  router.post("/schedules/:schedule/pause", async (ctx) => {
    const { schedule, words: w } = ctx.state;
    const isDone = await store.schedules.setState(schedule.id, { from: ["active"], to: "paused" }, now());
    back(parts, ctx, isDone && { text: w.schedules.paused });
  });
  router.post("/schedules/:schedule/resume", (ctx) => goOn(parts, ctx, "resumed"));
  router.post("/schedules/:schedule/cancel", async (ctx) => {
    const { schedule, words: w } = ctx.state;
    const from = ["active", "paused", "failed"] as const;
    const isDone = await store.schedules.setState(schedule.id, { from, to: "cancelled" }, now());
    const undo = `/schedules/${schedule.id}/restore`;
    back(parts, ctx, isDone && { text: w.schedules.cancelled, undo });
  });
  router.post("/schedules/:schedule/restore", (ctx) => goOn(parts, ctx, "restored"));
  router.post("/schedules/:schedule/skip", (ctx) => skip(parts, ctx));
  router.post("/schedules/:schedule/skip/undo", (ctx) => unskip(parts, ctx));
  router.post("/schedules/:schedule/edit", (ctx) => edit(parts, ctx));
  router.post("/schedules/:schedule/use-again", async (ctx) => {
    const { schedule, account, words: w } = ctx.state;
    const id = await beginFrom(parts, account, schedule.compositionId);
    if (id === undefined) return ctx.throw(404);
    leaveNotice(ctx, { text: w.drafts.usedAgain });
    seeOther(ctx, `/compose/${id}`);
  });

  return router;
}

async function goOn(parts: WebParts, ctx: Context, how: "resumed" | "restored"): Promise<void> {
  const { store, clock } = parts;
  const { schedule, words: w } = ctx.state;
  const timing = await timingNow(parts, schedule);
  if (timing === undefined) {
    leaveRefusal(ctx, w.schedules.noneLeft);
    return seeOther(ctx, `/schedules/${schedule.id}/time`);
  }
  const from = how === "resumed" ? (["paused", "failed"] as const) : (["cancelled"] as const);
  const isDone = await store.schedules.setState(schedule.id, { from, to: "active", timing }, clock.now());
  const text = new RuleWords(ctx.state).moment(timing.nextAt, timing.zone);
  back(parts, ctx, isDone && { text: w.schedules[how](text) });
}

/** The time that the button names, and no other. */
async function skip(parts: WebParts, ctx: Context): Promise<void> {
  const { store, clock } = parts;
  const { schedule, form, words: w } = ctx.state;
  const { nextAt, rule, zone } = schedule;
  const zoneClock = new ZoneClock(zone);
  const isNext = nextAt !== undefined && form.get("due") === String(nextAt);
  const to = { nextAt: nextAfter(rule, zoneClock, nextAt ?? 0), remaining: countAfter(rule, zoneClock, nextAt ?? 0) };
  if (!isNext || !(await store.occurrences.skip(schedule, to, clock.now()))) return back(parts, ctx, false);
  const undo = `/schedules/${schedule.id}/skip/undo`;
  back(parts, ctx, { text: w.schedules.skipped(new RuleWords(ctx.state).moment(nextAt, zone)), undo });
}

async function unskip(parts: WebParts, ctx: Context): Promise<void> {
  const { store, clock } = parts;
  const { schedule, words: w } = ctx.state;
  const dueAt = (await store.occurrences.lastDue(schedule.id)) ?? 0;
  const zoneClock = new ZoneClock(schedule.zone);
  // Where the times were changed since, it may be none of them any more.
  const isTime = nextAfter(schedule.rule, zoneClock, dueAt - 1) === dueAt;
  const remaining = countAfter(schedule.rule, zoneClock, dueAt - 1);
  const isDone = isTime && (await store.occurrences.unskip(schedule, { dueAt, remaining }, clock.now()));
  back(parts, ctx, isDone && { text: w.schedules.unskipped });
}

/** Its mail is changed in a draft, so that nothing half written is ever sent: the draft takes its place when it is saved. */
async function edit({ store, clock }: WebParts, ctx: Context): Promise<void> {
  const { schedule, account } = ctx.state;
  const known = await ownDraftOf(store.database, schedule, account.id);
  if (known !== undefined) return seeOther(ctx, `/compose/${known}`);
  const as = { kind: "draft", title: "", accountId: account.id } as const;
  const copy = await store.compositions.copy(schedule.compositionId, as, clock.now());
  if (copy === undefined) return ctx.throw(404);
  await noteDraftOf(store.database, schedule, copy.id);
  seeOther(ctx, `/compose/${copy.id}`);
}

/** Without a notice it came too late: something else has happened meanwhile. */
function back({ wake }: WebParts, ctx: Context, notice: Notice | false): void {
  wake();
  if (notice === false) leaveRefusal(ctx, ctx.state.words.schedules.tooLate);
  else leaveNotice(ctx, notice);
  seeOther(ctx, `/schedules/${ctx.state.schedule.id}`);
}
