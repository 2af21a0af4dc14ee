/** How far readers have responded to a post: confirmed and answered, and how soon. */
import { responseSlots } from "../../lists/response-time.ts";
import { allCopies, confirmedShare } from "../../lists/post.ts";
import type { Post, Share } from "../../lists/post.ts";
import type { ResponseTimes } from "../../store/response-times.ts";
import type { Words } from "../../words/en.ts";

export type ResponseLine = {
  readonly kind: "confirmed" | "answered";
  readonly text: string;
  readonly percent: number;
};

/** A line for each thing that the post asks; none where it asks nothing. */
export function presentResponses(post: Post, w: Words): readonly ResponseLine[] {
  const { tally, responses, asksConfirmation, pollId, countBy } = post;
  const line = (kind: ResponseLine["kind"], { done, all }: Share): ResponseLine => ({
    kind,
    text: w.responses[kind === "confirmed" && countBy !== "" ? "families" : kind](
      w.app.number(done),
      w.app.number(all),
    ),
    percent: all === 0 ? 0 : Math.min(100, Math.floor((100 * done) / all)),
  });
  const asked = allCopies(tally) - tally.cancelled;
  return [
    ...(asksConfirmation ? [line("confirmed", confirmedShare(post))] : []),
    ...(pollId === undefined ? [] : [line("answered", { done: responses.answered, all: asked })]),
  ];
}

export type ResponseTable = {
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    readonly cells: readonly { readonly count: string; readonly percent: string }[];
  }[];
};

/** `all`: copies that could be responded to. Undefined where nobody has responded yet. */
export function presentResponseTimes(times: ResponseTimes, all: number, w: Words): ResponseTable | undefined {
  const kinds = (["confirmed", "answered"] as const).filter((kind) => (times[kind].at(-1) ?? 0) > 0);
  if (kinds.length === 0) return undefined;
  return {
    columns: [...responseSlots.map((end) => w.responses.within(end)), w.responses.ever],
    rows: kinds.map((kind) => ({
      label: w.responses.kinds[kind],
      cells: times[kind].map((count) => ({
        count: w.app.number(count),
        percent: all === 0 ? "" : w.app.percent(Math.min(100, Math.round((100 * count) / all))),
      })),
    })),
  };
}
