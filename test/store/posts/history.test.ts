import { expect } from "chai";
import { sql } from "kysely";
import { everyPost, postKinds, postOutcomes } from "../../../server/lists/post-filter.ts";
import type { PostFilter, PostKind, PostOutcome } from "../../../server/lists/post-filter.ts";
import { answeredShare, confirmedShare, openCopies } from "../../../server/lists/post.ts";
import type { GivenAnswer } from "../../../server/lists/poll-answer.ts";
import type { Post } from "../../../server/lists/post.ts";
import { recordAnswers } from "../../../server/store/answers/answers.ts";
import { recordConfirmations } from "../../../server/store/answers/confirmations.ts";
import { indexPosts, keepPostSearchRight } from "../../../server/store/posts/index-posts.ts";
import { insertPoll } from "../../../server/store/answers/polls.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, claim, expand, givenList, givenMembers, givenPost, later, record } from "../given.ts";
import { seeded } from "../seeded.ts";

const words = ["運動会", "お知らせ", "給食", "Bus", "9", "ﾊﾞｽ", "遠足のしおり", "100%"];
const senders = ["Anne", "先生 ハナコ", "bart"];

function mail(text: string): Buffer {
  const body = Buffer.from(text).toString("base64");
  return Buffer.from(
    `From: anne@example.com\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n`,
  );
}

async function indexAll(store: Store): Promise<void> {
  while ((await indexPosts(store.database)) > 0);
}

async function found(
  store: Store,
  filter: Partial<PostFilter>,
  listIds?: readonly number[],
): Promise<readonly string[]> {
  const { posts } = await store.posts.history({ listIds, filter: { ...everyPost, ...filter }, limit: 100 });
  return posts.map(({ subject }) => subject);
}

const answerOf = (deliveryId: number): GivenAnswer => ({
  deliveryId,
  anonymous: false,
  at: later,
  choices: new Set(),
  texts: new Map(),
});

type Written = { readonly post: Post; readonly text: string };

/** Posts of every kind and outcome, by chance that comes the same on each run. */
async function givenLife(
  store: Store,
  count: number,
): Promise<{ written: readonly Written[]; lists: readonly number[] }> {
  const chance = seeded(7);
  const lists = [
    await givenList(store, "news"),
    await givenList(store, "staff"),
    await givenList(store, "club", { countBy: "child" }),
  ];
  for (const list of lists) await givenMembers(store, list, ["m1", "m2"]);
  const family = ["m1", "m2"].map((name) => ({ address: address(name), name: "", attributes: { child: "7" } }));
  await store.members.save(lists[2]?.id ?? 0, family, later);
  const any = <T>(from: readonly [T, ...T[]]): T => from[chance(from.length)] ?? from[0];
  const texts = new Map<number, string>();
  for (let n = 0; n < count; n++) {
    const [text, subject] = [`${any(words as [string])}と${any(words as [string])}`, `${any(words as [string])} ${n}`];
    const [name, fate] = [any(senders as [string]), chance(8)];
    const bytes = mail(text);
    const pollId =
      chance(4) === 0
        ? await store.database.write((write) =>
            insertPoll(write, { anonymous: false, closesAt: undefined, questions: [] }, later),
          )
        : undefined;
    const asksConfirmation = chance(3) === 0;
    const post = await givenPost(store, any(lists as [(typeof lists)[0] & object]), {
      fingerprint: `life ${n}`,
      subject,
      body: { bytes },
      size: bytes.length,
      receivedAt: later + n,
      author: { name, address: `${n % 3}@example.com` },
      post: {
        disposition: fate === 0 ? "held" : fate === 1 ? "rejected" : "accepted",
        origin: any(["mail", "panel", "scheduled", "recurring"]),
        asksConfirmation,
        ...(pollId !== undefined && { pollId }),
      },
    });
    texts.set(post.id, text);
    if (fate > 2) await expand(store, post);
    if (fate === 3) await store.posts.stop(post.id, later);
    if (fate > 4) await record(store, await claim(store, 3), fate === 5 ? "failed" : "sent");
    const copies = await store.deliveries.page(post.id, { limit: 2 });
    if (asksConfirmation && chance(2) === 0)
      await recordConfirmations(
        store.database,
        copies.slice(0, 1).map(({ id }) => ({ deliveryId: id, at: later })),
      );
    if (pollId !== undefined && n % 2 === 0)
      await recordAnswers(
        store.database,
        copies.map(({ id }) => answerOf(id)),
      );
  }
  const all = await store.posts.page({ limit: 1000 });
  return { written: all.map((post) => ({ post, text: texts.get(post.id) ?? "" })), lists: lists.map(({ id }) => id) };
}

