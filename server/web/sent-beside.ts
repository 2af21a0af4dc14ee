/** The posts of the same mail on other lists, for whoever may see those: a person on two of them got one copy, counted on one. */
import type { OnPost } from "./panel-context.ts";
import { ownAmong } from "./viewer.ts";
import type { WebParts } from "./web-parts.ts";

export async function sentBeside(
  { store }: Pick<WebParts, "store">,
  { post, account }: OnPost,
): Promise<readonly { readonly id: number; readonly list: string }[]> {
  const others = await store.posts.besides(post);
  if (others.length === 0) return [];
  const own = await ownAmong(
    store,
    account,
    others.map(({ listId }) => listId),
  );
  return others.filter(({ listId }) => own.includes(listId)).map(({ id, title }) => ({ id, list: title }));
}
