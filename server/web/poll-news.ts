/** What the page of a poll's results does not know yet: the tally, whenever it would look different. */
import type { Post } from "../lists/post.ts";
import type { ServerEvent } from "./event-streams.ts";
import type { OnPost, PanelContext } from "./panel-context.ts";
import { firstTextsOf, resultsOf } from "./poll-results.ts";
import { presentPost } from "./presenters/present-post.ts";
import type { WebParts } from "./web-parts.ts";

export function newsOfPoll(
  parts: WebParts,
  { state }: PanelContext<OnPost>,
): (post: Post) => Promise<readonly ServerEvent[]> {
  const { store, clock, pages } = parts;
  let known = "";
  return async (post) => {
    const posted = await resultsOf(parts, { ...state, post });
    // A count that moves at the very moment at which a name appears would tell who gave that answer.
    if (posted === undefined || posted.poll.anonymous) return [];
    const { results, poll } = posted;
    const texts = await firstTextsOf(store.database, { postId: post.id, poll });
    const view = { post: presentPost(post, state, clock.now()), results, texts };
    const html = pages.part(state, "parts/poll-tally", view);
    if (html === known) return [];
    known = html;
    return [{ name: "poll", content: { html } }];
  };
}
