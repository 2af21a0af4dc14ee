/** In words how far readers have responded to a post, by family where it counts them: the same on page, report and by mail. */
import { answeredShare, confirmedShare } from "../lists/post.ts";
import type { Post, Share } from "../lists/post.ts";
import type { Words } from "./en.ts";

export type ResponseLine = {
  readonly kind: "confirmed" | "answered";
  readonly text: string;
  readonly percent: number;
};

/** A line for each thing that the post asks; none where it asks nothing, or nobody yet: what a reminder's readers do counts for the first post. */
export function describeResponses(
  post: Pick<Post, "tally" | "responses" | "countBy" | "families" | "asksConfirmation" | "pollId" | "reminds">,
  w: Words,
): readonly ResponseLine[] {
  if (post.reminds !== undefined) return [];
  const lines = (kind: ResponseLine["kind"], { done, all }: Share): readonly ResponseLine[] => {
    if (all === 0) return [];
    const word = kind === "confirmed" && post.countBy !== "" ? "families" : kind;
    const text = w.responses[word](w.app.number(done), w.app.number(all));
    return [{ kind, text, percent: percentOf({ done, all }) }];
  };
  return [
    ...(post.asksConfirmation ? lines("confirmed", confirmedShare(post)) : []),
    ...(post.pollId === undefined ? [] : lines("answered", answeredShare(post))),
  ];
}

/** The same in numbers, for files of posts: `responseColumns` names them. Empty where a post does not ask. */
export function responseCells(post: Parameters<typeof describeResponses>[0]): readonly string[] {
  const { asksConfirmation, pollId, countBy, responses } = post;
  const families = asksConfirmation && countBy !== "" ? confirmedShare(post) : undefined;
  return [
    asksConfirmation ? String(responses.confirmed) : "",
    pollId === undefined ? "" : String(responses.answered),
    families === undefined ? "" : String(families.done),
    families === undefined ? "" : String(families.all),
  ];
}

export function responseColumns({ historyFilter: { columns: c } }: Words): readonly string[] {
  return [c.confirmed, c.answered, c.familiesConfirmed, c.families];
}

/** Never 100 while somebody is missing, and 0 where nobody was asked. */
export function percentOf({ done, all }: Share): number {
  if (all === 0) return 0;
  const percent = Math.min(100, Math.round((100 * done) / all));
  return percent === 100 && done < all ? 99 : percent;
}
