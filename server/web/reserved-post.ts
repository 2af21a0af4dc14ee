/** On the pages of a post that was reserved: for when it was, whether it was late, and the way to its schedule. */
import { RuleWords } from "../words/describe-rule.ts";
import type { OnPost } from "./panel-context.ts";
import { presentOrigin } from "./presenters/present-occurrence.ts";
import type { WebParts } from "./web-parts.ts";

/** Undefined for a post that came in another way. */
export async function reservedOf(
  { store, config }: WebParts,
  state: OnPost,
): Promise<ReturnType<typeof presentOrigin> | undefined> {
  const { post, list } = state;
  if (post.origin !== "scheduled" && post.origin !== "recurring") return undefined;
  const of = await store.occurrences.ofPost(post.id);
  return of && presentOrigin(of, { state, said: new RuleWords(state), zone: list.timezone ?? config.timezone });
}
