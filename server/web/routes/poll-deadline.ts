/** A poll's deadline after it was sent: moved, taken away, or the poll closed at once; and back again. */
import type { Router } from "@koa/router";
import { findPoll, moveDeadline } from "../../store/answers/polls.ts";
import { guardedRouter, mayMoveDeadline } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { OnPost, PanelContext } from "../panel-context.ts";
import { readDeadline } from "../poll-form.ts";
import type { WebParts } from "../web-parts.ts";
import { showPollResults } from "./post-poll.ts";

type Context = PanelContext<OnPost>;

export function pollDeadlineRoutes(parts: WebParts): Router<OnPost> {
  const { clock, config } = parts;
  const router = guardedRouter<OnPost>(parts);

  // Where a form that was refused stands: loaded again, or in another language, it is the poll's page.
  router.get("/posts/:post/poll/deadline", (ctx) => seeOther(ctx, `/posts/${ctx.state.post.id}/poll`));
  router.post("/posts/:post/poll/deadline", async (ctx) => {
    const { form, list, words: w } = ctx.state;
    const fields = new FormFields(form, w);
    const isEnd = form.get("do") === "end";
    const now = clock.now();
    const timezone = list.timezone ?? config.timezone;
    const to = isEnd ? now : readDeadline(fields, w, { timezone, now });
    if (fields.isGood) return move(parts, ctx, { from: readMoment(form.get("was")), to });
    ctx.status = 422;
    return showPollResults(parts, ctx, fields.forPage);
  });
  router.post("/posts/:post/poll/deadline/:from/:to/undo", (ctx) => {
    const { from, to } = ctx.params as Readonly<Record<string, string>>;
    return move(parts, ctx, { from: readMoment(from), to: readMoment(to), isBack: true });
  });

  return router;
}

type Move = { readonly from: number | undefined; readonly to: number | undefined; readonly isBack?: boolean };

async function move({ store, clock, wake }: WebParts, ctx: Context, { from, to, isBack = false }: Move): Promise<void> {
  const { post, account, words: w, dates } = ctx.state;
  const poll = post.pollId === undefined ? undefined : await findPoll(store.database, post.pollId);
  if (poll === undefined) return ctx.throw(404);
  if (!(await mayMoveDeadline(store, account, poll.id))) return ctx.throw(403);
  const now = clock.now();
  const isMoved = await moveDeadline(store.database, { pollId: poll.id, from, to, now });
  if (isMoved) wake();
  const said =
    to === undefined ? w.pollDeadline.none : w.pollDeadline[to <= now ? "ended" : "moved"](dates.dateTime(to));
  const undo = `/posts/${post.id}/poll/deadline/${textOf(to)}/${textOf(from)}/undo`;
  leaveNotice(
    ctx,
    isMoved
      ? { text: said, ...(!isBack && from !== to && { undo }) }
      : { text: w.pollDeadline.conflict, isRefusal: true },
  );
  seeOther(ctx, `/posts/${post.id}/poll`);
}

/** In milliseconds; anything else is no deadline. */
function readMoment(text: string | null | undefined): number | undefined {
  return /^\d{1,15}$/.test(text ?? "") ? Number(text) : undefined;
}

function textOf(moment: number | undefined): string {
  return moment === undefined ? "none" : String(moment);
}
