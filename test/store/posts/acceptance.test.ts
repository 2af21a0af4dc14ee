import { expect } from "chai";
import { sql } from "kysely";
import { acceptMessage } from "../../../server/store/posts/acceptance.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, givenList, incoming, later } from "../given.ts";

const day = 86_400_000;

async function messageCount(store: Store): Promise<number | undefined> {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM message`.execute(store.database.reader);
  return rows[0]?.count;
}

onBothDatabases("acceptance", (open) => {
  it("makes a post on each list, numbered from 1 on each", async () => {
    const store = await open();
    const [news, staff] = [await givenList(store, "news"), await givenList(store, "staff")];
    await acceptMessage(store.database, incoming([news], { fingerprint: "first" }));
    const posts = await acceptMessage(store.database, incoming([staff, news], { fingerprint: "second" }));
    expect(posts.map(({ listId, number, again }) => ({ listId, number, again }))).to.have.deep.members([
      { listId: news.id, number: 2, again: false },
      { listId: staff.id, number: 1, again: false },
    ]);
    expect(await messageCount(store)).to.equal(2);
  });

  it("keeps what the message said", async () => {
    const store = await open();
    const list = await givenList(store);
    const post = { disposition: "held", asksConfirmation: true, startsAt: later + 60_000 } as const;
    const [made] = await acceptMessage(
      store.database,
      incoming([list], { subject: "こんにちは", author: { address: "a@b.example", name: "山田" }, post }),
    );
    expect(await store.posts.find(made?.id ?? 0)).to.deep.include({
      subject: "こんにちは",
      authorAddress: "a@b.example",
      authorName: "山田",
      number: 1,
      listName: "news",
      disposition: "held",
      asksConfirmation: true,
      acceptedAt: later,
      startsAt: later + 60_000,
      expandedAt: undefined,
      stoppedAt: undefined,
    });
  });

  it("calls who gave no name as they are registered", async () => {
    const store = await open();
    const list = await givenList(store);
    await store.senders.add(list.id, { addresses: [address("anne")], name: "山田" }, later);
    const posterId = (await store.senders.all(list.id))[0]?.personId;
    const named = async (name: string, post: object): Promise<string | undefined> => {
      const author = { address: "anne@example.com", name };
      const fingerprint = JSON.stringify([name, post]);
      const [made] = await acceptMessage(store.database, incoming([list], { author, fingerprint, post }));
      return (await store.posts.find(made?.id ?? 0))?.authorName;
    };
    expect(await named("", { posterId })).to.equal("山田");
    expect(await named("Anne", { posterId })).to.equal("Anne");
    expect(await named("", {})).to.equal("");
  });

  it("takes a subject that has a NUL in it", async () => {
    const store = await open();
    const list = await givenList(store);
    const [made] = await acceptMessage(store.database, incoming([list], { subject: "one\0two" }));
    expect((await store.posts.find(made?.id ?? 0))?.subject).to.match(/^one.two$/u);
  });

  it("takes the same message again, within seven days, for the post that it is", async () => {
    const store = await open();
    const list = await givenList(store);
    const [first] = await acceptMessage(store.database, incoming([list]));
    const again = await acceptMessage(store.database, incoming([list], { receivedAt: later + 6 * day }));
    expect(again).to.deep.equal([{ ...first, again: true }]);
    expect(await messageCount(store)).to.equal(1);
    const [afresh] = await acceptMessage(store.database, incoming([list], { receivedAt: later + 8 * day }));
    expect(afresh).to.include({ number: 2, again: false });
    expect(await messageCount(store)).to.equal(2);
  });

  it("drops the pieces of a message that came again", async () => {
    const store = await open();
    const list = await givenList(store);
    await acceptMessage(store.database, incoming([list]));
    const stagedId = await store.messages.begin("", later);
    await store.messages.append(stagedId, 0, Buffer.from("again"));
    const [again] = await acceptMessage(store.database, incoming([list], { body: { stagedId } }));
    expect(again).to.include({ again: true });
    expect((await store.messages.read(stagedId)).length).to.equal(0);
    expect(await messageCount(store)).to.equal(1);
  });

  it("keeps one message for two lists, even when the second is reached by a later transaction", async () => {
    const store = await open();
    const [news, staff] = [await givenList(store, "news"), await givenList(store, "staff")];
    const [first] = await acceptMessage(store.database, incoming([news]));
    const both = await acceptMessage(store.database, incoming([news, staff]));
    expect(both.map(({ again }) => again)).to.deep.equal([true, false]);
    const found = await Promise.all(both.map(({ id }) => store.posts.find(id)));
    expect(new Set(found.map((post) => post?.messageId)).size).to.equal(1);
    expect(both[0]).to.include({ id: first?.id });
    expect(await messageCount(store)).to.equal(1);
  });

  it("makes one post when two processes take the same message at the same time", async () => {
    const stores = [await open(), await open()] as const;
    const [news, staff] = [await givenList(stores[0], "news"), await givenList(stores[0], "staff")];
    for (let round = 1; round <= 20; round++) {
      const fingerprint = `round ${round}`;
      const results = await Promise.all([
        acceptMessage(stores[0].database, incoming([news, staff], { fingerprint })),
        acceptMessage(stores[1].database, incoming([staff, news], { fingerprint })),
        acceptMessage(stores[1].database, incoming([staff], { fingerprint })),
      ]);
      expect(new Set(results.flat().map((post) => post.id)).size).to.equal(2);
      expect(new Set(results.flat().map((post) => post.number))).to.deep.equal(new Set([round]));
    }
    expect(await messageCount(stores[0])).to.equal(20);
  });

  it("accepts nothing at all when one of the lists is gone", async () => {
    const store = await open();
    const list = await givenList(store);
    const lists = [list, { ...list, id: 999 }];
    const result = await acceptMessage(store.database, incoming(lists)).catch((error: unknown) => error);
    expect(result).to.be.instanceOf(Error);
    expect(await messageCount(store)).to.equal(0);
    expect(await store.posts.page({ limit: 10 })).to.deep.equal([]);
    expect((await acceptMessage(store.database, incoming([list])))[0]).to.include({ number: 1 });
  });
});
