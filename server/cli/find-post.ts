/** Which post an operator means by its POST-ID: the last word of the 250, the `id` of `kairan posts`. */
import type { Post } from "../lists/post.ts";
import type { Store } from "../store/store.ts";
import { failure, wrongUse } from "./command-error.ts";

/** Throws CommandError. */
export async function findPost(store: Store, typed: string): Promise<Post> {
  if (!/^\d{1,15}$/.test(typed))
    throw wrongUse(`"${typed}" is no POST-ID: that is a number, the "id" of kairan posts LIST`);
  const post = await store.posts.find(Number(typed));
  if (post === undefined) throw failure(`there is no post ${typed}; see kairan posts LIST`);
  return post;
}
