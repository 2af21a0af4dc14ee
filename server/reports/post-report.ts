/** The report of one post: how many copies went how, which went astray, what the readers did, and a file of all recipients. */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Language, MailingList } from "../lists/mailing-list.ts";
import { allCopies, openCopies } from "../lists/post.ts";
import type { Post } from "../lists/post.ts";
import type { NoticeAttachment } from "../notices/queue-notice.ts";
import type { Store } from "../store/store.ts";
import { datesIn } from "../words/dates.ts";
import { describeResponses } from "../words/describe-responses.ts";
import { words } from "../words/words.ts";
import { recipientsFile } from "./recipients-file.ts";

export type ReportNeeds = { readonly store: Store; readonly config: Config; readonly clock: Clock };

export type ReportText = {
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly NoticeAttachment[];
};

/** Copies that went astray, named in the text; the file has all. */
const mostNamed = 20;

/** `withNames`: it tells who the recipients are, and not only how many. `watchedUntil`: bounces are still waited for until then; undefined: that is over, or was never promised. */
export async function postReport(
  { store, config, clock }: ReportNeeds,
  {
    post,
    list,
    language,
    withNames = true,
    watchedUntil,
  }: {
    readonly post: Post;
    readonly list: MailingList;
    readonly language: Language;
    readonly withNames?: boolean;
    readonly watchedUntil?: number | undefined;
  },
): Promise<ReportText> {
  const w = words(language);
  const dates = datesIn(language, list.timezone ?? config.timezone);
  const { tally } = post;
  const subject = post.subject.trim() === "" ? w.history.noSubject : post.subject;
  const file = withNames ? await recipientsFile(store, post, { words: w, dates }) : undefined;
  const facts = {
    list: list.title,
    number: post.number,
    subject,
    author: post.authorName === "" ? post.authorAddress : post.authorName,
    at: dates.dateTime(post.acceptedAt),
    all: allCopies(tally),
    sent: tally.sent,
    open: openCopies(tally),
    astray: tally.failed + tally.bounced,
    states: Object.entries(tally)
      .filter(([, count]) => count > 0)
      .map(([state, count]) => `${w.deliveryState[state as keyof typeof tally]}: ${w.app.number(count)}`),
    responses: describeResponses(post, w).map(({ text }) => text),
    named: withNames ? await astrayOf(store, post.id) : [],
    checkedAt: dates.dateTime(clock.now()),
    watchedUntil: watchedUntil === undefined ? undefined : dates.dateTime(watchedUntil),
    page: new URL(`/posts/${post.id}`, config.web.url).href,
    isFileWhole: file?.isWhole,
  };
  const csv = { filename: `${list.name}-${post.number}.csv`, contentType: "text/csv; charset=utf-8" };
  return {
    subject: w.report.subject(facts),
    text: w.report.text(facts),
    attachments: file === undefined ? [] : [{ ...csv, content: file.content }],
  };
}

async function astrayOf(store: Store, postId: number): Promise<readonly string[]> {
  const failed = await store.deliveries.page(postId, { state: "failed", limit: mostNamed });
  const bounced = await store.deliveries.page(postId, { state: "bounced", limit: mostNamed });
  return [...failed, ...bounced].slice(0, mostNamed).map(({ name, address, reply }) => {
    const who = name === "" ? address : `${name} <${address}>`;
    return reply === "" ? who : `${who}: ${reply.replace(/\s+/g, " ").slice(0, 200)}`;
  });
}
