/** A reminder: the post once more, to those who are silent, as an answer to its first copy. */
import { randomBytes, randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { Post } from "../lists/post.ts";
import type { Silence } from "../lists/recipients.ts";
import { acceptIn } from "../store/posts/acceptance.ts";
import type { Write } from "../store/database/database.ts";
import type { Store } from "../store/store.ts";
import { words } from "../words/words.ts";

export type ReminderNeeds = { readonly store: Store; readonly config: Config; readonly clock: Clock };

export type Reminder = {
  readonly post: Post;
  readonly list: MailingList;
  readonly of: Silence;
  /** The silent members' own address, or the further one of who has one. */
  readonly address: "own" | "second";
};

/** What is left to do within a transaction. */
export async function remind(
  { store, config, clock }: ReminderNeeds,
  { post, list, of, address }: Reminder,
): Promise<(write: Write) => Promise<void>> {
  const size = (await store.messages.size(post.messageId)) ?? 0;
  const w = words(list.language ?? config.language);
  return async (write) => {
    const now = clock.now();
    await acceptIn(write, store.database, {
      body: { contentOf: post.messageId },
      size,
      // Each reminder is a message of its own: whoever has the first copy gets this one, too.
      fingerprint: randomBytes(32).toString("hex"),
      messageIdField: `<${randomUUID()}@${list.domain}>`,
      mailFrom: post.authorAddress,
      author: { address: post.authorAddress, name: post.authorName },
      subject: w.asking.reminderSubject(post.subject),
      receivedAt: now,
      posts: [
        {
          listId: list.id,
          posterId: undefined,
          disposition: "accepted",
          asksConfirmation: post.asksConfirmation,
          startsAt: now,
          origin: "reminder",
          recipients: { kind: "silent", of, address },
          pollId: post.pollId,
          reminds: post.id,
          compositionId: post.compositionId,
          askPlace: post.askPlace,
        },
      ],
    });
  };
}
