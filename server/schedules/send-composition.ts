/**
 * A composition becomes posts: at once from the panel, at its time from a schedule, again and again when it repeats. What is right at
 * this moment counts: the lists that are there, and whether the sender may still post to them.
 */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { besidePoll, nextStep } from "../lists/follow-up.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { Sender } from "../lists/member.ts";
import type { CompositionContent } from "../lists/composition.ts";
import { listAddress } from "../lists/mailing-list.ts";
import type { PostOrigin } from "../lists/post.ts";
import { composeMessage } from "../notices/composed-message.ts";
import type { ComposedMessage } from "../notices/composed-message.ts";
import { acceptIn } from "../store/posts/acceptance.ts";
import type { AcceptedPost, Incoming } from "../store/posts/acceptance.ts";
import type { Composition } from "../store/schedules/compositions.ts";
import type { Write } from "../store/database/database.ts";
import type { KeptOctets } from "../store/schedules/schedules.ts";
import { startFollowUp } from "../store/schedules/follow-ups.ts";
import { insertPoll } from "../store/answers/polls.ts";
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
  /** What its octets were made of. */
  readonly octetsKey: string;
};

/** How it is sent; `kept`: what was sent of it before, whose octets are sent again if they would be the same. */
export type Sending = { readonly origin: PostOrigin; readonly kept?: KeptOctets | undefined };

export type ReadiedSend =
  { readonly ok: true; readonly ready: ReadySend } | { readonly ok: false; readonly fault: SendFault };

/** Composes the message and keeps it, should it be long. A ready send that is given up is `abandon`ed. */
export async function readySend(
  needs: SendNeeds,
  composition: Composition,
  { origin, kept }: Sending,
): Promise<ReadiedSend> {
  const { store, config, clock } = needs;
  const { content } = composition;
  const standing = await standingOf(store, content);
  if ("kind" in standing) return fault(standing);
  const { lists, sender } = standing;
  const messageId = `<${randomUUID()}@${lists[0]?.domain ?? config.hostname}>`;
  const author = authorOf(sender);
  const octetsKey = keyOf(composition, author, lists[0]);
  const sentBefore = kept?.key === octetsKey ? await store.messages.size(kept.messageId) : undefined;
  const { maxMessageBytes } = config.smtp;
  const make = async (): Promise<Pick<Incoming, "body" | "size"> | undefined> => {
    const attachments = await attachmentsOf(store, composition.id);
    const bytes = await composed(content, { sender, messageId, to: lists[0], attachments });
    if (bytes.length > maxMessageBytes) return undefined;
    return { body: await store.messages.stage(bytes, clock.now()), size: bytes.length };
  };
  const octets =
    kept !== undefined && sentBefore !== undefined
      ? { body: { contentOf: kept.messageId }, size: sentBefore }
      : await make();
  if (octets === undefined) return fault({ kind: "too-large", mostOctets: maxMessageBytes });
  const incoming = {
    ...octets,
    // No two sends are the same message, even if their words are.
    fingerprint: randomBytes(32).toString("hex"),
    messageIdField: messageId,
    mailFrom: author.address,
    author,
    subject: content.subject,
  };
  return { ok: true, ready: { composition, lists, incoming, posterId: sender.personId, origin, octetsKey } };
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
  const { followUp: plan, poll } = ready.composition.content;
  if (plan === undefined) return;
  for (const post of posts) {
    const list = ready.lists.find(({ id }) => id === post.listId);
    const first = nextStep(
      besidePoll(plan, poll?.closesAt),
      { taken: 0, before: startsAt },
      minuteOfDay(list?.timezone ?? config.timezone),
    );
    if (first !== undefined)
      await startFollowUp(write, { postId: post.id, plan, from: startsAt, nextAt: first.at, now: clock.now() });
  }
}

/** Takes back what was kept of a message that is not sent after all. */
export async function abandon({ store }: SendNeeds, { incoming }: ReadySend): Promise<void> {
  if ("stagedId" in incoming.body) await store.messages.discard(incoming.body.stagedId);
}

/** The lists that are there and the sender, who may post to each of them; or what is amiss. */
export async function standingOf(
  store: Store,
  { listIds, senderId }: CompositionContent,
): Promise<{ readonly lists: readonly MailingList[]; readonly sender: Sender } | SendFault> {
  const lists = await store.lists.some(listIds);
  if (lists.length === 0) return { kind: "no-list" };
  if (senderId === undefined) return { kind: "no-sender" };
  const senders = await Promise.all(lists.map((list) => store.senders.find(list.id, senderId)));
  const [sender] = senders.flatMap((one) => one ?? []);
  const barred = lists.filter((_, index) => senders[index] === undefined);
  return sender === undefined || barred.length > 0 ? { kind: "not-a-sender", lists: barred } : { lists, sender };
}

/** Differs as soon as the octets would. */
function keyOf(
  { id, edition }: Composition,
  author: { readonly name: string; readonly address: string },
  list: MailingList | undefined,
): string {
  const made = JSON.stringify([id, edition, author.name, author.address, list && listAddress(list)]);
  return createHash("sha256").update(made).digest("base64url");
}

function fault(of: SendFault): ReadiedSend {
  return { ok: false, fault: of };
}

export function authorOf({ name, addresses }: Sender): { readonly name: string; readonly address: string } {
  return { name, address: addresses[0] ?? "" };
}

/** Their octets, all in memory. */
export async function attachmentsOf(store: Store, compositionId: number): Promise<ComposedMessage["attachments"]> {
  return Promise.all(
    (await store.compositions.attachments(compositionId)).map(async ({ id, name, type }) => ({
      filename: name,
      contentType: type,
      content: Buffer.concat(await Array.fromAsync(store.compositions.attachmentChunks(id))),
    })),
  );
}

/** The message's octets, from which copies are made. */
export async function composed(
  { subject, text }: Pick<CompositionContent, "subject" | "text">,
  {
    sender,
    messageId,
    to,
    attachments,
  }: {
    readonly sender: Sender;
    readonly messageId: string;
    readonly to: MailingList | undefined;
    readonly attachments: ComposedMessage["attachments"];
  },
): Promise<Buffer> {
  const address = to === undefined ? "" : listAddress(to);
  // What the copy asks begins on a line of its own.
  const lines = text.endsWith("\n") ? text : `${text}\n`;
  return composeMessage({ from: authorOf(sender), to: address, subject, text: lines, messageId, attachments });
}
