/** What a message's header says, read once, and what each list that it is sent to makes of it. */
import type { Decision, PostFacts } from "../lists/decision.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { displayAddress } from "../mail/address.ts";
import { automaticReason, tooManyHops } from "../mail/automatic.ts";
import { readConfirmTag } from "../mail/confirm-tag.ts";
import { decodeText } from "../mail/encoded-words.ts";
import { readAuthor } from "../mail/from-field.ts";
import type { Author } from "../mail/from-field.ts";
import type { Header } from "../mail/header-fields.ts";
import type { Store } from "../store/store.ts";

export type ReadHeader = {
  readonly header: Header;
  readonly author: Author;
  /** The author's address, or From as it stands where the strict rule reads none. */
  readonly authorText: string;
  /** Without the tag by which it asks to be confirmed. */
  readonly subject: string;
  readonly asksConfirmation: boolean;
};

export type Judged = {
  readonly list: MailingList;
  readonly decision: Decision;
  /** The author's person, if the address is anybody's. */
  readonly posterId: number | undefined;
};

/** On the page of refused posts; a stranger writes what is shown there. */
const longestShown = 300;

export function readMessageHeader(header: Header): ReadHeader {
  const author = readAuthor(header);
  const authorText = author.ok ? displayAddress(author.address) : decodeText(header.all("From").join(" | "));
  return { header, author, authorText, ...readConfirmTag(decodeText(header.first("Subject") ?? "")) };
}

/** `mailFrom`: empty for the null sender. */
export async function judgeMessage(
  { store, decide }: { readonly store: Store; readonly decide: (facts: PostFacts) => Decision },
  message: ReadHeader & { readonly mailFrom: string },
  lists: readonly MailingList[],
): Promise<readonly Judged[]> {
  const { header, author, mailFrom } = message;
  const facts = {
    author,
    mailFrom: mailFrom === "" ? undefined : mailFrom,
    automatic: automaticReason(header),
    tooManyHops: tooManyHops(header),
  };
  return Promise.all(
    lists.map(async (list) => {
      const standing = author.ok ? await store.senders.standing(list.id, author.address) : undefined;
      const right = { isSender: standing?.isSender ?? false, isMember: standing?.isMember ?? false };
      return { list, decision: decide({ ...facts, ...right, posting: list.posting }), posterId: standing?.personId };
    }),
  );
}

/** Writes down, for each list's page, what was refused. */
export async function noteRefused(
  store: Store,
  { authorText, subject }: ReadHeader,
  refused: {
    readonly judged: readonly Judged[];
    readonly client: string;
    readonly mailFrom: string;
    readonly at: number;
  },
): Promise<void> {
  const { judged, client, mailFrom, at } = refused;
  for (const { list, decision } of judged) {
    if (decision.kind !== "refuse") continue;
    await store.refusals.record({
      listId: list.id,
      at,
      client,
      mailFrom,
      author: authorText.slice(0, longestShown),
      subject: subject.slice(0, longestShown),
      reason: decision.reason,
      reply: `${decision.code} ${decision.enhanced} ${decision.text}`,
    });
  }
}
