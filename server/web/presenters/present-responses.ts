/** How soon readers have responded to posts: confirmed and answered. */
import { responseSlots } from "../../lists/response-time.ts";
import { allCopies } from "../../lists/post.ts";
import type { Post } from "../../lists/post.ts";
import type { ResponseTimes } from "../../store/answers/response-times.ts";
import { percentOf } from "../../words/describe-responses.ts";
import type { Words } from "../../words/en.ts";

/** Copies that were not cancelled. */
export function askedOfPost({ tally }: Pick<Post, "tally">): Readonly<Record<keyof ResponseTimes, number>> {
  const asked = allCopies(tally) - tally.cancelled;
  return { confirmed: asked, answered: asked };
}

export type ResponseTable = {
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    readonly cells: readonly { readonly count: string; readonly percent: string }[];
  }[];
};

/** `asked`: copies that each could be done of. Undefined where nobody has responded yet. */
export function presentResponseTimes(
  times: ResponseTimes,
  asked: Readonly<Record<keyof ResponseTimes, number>>,
  w: Words,
): ResponseTable | undefined {
  const kinds = (["confirmed", "answered"] as const).filter((kind) => (times[kind].at(-1) ?? 0) > 0);
  if (kinds.length === 0) return undefined;
  return {
    columns: [...responseSlots.map((end) => w.responses.within(end)), w.responses.ever],
    rows: kinds.map((kind) => ({
      label: w.responses.kinds[kind],
      cells: times[kind].map((count) => ({
        count: w.app.number(count),
        percent: asked[kind] === 0 ? "" : w.app.percent(percentOf({ done: count, all: asked[kind] })),
      })),
    })),
  };
}