const isOfKind: Readonly<Record<PostKind, (post: Post) => boolean>> = {
  mail: ({ origin }) => origin === "mail",
  panel: ({ origin }) => origin === "panel",
  scheduled: ({ origin }) => origin === "scheduled",
  recurring: ({ origin }) => origin === "recurring",
  asks: ({ asksConfirmation }) => asksConfirmation,
  poll: ({ pollId }) => pollId !== undefined,
};

const runs = ({ disposition, stoppedAt }: Post): boolean => disposition === "accepted" && stoppedAt === undefined;
const astray = ({ tally }: Post): number => tally.failed + tally.bounced;
const cameTo: Readonly<Record<PostOutcome, (post: Post) => boolean>> = {
  well: (post) => runs(post) && post.expandedAt !== undefined && openCopies(post.tally) === 0 && astray(post) === 0,
  astray: (post) => post.disposition === "accepted" && astray(post) > 0,
  going: (post) => runs(post) && (post.expandedAt === undefined || openCopies(post.tally) > 0),
  stopped: (post) => post.disposition === "accepted" && post.stoppedAt !== undefined,
  held: ({ disposition }) => disposition === "held",
  rejected: ({ disposition }) => disposition === "rejected",
  unanswered: (post) => {
    const { done, all } = answeredShare(post);
    return post.disposition === "accepted" && post.pollId !== undefined && done < all;
  },
  unconfirmed: (post) => {
    const { done, all } = confirmedShare(post);
    return post.disposition === "accepted" && post.asksConfirmation && done < all;
  },
};

const plain = (text: string): string =>
  text.normalize("NFKC").toLowerCase().replaceAll("バス", "ばす").replaceAll("ハナコ", "はなこ");

function fits({ post, text }: Written, filter: PostFilter): boolean {
  const author = `${plain(post.authorName)} ${post.authorAddress}`;
  const all = `${plain(post.subject)} ${author} ${plain(text)}`;
  return (
    plain(filter.search)
      .split(" ")
      .every((word) => all.includes(word)) &&
    plain(filter.sender)
      .split(" ")
      .every((word) => author.includes(word)) &&
    post.acceptedAt >= (filter.since ?? 0) &&
    post.acceptedAt < (filter.until ?? Infinity) &&
    (filter.kind === undefined || isOfKind[filter.kind](post)) &&
    (filter.outcome === undefined || cameTo[filter.outcome](post))
  );
}

