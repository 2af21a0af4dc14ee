/** What tests of the store begin with: lists, members, posts and queues, in a line each. */
import type { Address } from "../../server/mail/address.ts";
import type { ListSettings, MailingList } from "../../server/lists/mailing-list.ts";
import { defaultSettings } from "../../server/lists/mailing-list.ts";
import type { Member } from "../../server/lists/member.ts";
import { acceptMessage } from "../../server/store/posts/acceptance.ts";
import type { AcceptedPost, Incoming, IncomingPost } from "../../server/store/posts/acceptance.ts";
import { claimDeliveries } from "../../server/store/deliveries/claims.ts";
import type { Claim } from "../../server/store/deliveries/claims.ts";
import { expandChunk } from "../../server/store/deliveries/expansion.ts";
import { recordOutcomes } from "../../server/store/deliveries/outcomes.ts";
import type { RecordedOutcome } from "../../server/store/deliveries/outcomes.ts";
import type { Store } from "../../server/store/store.ts";

/** Members have joined at this time, posts come at `later`. */
export const soon = 1_000;
export const later = 2_000;

/** "anne" or "anne@other.example". */
export function address(text: string): Address {
  const [local = "", domain = "example.com"] = text.split("@");
  return { local, domain };
}

export async function givenList(
  store: Store,
  name = "news",
  settings: Partial<ListSettings> = {},
): Promise<MailingList> {
  const list = await store.lists.create({
    ...defaultSettings,
    title: name,
    ...settings,
    name,
    domain: "lists.example.org",
    createdAt: soon,
  });
  if (list === undefined) throw new Error(`there is a list ${name} already`);
  return list;
}

/** Members by their addresses' local parts, or as many as a number says: m1, m2, … */
export async function givenMembers(store: Store, list: MailingList, who: number | readonly string[]): Promise<void> {
  const names = typeof who === "number" ? Array.from({ length: who }, (_, index) => `m${index + 1}`) : who;
  await store.members.save(
    list.id,
    names.map((name) => ({ address: address(name), name, attributes: {} })),
    soon,
  );
}

export async function member(store: Store, list: MailingList, name: string): Promise<Member> {
  const found = await store.members.findByAddress(list.id, address(name));
  if (found === undefined) throw new Error(`${name} is no member of ${list.name}`);
  return found;
}

export function incoming(
  lists: readonly MailingList[],
  changes: Partial<Incoming> & { readonly post?: Partial<IncomingPost> } = {},
): Incoming {
  const { post, ...message } = changes;
  const bytes = Buffer.from("From: anne@example.com\r\nSubject: hello\r\n\r\nhello\r\n");
  return {
    body: { bytes },
    size: bytes.length,
    fingerprint: "hello",
    messageIdField: "<hello@example.com>",
    mailFrom: "anne@example.com",
    author: { address: "anne@example.com", name: "Anne" },
    subject: "hello",
    receivedAt: later,
    posts: lists.map(({ id }) => ({
      listId: id,
      posterId: undefined,
      disposition: "accepted",
      asksConfirmation: false,
      startsAt: later,
      ...post,
    })),
    ...message,
  };
}

/** A post of its own fingerprint on each call, as the tests' names tell it. */
export async function givenPost(
  store: Store,
  list: MailingList,
  changes: Parameters<typeof incoming>[1] & { readonly fingerprint: string },
): Promise<AcceptedPost> {
  const [post] = await acceptMessage(store.database, incoming([list], changes));
  if (post === undefined) throw new Error("nothing was accepted");
  return post;
}

/** Writes down all recipients. */
export async function expand(store: Store, post: { readonly id: number }, now = later): Promise<void> {
  while (!(await expandChunk(store.database, post.id, now)));
}

/** A list with members and an expanded post to them. */
export async function givenQueue(
  store: Store,
  who: number | readonly string[],
): Promise<{ readonly list: MailingList; readonly post: AcceptedPost }> {
  const list = await givenList(store);
  await givenMembers(store, list, who);
  const post = await givenPost(store, list, { fingerprint: "queued" });
  await expand(store, post);
  return { list, post };
}

export function claim(store: Store, limit = 1000, now = later): Promise<readonly Claim[]> {
  return claimDeliveries(store.database, { limit, now });
}

export function names(claims: readonly { readonly address: string }[]): readonly string[] {
  return claims.map((one) => one.address.replace("@example.com", "")).toSorted();
}

export function outcome(
  claimed: Claim,
  state: RecordedOutcome["state"],
  changes: Partial<RecordedOutcome> = {},
): RecordedOutcome {
  return {
    id: claimed.id,
    postId: claimed.postId,
    state,
    reply: "250 ok",
    host: "mx.example.net",
    at: later,
    dueAt: later + 60_000,
    ...changes,
  };
}

/** The same outcome for all of them: its state, or more of it. */
export function record(
  store: Store,
  claims: readonly Claim[],
  changes: RecordedOutcome["state"] | (Partial<RecordedOutcome> & { readonly state: RecordedOutcome["state"] }),
): Promise<void> {
  const said = typeof changes === "string" ? { state: changes } : changes;
  return recordOutcomes(
    store.database,
    claims.map((one) => outcome(one, said.state, said)),
  );
}

export async function tallyOf(store: Store, post: { readonly id: number }): Promise<Readonly<Record<string, number>>> {
  const found = await store.posts.find(post.id);
  return Object.fromEntries(Object.entries(found?.tally ?? {}).filter(([, count]) => count !== 0));
}
