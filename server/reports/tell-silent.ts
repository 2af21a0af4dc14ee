/**
 * Notice: who has still not read or answered, when every reminder was in vain. To the post's author, if they are registered to post, else
 * to the list's administrators.
 */
import type { MailingList } from "../lists/mailing-list.ts";
import type { Post } from "../lists/post.ts";
import type { Silence } from "../lists/recipients.ts";
import { composeAll, insertAll } from "../notices/notices-together.ts";
import type { Notice } from "../notices/queue-notice.ts";
import type { Write } from "../store/database/database.ts";
import { ownerAddresses } from "../store/deliveries/owner-mail.ts";
import type { Store } from "../store/store.ts";
import { silentMembers } from "../store/answers/silent-members.ts";
import type { SilentMember } from "../store/answers/silent-members.ts";
import { csvBegin, csvLines } from "../words/csv-lines.ts";
import { words } from "../words/words.ts";
import { knownAuthor } from "./known-author.ts";
import type { ReminderNeeds } from "./remind.ts";

/** In the text; the rest stands in the file. */
const mostNamed = 200;
/** Lines of the file: what a mail can carry. */
const mostLines = 50_000;

/** What is left to do within a transaction. */
export async function tellSilent(
  needs: ReminderNeeds,
  { post, list, of }: { readonly post: Post; readonly list: MailingList; readonly of: Silence },
): Promise<(write: Write) => Promise<void>> {
  const to = await addressees(needs.store, post);
  if (to.length === 0) return async () => undefined;
  const silent: SilentMember[] = [];
  for await (const some of silentMembers(needs.store.database, post.id, of)) {
    silent.push(...some);
    if (silent.length >= mostLines) break;
  }
  const w = words(list.language ?? needs.config.language);
  const page = new URL(`/posts/${post.id}`, needs.config.web.url).href;
  const facts = {
    subject: post.subject,
    list: list.title,
    count: silent.length,
    of,
    names: silent.slice(0, mostNamed).map(({ name, address }) => (name === "" ? address : `${name} <${address}>`)),
    more: Math.max(0, silent.length - mostNamed),
    page,
  };
  const notice: Omit<Notice, "to"> = {
    list,
    subject: w.followUpMail.subject(facts),
    text: w.followUpMail.text(facts),
    kind: "auto-generated",
    attachments: [
      {
        filename: "silent.csv",
        contentType: "text/csv; charset=utf-8",
        content: fileOf(silent, w.followUpMail.columns),
      },
    ],
  };
  const composed = await composeAll(
    needs,
    to.map((address) => ({ ...notice, to: address })),
  );
  const now = needs.clock.now();
  return (write) => insertAll(write, composed, now);
}

/** Nobody where an operator's file named a stranger. */
async function addressees(store: Store, post: Post): Promise<readonly string[]> {
  const author = await knownAuthor(store, post);
  if (author === undefined) return [];
  return author.isSender ? [author.address] : ownerAddresses(store.database, post.listId);
}

function fileOf(silent: readonly SilentMember[], columns: { readonly name: string; readonly address: string }): Buffer {
  const attributes = [...new Set(silent.flatMap((member) => Object.keys(member.attributes)))].slice(0, 100);
  const rows = silent.map((member) => [
    member.name,
    member.address,
    ...attributes.map((name) => member.attributes[name] ?? ""),
  ]);
  const head = [columns.name, columns.address, ...attributes];
  return Buffer.from(`${csvBegin}${csvLines([head, ...rows])}`);
}
