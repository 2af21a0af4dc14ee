/** The answer to a sender's `report 128` or `report 2026-12-01 12:00..24:00`: one post in full, or the posts of a period. */
import type { Language, MailingList } from "../lists/mailing-list.ts";
import { allCopies, postState } from "../lists/post.ts";
import type { Post } from "../lists/post.ts";
import { csvBegin, csvLines } from "../words/csv-lines.ts";
import { datesIn } from "../words/dates.ts";
import { describeResponses, responseCells, responseColumns } from "../words/describe-responses.ts";
import { words } from "../words/words.ts";
import { postReport } from "./post-report.ts";
import type { ReportNeeds, ReportText } from "./post-report.ts";
import { readReportWish } from "./read-report-wish.ts";

export type ReportQuestion = {
  readonly list: MailingList;
  readonly language: Language;
  /** What follows the word. */
  readonly asked: string;
};

/** Posts of one answer. */
const mostPosts = 1000;
/** Named in its text; the file has all. */
const mostNamed = 30;

/** Undefined when nobody can read what is asked: then help is the answer. */
export async function answerReport(needs: ReportNeeds, question: ReportQuestion): Promise<ReportText | undefined> {
  const { list, language, asked } = question;
  const timezone = list.timezone ?? needs.config.timezone;
  const wish = readReportWish(asked, { timezone, now: needs.clock.now() });
  if (wish === undefined) return undefined;
  if (wish.kind === "period") return periodReport(needs, question, wish);
  const post = await needs.store.posts.findByNumber(list.id, wish.number);
  if (post !== undefined) return postReport(needs, { post, list, language });
  const { report } = words(language);
  return { subject: report.noneSubject(list.title), text: report.noPost(wish.number), attachments: [] };
}

async function periodReport(
  { store, config, clock }: ReportNeeds,
  { list, language }: ReportQuestion,
  { since, until }: { readonly since: number; readonly until: number },
): Promise<ReportText> {
  const w = words(language);
  const dates = datesIn(language, list.timezone ?? config.timezone);
  const posts = await store.posts.page({ listIds: [list.id], since, until, limit: mostPosts });
  const period = w.report.period(dates.dateTime(since), dates.dateTime(until));
  const lines = posts
    .slice(0, mostNamed)
    .map((post) => w.report.line(factsOf(post, { w, at: dates.dateTime(post.acceptedAt), now: clock.now() })));
  const page = new URL(`/lists/${list.id}`, config.web.url).href;
  const file = fileOf(
    posts.map((post) => row(post, { w, at: dates.sortable(post.acceptedAt), now: clock.now() })),
    w,
  );
  return {
    subject: w.report.periodSubject(list.title, period),
    text: w.report.periodText({
      list: list.title,
      period,
      count: posts.length,
      lines,
      isMore: posts.length === mostPosts,
      page,
    }),
    attachments: [{ filename: `${list.name}.csv`, contentType: "text/csv; charset=utf-8", content: file }],
  };
}

function factsOf(post: Post, { w, at, now }: { readonly w: Words; readonly at: string; readonly now: number }) {
  const { sent, failed, bounced } = post.tally;
  const subject = post.subject.trim() === "" ? w.history.noSubject : post.subject;
  const responses = describeResponses(post, w).map(({ text }) => text);
  const state = w.postState[postState(post, now)];
  return {
    number: post.number,
    subject,
    at,
    state,
    all: allCopies(post.tally),
    sent,
    astray: failed + bounced,
    responses,
  };
}

type Words = ReturnType<typeof words>;

function row(
  post: Post,
  { w, at, now }: { readonly w: Words; readonly at: string; readonly now: number },
): readonly string[] {
  const counts = Object.values(post.tally).map(String);
  const state = w.postState[postState(post, now)];
  return [
    String(post.number),
    at,
    post.subject,
    post.authorName,
    post.authorAddress,
    state,
    ...counts,
    ...responseCells(post),
  ];
}

function fileOf(rows: readonly (readonly string[])[], w: Words): Buffer {
  const { number, at, subject, name, address, state } = w.report.columns;
  const head = [number, at, subject, name, address, state, ...Object.values(w.deliveryState), ...responseColumns(w)];
  return Buffer.from(`${csvBegin}${csvLines([head, ...rows])}`);
}
