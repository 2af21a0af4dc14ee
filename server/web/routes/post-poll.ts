/** What members answered to a post's poll: the tally, who answered what, who has not; texts, files, and all of it on paper. */
import type { Router } from "@koa/router";
import { answersOnPage } from "../../lists/poll.ts";
import { answersOf } from "../../store/answers/answers.ts";
import { pageOfRespondents } from "../../store/answers/poll-respondents.ts";
import { reportedDeliveries } from "../../store/deliveries/reported-deliveries.ts";
import { responseTimesOf } from "../../store/answers/response-times.ts";
import { pageOfTexts } from "../../store/answers/poll-texts.ts";
import { guardedRouter, mayMoveDeadline } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { sendDownload } from "../download.ts";
import type { OnPost, PanelContext } from "../panel-context.ts";
import { answersCsv, tallyCsv } from "../poll-csv.ts";
import type { FormFields } from "../form-fields.ts";
import { asTypedDeadline } from "../poll-form.ts";
import { firstTextsOf, resultsOf, textsOf } from "../poll-results.ts";
import type { PostedPoll } from "../poll-results.ts";
import { askedOfPost, presentResponseTimes } from "../presenters/present-responses.ts";
import { presentRespondents } from "../presenters/present-respondents.ts";
import { keyText, readKey, readShown, shownText } from "../respondents-query.ts";
import { searchOf } from "../query.ts";
import { sentBeside } from "../sent-beside.ts";
import type { WebParts } from "../web-parts.ts";
import { postHead } from "./posts.ts";

const respondentsPage = 100;
const textsPage = 100;
/** Lines of a table on paper; a list of a hundred thousand is no sheet. */
const mostOnPaper = 1000;
/** Columns of the file of answers, beside those of its questions. */
const mostAttributes = 50;

export function postPollRoutes(parts: WebParts): Router<OnPost> {
  const router = guardedRouter<OnPost>(parts);

  router.get("/posts/:post/poll", async (ctx) => {
    const { post } = ctx.state;
    // A reminder asks for the first post.
    if (post.reminds !== undefined) return seeOther(ctx, `/posts/${post.reminds}/poll`);
    await showPollResults(parts, ctx);
  });
  router.get("/posts/:post/poll/texts/:question", (ctx) => showTexts(parts, ctx));
  router.get("/posts/:post/poll/print", (ctx) => showPaper(parts, ctx));
  router.get("/posts/:post/poll/answers.csv", (ctx) => sendAnswers(parts, ctx));
  router.get("/posts/:post/poll/tally.csv", (ctx) => sendTally(parts, ctx));

  return router;
}

/** `form`: what was typed as a new deadline, and what is wrong with it. */
export async function showPollResults(
  parts: WebParts,
  ctx: PanelContext<OnPost>,
  form?: FormFields["forPage"],
): Promise<void> {
  const posted = await resultsOf(parts, ctx.state);
  if (posted === undefined) return ctx.throw(404);
  const shown = readShown(ctx, posted.poll);
  const search = searchOf(ctx);
  const limit = answersOnPage(posted.poll, respondentsPage);
  const page = await respondents(parts, ctx, { posted, shown, search, limit });
  parts.pages.show(ctx, "posts/poll", {
    ...postHead(ctx.state, parts.clock.now()),
    besides: await sentBeside(parts, ctx.state),
    ...deadlineOf(parts, ctx.state, posted),
    ...form,
    isMoving: form !== undefined,
    mayMove: await mayMoveDeadline(parts.store, ctx.state.account, posted.poll.id),
    responseTimes: presentResponseTimes(
      await responseTimesOf(parts.store.database, [ctx.state.post.id]),
      askedOfPost(ctx.state.post),
      ctx.state.words,
    ),
    results: posted.results,
    texts: await firstTextsOf(parts.store.database, { postId: ctx.state.post.id, poll: posted.poll }),
    search,
    shown: shownText(shown),
    shownChoice: shown.kind === "choice" ? choiceText(posted, shown.choiceId) : undefined,
    isFirst: readKey(ctx) === undefined,
    ...page,
  });
}

/** For the form that moves it. */
function deadlineOf({ config }: WebParts, { list }: OnPost, { poll }: PostedPoll): object {
  const timezone = list.timezone ?? config.timezone;
  return { timezone, was: poll.closesAt, typed: { "closes-at": asTypedDeadline(poll.closesAt, timezone) }, faults: {} };
}

type RespondentsAsked = {
  readonly posted: PostedPoll;
  readonly shown: ReturnType<typeof readShown>;
  readonly search: string;
  readonly limit: number;
};

