/** The author of a post as somebody to write to: who is registered to post, or a member. A file of the operator's may name anybody. */
import { parseAddress } from "../mail/address.ts";
import type { Post } from "../lists/post.ts";
import type { Store } from "../store/store.ts";

/** The address; undefined: a stranger's, who is not written to. */
export async function knownAuthor(
  store: Store,
  { listId, authorAddress }: Pick<Post, "listId" | "authorAddress">,
): Promise<string | undefined> {
  const address = parseAddress(authorAddress);
  const standing = address && (await store.senders.standing(listId, address));
  return standing !== undefined && (standing.isSender || standing.isMember) ? authorAddress : undefined;
}
