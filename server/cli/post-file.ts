/** A message from a file becomes a post that the operator vouches for: its author need not be a registered sender. */
import type { Clock } from "../clock.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { wireAddress, displayAddress } from "../mail/address.ts";
import { readConfirmTag } from "../mail/confirm-tag.ts";
import { decodeText } from "../mail/encoded-words.ts";
import { messageFingerprint, messageIdOf } from "../mail/fingerprint.ts";
import { readAuthor } from "../mail/from-field.ts";
import { parseHeader } from "../mail/header-fields.ts";
import { acceptMessage } from "../store/posts/acceptance.ts";
import type { AcceptedPost } from "../store/posts/acceptance.ts";
import type { Store } from "../store/store.ts";

export type PostFile = {
  readonly list: MailingList;
  readonly message: Buffer;
  readonly hostname: string;
  readonly clock: Clock;
};

export type PostFileResult =
  { readonly ok: true; readonly post: AcceptedPost } | { readonly ok: false; readonly why: string };

/** `why` ends a sentence about the message. Durable when it resolves; the same message again is the post that it already is. */
export async function postFile(store: Store, { list, message, hostname, clock }: PostFile): Promise<PostFileResult> {
  const header = parseHeader(message);
  const author = readAuthor(header);
  if (!author.ok) return { ok: false, why: author.why };
  if (message.includes(0)) return { ok: false, why: "it contains a NUL octet" };
  const now = clock.now();
  const { subject, asksConfirmation } = readConfirmTag(decodeText(header.first("Subject") ?? ""));
  const standing = await store.senders.standing(list.id, author.address);
  const [post] = await acceptMessage(store.database, {
    body: { bytes: message },
    size: message.length,
    fingerprint: messageFingerprint(message),
    messageIdField: messageIdOf(header, hostname),
    mailFrom: wireAddress(author.address),
    author: { address: displayAddress(author.address), name: author.name },
    subject,
    receivedAt: now,
    posts: [
      {
        listId: list.id,
        posterId: standing?.personId,
        disposition: "accepted",
        asksConfirmation,
        startsAt: now,
      },
    ],
  });
  return post === undefined ? { ok: false, why: "no post came of it" } : { ok: true, post };
}
