/** `kairan stop`: no further copy of a post leaves; what has not left is cancelled. */
import { openCopies, postState } from "../lists/post.ts";
import type { Post } from "../lists/post.ts";
import { cancelWaiting } from "../store/deliveries/outcomes.ts";
import type { Store } from "../store/store.ts";
import { said } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Command } from "./command.ts";
import { findPost } from "./find-post.ts";
import { postRow } from "./post-row.ts";

/** Copies a transaction. */
const batchCopies = 500;

export const stopCommand: Command = {
  words: "stop",
  operands: ["POST"],
  options: {},
  summary: "No further copy of the post leaves; what has not left is cancelled. POST is its id.",
  changes: true,
  run: stopPost,
};

async function stopPost(call: Call): Promise<Answer> {
  const { store } = await call.open();
  const post = await findPost(store, call.operand(0));
  if (["sent", "rejected"].includes(postState(post, call.now)))
    return said(`post ${post.id} has nothing left to stop: ${fate(post)}`, postRow(post, call.now));
  const isNew = await store.posts.stop(post.id, call.now);
  await cancelAll(store, post.id);
  const after = (await store.posts.find(post.id)) ?? post;
  return said(
    `post ${post.id} ${isNew ? "is stopped" : "was stopped already"}: ${fate(after)}`,
    postRow(after, call.now),
  );
}

/** The server would do the same; without one running it is done all the same. */
async function cancelAll(store: Store, postId: number): Promise<void> {
  for (let cancelled = 1; cancelled > 0;)
    cancelled = await cancelWaiting(store.database, { postId, reason: "stopped", limit: batchCopies });
}

function fate({ tally, expandedAt }: Post): string {
  const gone = tally.sent + tally.bounced;
  const flying = openCopies(tally);
  return [
    `${gone} ${gone === 1 ? "copy" : "copies"} had left`,
    `${tally.cancelled} cancelled`,
    ...(tally.failed > 0 ? [`${tally.failed} failed`] : []),
    ...(flying > 0 ? [`${flying} on the way at this moment`] : []),
    ...(expandedAt === undefined ? ["nobody else is written to"] : []),
  ].join(", ");
}
