/** A post as the history, its own page and the live updates show it: all from the one tally. */
import type { DeliveryState } from "../../lists/delivery.ts";
import { allCopies, openCopies, postState } from "../../lists/post.ts";
import type { Post, PostOrigin, PostState, Tally } from "../../lists/post.ts";
import { describeRecipients } from "../../words/describe-recipients.ts";
import { describeResponses } from "../../words/describe-responses.ts";
import type { ResponseLine } from "../../words/describe-responses.ts";
import type { Words } from "../../words/en.ts";
import type { PanelState } from "../panel-context.ts";

export type Count = {
  readonly state: DeliveryState;
  readonly label: string;
  readonly text: string;
  readonly count: number;
};
/** A piece of the bar, in percent of its width. */
export type Segment = { readonly state: DeliveryState; readonly x: number; readonly width: number };

export type PostView = {
  readonly id: number;
  readonly number: number;
  readonly subject: string;
  readonly author: string;
  readonly authorAddress: string;
  readonly at: string;
  readonly atIso: string;
  readonly state: PostState;
  /** What the post's mark says: its state, or that it is over and not everybody's copy went well. */
  readonly mark: { readonly state: PostState | DeliveryState; readonly text: string };
  /** The main line, such as "sent to 42 of 310"; undefined for posts that went to nobody. */
  readonly progress: string | undefined;
  readonly percent: number;
  readonly all: number;
  /** States that any copy is in, what went well first. */
  readonly counts: readonly Count[];
  readonly segments: readonly Segment[];
  /** In words, where it does not go to everybody. */
  readonly recipients: string | undefined;
  /** It was called back before its first copy. */
  readonly isCalledBack: boolean;
  readonly isRunning: boolean;
  readonly canStop: boolean;
  readonly hasPoll: boolean;
  /** The attribute by which families are counted; empty for none. */
  readonly countBy: string;
  /** Whether its readers are asked anything: there may be somebody to remind. */
  readonly asks: boolean;
  readonly asksConfirmation: boolean;
  /** The post that this one reminds of. */
  readonly reminds: number | undefined;
  readonly responses: readonly ResponseLine[];
  /** How it came. */
  readonly origin: { readonly icon: string; readonly text: string };
};

const originIcons: Readonly<Record<PostOrigin, string>> = {
  mail: "mail",
  panel: "edit",
  scheduled: "clock",
  recurring: "again",
  reminder: "again",
};

const order: readonly DeliveryState[] = ["sent", "bounced", "failed", "deferred", "sending", "pending", "cancelled"];

function mark(state: PostState, { failed, bounced }: Tally, w: Words): PostView["mark"] {
  const astray = failed + bounced;
  return state === "sent" && astray > 0
    ? { state: "failed", text: w.post.sentBut(astray) }
    : { state, text: w.postState[state] };
}

export function presentPost(post: Post, { words: w, dates }: PanelState, now: number): PostView {
  const state = postState(post, now);
  const all = allCopies(post.tally);
  // What came back is none of it: number, file and report say the same.
  const done = post.tally.sent;
  return {
    id: post.id,
    number: post.number,
    subject: post.subject === "" ? w.history.noSubject : post.subject,
    author: post.authorName === "" ? post.authorAddress : post.authorName,
    authorAddress: post.authorAddress,
    at: dates.dateTime(post.acceptedAt),
    atIso: new Date(post.acceptedAt).toISOString(),
    state,
    mark: mark(state, post.tally, w),
    progress: all === 0 ? undefined : state === "sending" ? w.post.progress(done, all) : w.post.done(done, all),
    percent: all === 0 ? 0 : Math.floor((100 * done) / all),
    all,
    counts: order
      .filter((each) => post.tally[each] > 0)
      .map((each) => ({
        state: each,
        label: w.deliveryState[each],
        text: w.app.number(post.tally[each]),
        count: post.tally[each],
      })),
    asksConfirmation: post.asksConfirmation,
    reminds: post.reminds,
    responses: describeResponses(post, w),
    origin: { icon: originIcons[post.origin], text: w.postOrigin[post.origin] },
    segments: segmentsOf(post.tally, all),
    hasPoll: post.pollId !== undefined,
    countBy: post.countBy,
    recipients: post.recipients && describeRecipients(post.recipients, w),
    isCalledBack: state === "stopped" && post.origin === "panel" && all === 0,
    isRunning: state === "sending" || state === "waiting",
    canStop:
      post.disposition === "accepted" &&
      post.stoppedAt === undefined &&
      (post.expandedAt === undefined || openCopies(post.tally) > 0),
    asks:
      (post.asksConfirmation || post.pollId !== undefined) &&
      post.reminds === undefined &&
      post.disposition === "accepted",
  };
}

function segmentsOf(tally: Tally, all: number): readonly Segment[] {
  const segments: Segment[] = [];
  let x = 0;
  for (const state of order) {
    const width = all === 0 ? 0 : (100 * tally[state]) / all;
    if (width > 0) segments.push({ state, x: rounded(x), width: rounded(width) });
    x += width;
  }
  return segments;
}

function rounded(percent: number): number {
  return Math.round(percent * 100) / 100;
}
