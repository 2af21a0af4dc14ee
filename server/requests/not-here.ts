/**
 * An answer to who asks something of a list that does not send to them. Silence would be worst for those whose copies are forwarded from
 * another address: they would take themselves for gone. It says the same to who never was there and to who has left, and tells nobody
 * but the owner of the address; once a day, so that nobody can make us pester a stranger.
 */
import type { MailingList } from "../lists/mailing-list.ts";
import { displayAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import { queueNotice } from "../notices/queue-notice.ts";
import { words } from "../words/words.ts";
import { ownerOf } from "./depart.ts";
import type { Needs } from "./needs.ts";

/** Over all lists. */
const cap = { kind: "not-here", gapMs: 0, perDay: 1 };

export async function tellNotHere(needs: Needs, list: MailingList, author: Address): Promise<void> {
  // The lists do not write to each other.
  if (needs.config.domains.includes(author.domain)) return;
  if (!(await needs.store.requests.mayProvoke(author, cap, needs.clock.now()))) return;
  const said = words(list.language ?? needs.config.language).leaving.notHere;
  const to = displayAddress(author);
  const text = said.text({ address: to, list: list.title, owner: ownerOf(list) });
  await queueNotice(needs, { list, to, subject: said.subject(list.title), text, kind: "auto-replied" });
}
