/** The author of a post as somebody to write to: who is registered to post, or a member. A file of the operator's may name anybody. */
import { parseAddress } from "../mail/address.ts";
import type { Post } from "../lists/post.ts";
import type { Store } from "../store/store.ts";

/** `isSender`: only whoever is registered may hear of the members by name; where members post, any of them may be an author. */
export type KnownAuthor = { readonly address: string; readonly isSender: boolean };

/** Undefined: a stranger, who is not written to. */
export async function knownAuthor(
  store: Store,
  { listId, authorAddress }: Pick<Post, "listId" | "authorAddress">,
): Promise<KnownAuthor | undefined> {
  const address = parseAddress(authorAddress);
  const standing = address && (await store.senders.standing(listId, address));
  if (standing === undefined || (!standing.isSender && !standing.isMember)) return undefined;
  return { address: authorAddress, isSender: standing.isSender };
}
