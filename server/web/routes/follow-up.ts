/** Reminders of one post: planned, changed, sent at once, stopped. */
import type { Router } from "@koa/router";
import { besidePoll, nextStep } from "../../lists/follow-up.ts";
import { findPoll } from "../../store/answers/polls.ts";
import { minuteOfDay } from "../../words/zone-time.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { asTypedFollowUp, paces, readFollowUpForm, reminderCounts } from "../follow-up-form.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { OnPost, PanelContext } from "../panel-context.ts";
import { presentFollowUp } from "../presenters/present-follow-up.ts";
import { presentPost } from "../presenters/present-post.ts";
import type { WebParts } from "../web-parts.ts";

type Context = PanelContext<OnPost>;

export function followUpRoutes(parts: WebParts): Router<OnPost> {
  const { store, clock, wake, remindNow } = parts;
  const router = guardedRouter<OnPost>(parts);

  router.get("/posts/:post/follow-up", async (ctx) => {
    const known = await store.followUps.find(ctx.state.post.id);
    const typed = asTypedFollowUp(known?.plan, zoneOf(parts, ctx));
    await show(parts, ctx, { faults: {}, typed });
  });
  router.post("/posts/:post/follow-up", (ctx) => plan(parts, ctx));
  router.post("/posts/:post/follow-up/now", async (ctx) => {
    const { post, words: w } = ctx.state;
    const outcome = asksOf(ctx) === undefined ? "nobody" : await remindNow(post.id);
    if (outcome === "sent") wake();
    const said = {
      sent: w.followUp.nowDone,
      nobody: w.followUp.nobodySilent,
      "too-soon": w.followUp.nowTooSoon,
      closed: w.followUp.closedNow,
    };
    leaveNotice(ctx, { text: said[outcome], ...(outcome !== "sent" && { isRefusal: true }) });
    seeOther(ctx, `/posts/${post.id}/follow-up`);
  });
  router.post("/posts/:post/follow-up/stop", async (ctx) => {
    const { post, words: w } = ctx.state;
    await store.followUps.end(post.id, "stopped", clock.now());
    leaveNotice(ctx, { text: w.followUp.stopped });
    seeOther(ctx, `/posts/${post.id}/follow-up`);
  });

  return router;
}

async function plan(parts: WebParts, ctx: Context): Promise<void> {
  const { store, clock, wake } = parts;
  const { post, form, words: w } = ctx.state;
  const asks = asksOf(ctx);
  const fields = new FormFields(form, w);
  const [now, timezone] = [clock.now(), zoneOf(parts, ctx)];
  const read = asks && readFollowUpForm(fields, { words: w, timezone, now, asks });
  const closesAt = post.pollId === undefined ? undefined : (await findPoll(store.database, post.pollId))?.closesAt;
  const running = read && besidePoll(read, closesAt);
  const first = running && nextStep(running, { taken: 0, before: Math.max(now, post.startsAt) }, minuteOfDay(timezone));
  // Who cannot answer any more needs no plan, not even one that only tells who did not.
  if (running?.of === "unanswered" && closesAt !== undefined && closesAt <= now)
    fields.fault("remindTimes", w.followUp.closed);
  if (running !== undefined && first === undefined)
    fields.fault("remindUntil", running.until === closesAt ? w.followUp.closed : w.followUp.untilPast);
  if (read === undefined || first === undefined || !fields.isGood) {
    ctx.status = 422;
    return show(parts, ctx, fields.forPage);
  }
  const from = Math.max(now, post.startsAt);
  await store.followUps.start({ postId: post.id, plan: read, from, nextAt: first.at, now });
  wake();
  leaveNotice(ctx, { text: w.followUp.started });
  seeOther(ctx, `/posts/${post.id}/follow-up`);
}

async function show(parts: WebParts, ctx: Context, form: FormFields["forPage"]): Promise<void> {
  const { store, clock, pages } = parts;
  const { post, list, dates } = ctx.state;
  const reminders = await store.posts.remindersOf(post.id);
  pages.show(ctx, "follow-up/follow-up", {
    ...form,
    list,
    paces,
    reminderCounts,
    post: presentPost(post, ctx.state, clock.now()),
    asks: asksOf(ctx),
    followUp: presentFollowUp(await store.followUps.find(post.id), {
      ...ctx.state,
      minuteOf: minuteOfDay(zoneOf(parts, ctx)),
    }),
    reminders: reminders.map((reminder) => ({
      id: reminder.id,
      at: dates.dateTime(reminder.acceptedAt),
      all: presentPost(reminder, ctx.state, clock.now()).all,
    })),
  });
}

/** Undefined where the post asks nothing. */
function asksOf({ state: { post } }: Context): { readonly confirmation: boolean; readonly poll: boolean } | undefined {
  const asks = { confirmation: post.asksConfirmation, poll: post.pollId !== undefined };
  return (asks.confirmation || asks.poll) && post.reminds === undefined ? asks : undefined;
}

function zoneOf({ config }: WebParts, { state: { list } }: Context): string {
  return list.timezone ?? config.timezone;
}