onBothDatabases("the history", (open, kind) => {
  it("finds by every combination of filters what a look at each post finds", async () => {
    const store = await open();
    const { written, lists } = await givenLife(store, 70);
    await indexAll(store);
    const chance = seeded(11);
    const some = <T>(from: readonly T[]): T | undefined => from[chance(from.length * 3)];
    for (let round = 0; round < 70; round++) {
      // At first each outcome by itself, which chance alone hardly brings.
      const alone = postOutcomes[round];
      const filter: PostFilter =
        alone !== undefined
          ? { ...everyPost, outcome: alone }
          : {
              search: [some(words), some(words)].filter(Boolean).join(" "),
              sender: some([...senders, "1@example"]) ?? "",
              since: some([later + 10, later + 40]),
              until: some([later + 50, later + 65]),
              kind: some(postKinds),
              outcome: some(postOutcomes),
            };
      const listIds = [undefined, lists.slice(0, 1), lists.slice(1), []][chance(4)];
      const expected = written.filter(
        (one) => fits(one, filter) && (listIds === undefined || listIds.includes(one.post.listId)),
      );
      const ids: number[] = [];
      for (let before: number | undefined; ;) {
        const page = await store.posts.history({ listIds, filter, before, limit: 7, patience: 20 });
        ids.push(...page.posts.map(({ id }) => id));
        before = page.next;
        if (before === undefined) break;
      }
      expect(ids, JSON.stringify({ filter, listIds })).to.deep.equal(expected.map(({ post }) => post.id));
    }
  });

  it("ends a page early when it has looked at enough, and goes on from there", async () => {
    const store = await open();
    const list = await givenList(store);
    for (let n = 0; n < 12; n++)
      await givenPost(store, list, { fingerprint: `${n}`, subject: n === 0 ? "Old" : "New" });
    const filter = { ...everyPost, outcome: "held" } as const;
    const first = await store.posts.history({ listIds: [list.id], filter, limit: 3, patience: 5 });
    expect(first).to.deep.include({ posts: [], isCut: true });
    expect(first.next).to.be.a("number");
    const last = await store.posts.history({ listIds: [list.id], filter, limit: 3, patience: 50 });
    expect(last).to.deep.equal({ posts: [], next: undefined, isCut: false });
  });

  it("finds words of two characters in the mail itself, also where a line was broken", async () => {
    const store = await open();
    const list = await givenList(store);
    const bytes = mail("来週の運\r\n動会は中止です。\r\n\r\nＢＵＳは８時です。ﾖｳﾁｴﾝ");
    await givenPost(store, list, { fingerprint: "1", subject: "Weather", body: { bytes }, size: bytes.length });
    await givenPost(store, list, { fingerprint: "2", subject: "Other" });
    await indexAll(store);
    for (const search of ["運動", "中止", "bus", "8時", "ようちえん", "weather 運動会", "anne 中止"])
      expect(await found(store, { search }), search).to.deep.equal(["Weather"]);
    for (const search of ["運会", "weather other", "です来週"])
      expect(await found(store, { search }), search).to.deep.equal([]);
    expect(await found(store, { sender: "運動" })).to.deep.equal([]);
    expect(await found(store, { sender: "ANNE" })).to.have.length(2);
  });

  it("knows posts by subject and author before their text is in the index", async () => {
    const store = await open();
    const list = await givenList(store);
    for (let n = 0; n < 30; n++) await givenPost(store, list, { fingerprint: `${n}`, subject: `遠足 ${n}` });
    expect(await found(store, { search: "遠足 29" })).to.deep.equal(["遠足 29"]);
    expect(await found(store, { search: "hello" })).to.deep.equal([]);
    expect(await indexPosts(store.database)).to.equal(20);
    expect(await found(store, { search: "hello" }), "the latest first").to.have.length(20);
    expect(await found(store, { search: "遠足" })).to.have.length(30);
    await indexAll(store);
    expect(await found(store, { search: "hello" })).to.have.length(30);
  });

  it("is put into the index anew when the rules were others, or it comes from a backup", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenPost(store, list, { fingerprint: "1", subject: "遠足" });
    await indexAll(store);
    await store.database.write(async (write) => {
      await sql`DELETE FROM post_text`.execute(write);
      await sql`DELETE FROM server_state WHERE key = 'post-search-rules'`.execute(write);
    });
    expect(await found(store, { search: "hello" })).to.deep.equal([]);
    await keepPostSearchRight(store.database);
    await indexAll(store);
    expect(await found(store, { search: "hello" })).to.deep.equal(["遠足"]);
  });

  it("leaves out deleted lists, and with a list its index goes", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenPost(store, list, { fingerprint: "1", subject: "遠足" });
    await indexAll(store);
    await store.lists.delete(list.id);
    expect(await found(store, { search: "遠足" })).to.deep.equal([]);
    expect(await found(store, {})).to.deep.equal([]);
    await store.database.write((write) => sql`DELETE FROM post`.execute(write));
    const left =
      kind === "sqlite"
        ? sql`SELECT rowid FROM post_search WHERE post_search MATCH '61'`
        : sql`SELECT post_id FROM post_search`;
    expect((await left.execute(store.database.reader)).rows).to.deep.equal([]);
  });
});