async function respondents(
  { store }: WebParts,
  ctx: PanelContext<OnPost>,
  { posted, shown, search, limit }: RespondentsAsked,
): Promise<object> {
  const { post } = ctx.state;
  const { poll } = posted;
  const page = await pageOfRespondents(store.database, {
    ...{ postId: post.id, listId: post.listId, messageId: post.messageId, anonymous: poll.anonymous },
    ...{ shown, search, after: readKey(ctx), limit },
  });
  const ids = page.respondents.map(({ deliveryId }) => deliveryId);
  const answers = poll.anonymous || shown.kind === "silent" ? new Map() : await answersOf(store.database, ids);
  return {
    respondents: presentRespondents(page.respondents, { poll, answers, telling: ctx.state }),
    next: page.next && keyText(page.next),
    isCut: page.isCut,
  };
}

async function showTexts(parts: WebParts, ctx: PanelContext<OnPost>): Promise<void> {
  const posted = await resultsOf(parts, ctx.state);
  const asked = (ctx.params as Readonly<Record<string, string>>)["question"];
  const question = posted?.poll.questions.find(({ id, kind }) => kind === "text" && String(id) === asked);
  if (posted === undefined || question === undefined) return ctx.throw(404);
  const after = readKey(ctx)?.id;
  const { anonymous } = posted.poll;
  const query = { postId: ctx.state.post.id, questionId: question.id, anonymous, after, limit: textsPage };
  const page = await pageOfTexts(parts.store.database, query);
  parts.pages.show(ctx, "posts/poll-texts", {
    ...postHead(ctx.state, parts.clock.now()),
    question,
    anonymous,
    texts: page.texts,
    next: page.next === undefined ? undefined : keyText({ at: 0, id: page.next }),
    isFirst: after === undefined,
  });
}

async function showPaper(parts: WebParts, ctx: PanelContext<OnPost>): Promise<void> {
  const posted = await resultsOf(parts, ctx.state);
  if (posted === undefined) return ctx.throw(404);
  const { post, dates } = ctx.state;
  const shown = { kind: "answered" } as const;
  const most = answersOnPage(posted.poll, mostOnPaper);
  parts.pages.show(ctx, "posts/poll-print", {
    ...postHead(ctx.state, parts.clock.now()),
    results: posted.results,
    questions: posted.poll.questions,
    texts: await firstTextsOf(parts.store.database, { postId: post.id, poll: posted.poll, most }),
    madeAt: dates.dateTime(parts.clock.now()),
    ...(await respondents(parts, ctx, { posted, shown, search: "", limit: most })),
    silent: await respondents(parts, ctx, { posted, shown: { kind: "silent" }, search: "", limit: mostOnPaper }),
  });
}

async function sendAnswers(parts: WebParts, ctx: PanelContext<OnPost>): Promise<void> {
  const posted = await resultsOf(parts, ctx.state);
  if (posted === undefined) return ctx.throw(404);
  const { store } = parts;
  const { post } = ctx.state;
  // Answers are counted by member: families are not looked up.
  const pages = reportedDeliveries(store.database, { ...post, countBy: "" });
  const attributes = (await store.members.attributeNames(post.listId)).slice(0, mostAttributes);
  const of = {
    poll: posted.poll,
    pages,
    attributes,
    answersOf: (ids: readonly number[]) => answersOf(store.database, ids),
  };
  const csv = answersCsv(of, ctx.state);
  sendCsv(ctx, `${post.listName}-${post.number}-answers.csv`, csv);
}

async function sendTally(parts: WebParts, ctx: PanelContext<OnPost>): Promise<void> {
  const posted = await resultsOf(parts, ctx.state);
  if (posted === undefined) return ctx.throw(404);
  const { post } = ctx.state;
  const of = { postId: post.id, anonymous: posted.poll.anonymous };
  const csv = tallyCsv(
    { results: posted.results, textsOf: (questionId) => textsOf(parts.store.database, { ...of, questionId }) },
    ctx.state,
  );
  sendCsv(ctx, `${post.listName}-${post.number}-tally.csv`, csv);
}

function sendCsv(ctx: PanelContext<OnPost>, name: string, content: AsyncIterable<string>): void {
  sendDownload(ctx, { name, type: "text/csv; charset=utf-8", content });
}

function choiceText({ poll }: PostedPoll, choiceId: number): object | undefined {
  const question = poll.questions.find(({ choices }) => choices.some(({ id }) => id === choiceId));
  const choice = question?.choices.find(({ id }) => id === choiceId);
  return choice && { question: question?.text, choice: choice.text };
}
