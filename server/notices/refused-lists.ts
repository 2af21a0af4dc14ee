/** Notice: a message went to several lists and some of them did not take it; SMTP has one reply for all of them. */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { listAddress } from "../lists/mailing-list.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { Store } from "../store/store.ts";
import { words } from "../words/words.ts";
import { queueNotice } from "./queue-notice.ts";

/** The author is a registered sender of a list that did take it, so this is no mail to a stranger. */
export async function tellRefused(
  needs: { readonly store: Store; readonly clock: Clock; readonly config: Config },
  refused: { readonly author: string; readonly subject: string; readonly lists: readonly MailingList[] },
): Promise<void> {
  const [list] = refused.lists;
  if (list === undefined) return;
  const said = words(list.language ?? needs.config.language).notices.refusedLists;
  const text = said.text({ subject: refused.subject, lists: refused.lists.map(listAddress) });
  await queueNotice(needs, { list, to: refused.author, subject: said.subject, text, kind: "auto-replied" });
}
