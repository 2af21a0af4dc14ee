/** /p/TOKEN: the reader of a copy answers its poll; /p/TOKEN/N: choice N is marked already. Only the button does anything. */
import { Router } from "@koa/router";
import type { PollPage } from "../../answers/poll-answers.ts";
import { blankAnswer } from "../../lists/poll-answer.ts";
import type { PanelContext, PanelState } from "../panel-context.ts";
import { isSameChoice, mostAnswerForm, preselected, readPollAnswer } from "../poll-answer-form.ts";
import { presentPollPage } from "../presenters/present-poll-page.ts";
import type { Filled } from "../presenters/present-poll-page.ts";
import { lastOfLink, readTokenForm, showTokenPage, showUnknownToken, tokenOf } from "../token-page.ts";
import type { WebParts } from "../web-parts.ts";

/** `as`: to be filled in, answered just now or before, or too late. */
type Shown = Partial<Filled> & { readonly as: "form" | "done" | "answered" | "closed" };

export function pollRoutes({ pages, polls }: WebParts): Router<PanelState> {
  const router = new Router<PanelState>();

  const show = (ctx: PanelContext, page: PollPage, { as, answer = blankAnswer, faults = new Map() }: Shown): void => {
    const { language, timezone } = page;
    const view = { ...presentPollPage(page, pages.dates(language, timezone), { answer, faults }), as };
    showTokenPage(ctx, pages, { name: "answers/poll", view, language, timezone });
  };

  const look = async (ctx: PanelContext): Promise<void> => {
    const page = await polls.lookUp(tokenOf(ctx));
    if (page === undefined) return showUnknownToken(ctx, pages);
    if (page.isClosed) return show(ctx, page, { as: "closed" });
    const { poll, answer, asked } = page;
    const marked = preselected(poll, lastOfLink(ctx, "choice"));
    const isOther = marked.choices.size > 0 && answer !== undefined && !isSameChoice(marked, answer);
    const changes = !poll.anonymous && (ctx.query["change"] !== undefined || isOther);
    if (asked.hasAnswered && !changes) return show(ctx, page, { as: "answered" });
    const isPresent = marked.choices.size === 0 || ctx.query["change"] !== undefined;
    show(ctx, page, { as: "form", answer: (isPresent ? answer : undefined) ?? marked });
  };

  const act = async (ctx: PanelContext): Promise<void> => {
    const form = await readTokenForm(ctx, mostAnswerForm);
    const page = await polls.lookUp(tokenOf(ctx));
    if (page === undefined) return showUnknownToken(ctx, pages);
    // A press without a form is one on the choice that the link names.
    const read = readPollAnswer(form, page.poll);
    const answer = form.has("q1") ? read : preselected(page.poll, lastOfLink(ctx, "choice"));
    const result = await polls.answer(page, read.choices.size + read.texts.size === 0 ? answer : read);
    if (result.kind !== "unfinished")
      return show(ctx, result.page, {
        as: ({ answered: "done", final: "answered", closed: "closed" } as const)[result.kind],
      });
    ctx.status = 422;
    show(ctx, page, { as: "form", answer: read, faults: result.faults });
  };

  for (const path of ["/p/:token", "/p/:token/:choice"]) router.get(path, look).post(path, act);
  return router;
}
