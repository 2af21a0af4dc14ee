/** What a page behind a copy's link is about, found by its token. */
import type { Config } from "../config.ts";
import type { Language, MailingList } from "../lists/mailing-list.ts";
import { readTokenId, tokenMatches } from "../mail/token.ts";
import { findAsked } from "../store/asked.ts";
import type { Asked } from "../store/asked.ts";
import type { Store } from "../store/store.ts";

export type AskedPage = { readonly asked: Asked; readonly list: MailingList; readonly language: Language };

/** Undefined: the token is none of ours, or what it stood for is gone. Changes nothing. */
export async function askedPage(
  { store, config }: { readonly store: Store; readonly config: Config },
  purpose: "confirm-read" | "poll",
  token: string,
): Promise<AskedPage | undefined> {
  const id = readTokenId(token);
  const asked = id === undefined ? undefined : await findAsked(store.database, id);
  if (id === undefined || asked === undefined || !tokenMatches(token, { purpose, id, secret: asked.secret }))
    return undefined;
  const isAsked = purpose === "poll" ? asked.pollId !== undefined : asked.asksConfirmation;
  const list = isAsked ? await store.lists.find(asked.listId) : undefined;
  return list && { asked, list, language: asked.language ?? list.language ?? config.language };
}
