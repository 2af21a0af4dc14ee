/**
 * A composition becomes posts: at once from the panel, at its time from a schedule, again and again when it repeats. What is right at
 * this moment counts: the lists that are there, and whether the sender may still post to them.
 */
import { randomBytes, randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { nextStep } from "../lists/follow-up.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { Sender } from "../lists/member.ts";
import { listAddress } from "../lists/mailing-list.ts";
import type { PostOrigin } from "../lists/post.ts";
import { composeMessage } from "../notices/composed-message.ts";
import { acceptIn } from "../store/acceptance.ts";
import type { AcceptedPost, Incoming } from "../store/acceptance.ts";
import type { Composition } from "../store/compositions.ts";
import type { Write } from "../store/database.ts";
import { startFollowUp } from "../store/follow-ups.ts";
import { insertPoll } from "../store/polls.ts";
import type { Store } from "../store/store.ts";
import { minuteOfDay } from "../words/zone-time.ts";

export type SendNeeds = { readonly store: Store; readonly clock: Clock; readonly config: Config };

/** Why a composition cannot be sent (any more). */
export type SendFault =
  | { readonly kind: "no-list" }
  | { readonly kind: "no-sender" }
  /** The sender is none of these lists. */
  | { readonly kind: "not-a-sender"; readonly lists: readonly MailingList[] }
  | { readonly kind: "too-large"; readonly mostOctets: number };

/** All that the transaction needs: nothing outside is waited for in it. */
export type ReadySend = {
  readonly composition: Composition;
  readonly lists: readonly MailingList[];
  readonly incoming: Omit<Incoming, "posts" | "receivedAt">;
  readonly posterId: number;
  readonly origin: PostOrigin;
};

export type ReadiedSend =
  { readonly ok: true; readonly ready: ReadySend } | { readonly ok: false; readonly fault: SendFault };

/** Composes the message and keeps it, should it be long. A ready send that is given up is `abandon`ed. */
export async function readySend(needs: SendNeeds, composition: Composition, origin: PostOrigin): Promise<ReadiedSend> {
  const { store, config, clock } = needs;
  const { content } = composition;
  const lists = await store.lists.some(content.listIds);
  if (lists.length === 0) return fault({ kind: "no-list" });
  if (content.senderId === undefined) return fault({ kind: "no-sender" });
  const senderId = content.senderId;
  const senders = await Promise.all(lists.map((list) => store.senders.find(list.id, senderId)));
  const [sender] = senders.flatMap((one) => one ?? []);
  const barred = lists.filter((_, index) => senders[index] === undefined);
  if (sender === undefined || barred.length > 0) return fault({ kind: "not-a-sender", lists: barred });
  const messageId = `<${randomUUID()}@${lists[0]?.domain ?? config.hostname}>`;
  const bytes = await composed(store, { composition, sender, messageId, to: lists[0] });
  const { maxMessageBytes } = config.smtp;
  if (bytes.length > maxMessageBytes) return fault({ kind: "too-large", mostOctets: maxMessageBytes });
  const author = authorOf(sender);
  const incoming = {
    body: await store.messages.stage(bytes, clock.now()),
    size: bytes.length,
    // No two sends are the same message, even if their words are.
    fingerprint: randomBytes(32).toString("hex"),
    messageIdField: messageId,
    mailFrom: author.address,
    author,
    subject: content.subject,
  };
  return { ok: true, ready: { composition, lists, incoming, posterId: sender.personId, origin } };
}

/** Within the caller's transaction: what is reserved or repeats moves on by the same commit. */
export async function sendIn(
  write: Write,
  needs: SendNeeds,
  { ready, at, startsAt }: { readonly ready: ReadySend; readonly at: number; readonly startsAt: number },
): Promise<readonly AcceptedPost[]> {
  const { store } = needs;
  const { composition, lists, incoming, posterId, origin } = ready;
  const { content } = composition;
  const pollId = content.poll === undefined ? undefined : await insertPoll(write, content.poll, at);
  const posts = await acceptIn(write, store.database, {
    ...incoming,
    receivedAt: at,
    posts: lists.map((list) => ({
      listId: list.id,
      posterId,
      disposition: "accepted",
      asksConfirmation: content.asksConfirmation,
      startsAt,
      origin,
      recipients: content.recipients,
      pollId,
      reminds: undefined,
      compositionId: composition.id,
      askPlace: content.askPlace,
    })),
  });
  await followUpPosts(write, needs, { ready, posts, startsAt });
  return posts;
}

async function followUpPosts(
  write: Write,
  { clock, config }: SendNeeds,
  {
    ready,
    posts,
    startsAt,
  }: { readonly ready: ReadySend; readonly posts: readonly AcceptedPost[]; readonly startsAt: number },
): Promise<void> {
  const plan = ready.composition.content.followUp;
  if (plan === undefined) return;
  for (const post of posts) {
    const list = ready.lists.find(({ id }) => id === post.listId);
    const first = nextStep(plan, { taken: 0, before: startsAt }, minuteOfDay(list?.timezone ?? config.timezone));
    if (first !== undefined)
      await startFollowUp(write, { postId: post.id, plan, from: startsAt, nextAt: first.at, now: clock.now() });
  }
}

/** Takes back what was kept of a message that is not sent after all. */
export async function abandon({ store }: SendNeeds, { incoming }: ReadySend): Promise<void> {
  if ("stagedId" in incoming.body) await store.messages.discard(incoming.body.stagedId);
}

function fault(of: SendFault): ReadiedSend {
  return { ok: false, fault: of };
}

function authorOf({ name, addresses }: Sender): { readonly name: string; readonly address: string } {
  return { name, address: addresses[0] ?? "" };
}

async function composed(
  store: Store,
  {
    composition: { id, content },
    sender,
    messageId,
    to,
  }: {
    readonly composition: Composition;
    readonly sender: Sender;
    readonly messageId: string;
    readonly to: MailingList | undefined;
  },
): Promise<Buffer> {
  const attachments = await Promise.all(
    (await store.compositions.attachments(id)).map(async ({ id: attachmentId, name, type }) => ({
      filename: name,
      contentType: type,
      content: Buffer.concat(await Array.fromAsync(store.compositions.attachmentChunks(attachmentId))),
    })),
  );
  return composeMessage({
    from: authorOf(sender),
    to: to === undefined ? "" : listAddress(to),
    subject: content.subject,
    text: content.text,
    messageId,
    attachments,
  });
}
