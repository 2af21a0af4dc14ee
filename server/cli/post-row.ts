/** A post as `--json` shows it. */
import { confirmedShare, postState } from "../lists/post.ts";
import type { Post, PostOrigin, PostState, Tally } from "../lists/post.ts";
import { isoTime } from "../words/zone-time.ts";

export type PostRow = {
  /** Text, as in the reply to the sending server. */
  readonly id: string;
  readonly number: number;
  readonly list: string;
  readonly author: string;
  readonly author_name: string;
  readonly subject: string;
  readonly state: PostState;
  /** `mail` (or a file of the operator's), `panel`, `scheduled`, `recurring`. */
  readonly origin: PostOrigin;
  readonly counts: Tally;
  readonly asks_confirmation: boolean;
  readonly confirmed: number;
  /** Where the list counts families: how many have confirmed, of how many. */
  readonly families_confirmed: number | null;
  readonly families: number | null;
  readonly answered: number;
  readonly accepted: string | null;
  readonly starts: string | null;
  readonly distributed: string | null;
  readonly stopped: string | null;
};

export function postRow(post: Post, now: number): PostRow {
  const families = post.asksConfirmation && post.countBy !== "" ? confirmedShare(post) : undefined;
  return {
    id: String(post.id),
    number: post.number,
    list: post.listName,
    author: post.authorAddress,
    author_name: post.authorName,
    subject: post.subject,
    state: postState(post, now),
    origin: post.origin,
    counts: post.tally,
    asks_confirmation: post.asksConfirmation,
    confirmed: post.responses.confirmed,
    families_confirmed: families?.done ?? null,
    families: families?.all ?? null,
    answered: post.responses.answered,
    accepted: isoTime(post.acceptedAt),
    starts: isoTime(post.startsAt),
    distributed: isoTime(post.expandedAt),
    stopped: isoTime(post.stoppedAt),
  };
}
