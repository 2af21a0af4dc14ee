/** A post's subject as the reader of one copy knows it: with their own name where the author left a place for it. */
import { fillPlaceholders } from "../lists/placeholders.ts";
import { findAddressee } from "../store/answers/addressee.ts";
import type { Asked } from "../store/answers/asked.ts";
import { placeholderNamesOf } from "../store/recipients/placeholder-names.ts";
import type { Store } from "../store/store.ts";

/** Asks nobody where the subject has no such place, as nearly all have not. */
export async function ownSubject(
  { database }: Store,
  { deliveryId, postId, subject }: Pick<Asked, "deliveryId" | "postId" | "subject">,
): Promise<string> {
  const addressee = subject.includes("{") ? await findAddressee(database, deliveryId) : undefined;
  if (addressee === undefined) return subject;
  return fillPlaceholders(subject, await placeholderNamesOf(database, postId), addressee);
}
