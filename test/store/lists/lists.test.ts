import { expect } from "chai";
import { completeMessage } from "../../../server/store/posts/messages.ts";
import { sql } from "kysely";
import { Bounces } from "../../../server/store/deliveries/bounces.ts";
import { defaultSettings } from "../../../server/lists/mailing-list.ts";
import { insertNotice } from "../../../server/store/deliveries/deliveries.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, claim, expand, givenList, givenMembers, givenPost, later, record, soon } from "../given.ts";

onBothDatabases("lists", (open) => {
  it("keeps every setting of a list", async () => {
    const { lists } = await open();
    const settings = {
      title: "学級だより",
      language: "ja",
      timezone: "Asia/Tokyo",
      posting: "members",
      proof: "from-only",
      replyTo: "list",
      prefix: "[news:%n]",
      ownCopy: false,
      cooloffMs: 60_000,
      joining: { ...defaultSettings.joining, mode: "approval", code: "桜", until: later },
      required: true,
      countBy: "児童番号",
      reportTo: "both",
      reportNews: true,
    } as const;
    const made = await lists.create({ ...settings, name: "news", domain: "lists.example.org", createdAt: soon });
    expect(made).to.deep.include({ ...settings, name: "news", domain: "lists.example.org", createdAt: soon });
    expect(await lists.find(made?.id ?? 0)).to.deep.equal(made);
    expect(await lists.findByAddress("news", "lists.example.org")).to.deep.equal(made);
    expect(await lists.findByAddress("news", "elsewhere.example")).to.equal(undefined);
  });

  it("takes a name once a domain", async () => {
    const { lists } = await open();
    const news = { ...defaultSettings, title: "", name: "news", createdAt: soon };
    expect(await lists.create({ ...news, domain: "b.example" })).to.not.equal(undefined);
    expect(await lists.create({ ...news, domain: "b.example" })).to.equal(undefined);
    expect(await lists.create({ ...news, domain: "a.example" })).to.not.equal(undefined);
    expect((await lists.findByName("news")).map((list) => list.domain)).to.deep.equal(["a.example", "b.example"]);
  });

  it("changes only the settings that are named", async () => {
    const store = await open();
    const list = await givenList(store, "news", { prefix: "[news]" });
    await store.lists.update(list.id, { title: "The news", cooloffMs: 5 });
    expect(await store.lists.find(list.id)).to.deep.equal({ ...list, title: "The news", cooloffMs: 5 });
  });

  it("counts active members and posts, and tells when the last post came", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenList(store, "empty");
    await givenMembers(store, list, 3);
    await store.members.setStatus(1, "paused", later);
    await givenPost(store, list, { fingerprint: "first", receivedAt: later });
    await givenPost(store, list, { fingerprint: "second", receivedAt: later + 5 });
    const summaries = (await store.lists.summaries()).map(({ name, members, posts, lastPostAt }) => ({
      name,
      members,
      posts,
      lastPostAt,
    }));
    expect(summaries).to.deep.equal([
      { name: "empty", members: 0, posts: 0, lastPostAt: undefined },
      { name: "news", members: 2, posts: 2, lastPostAt: later + 5 },
    ]);
  });

  it("finds lists by a part of name or title, taken literally", async () => {
    const store = await open();
    await givenList(store, "news", { title: "100% Ｎｅｗｓ" });
    await givenList(store, "other", { title: "Other things" });
    const found = async (search: string) => (await store.lists.summaries({ search })).map((list) => list.name);
    expect(await found("NEW")).to.deep.equal(["news"]);
    expect(await found("Ｎｅｗ")).to.deep.equal(["news"]);
    expect(await found("news@lists")).to.deep.equal(["news"]);
    expect(await found("THINGS")).to.deep.equal(["other"]);
    expect(await found("0%")).to.deep.equal(["news"]);
    expect(await found("o%r")).to.deep.equal([]);
    expect(await found("o_her")).to.deep.equal([]);
    expect(await found("\\")).to.deep.equal([]);
    expect(await found("\0")).to.deep.equal([]);
  });

  it("shows an account the lists that it administers", async () => {
    const store = await open();
    const mine = await givenList(store, "mine");
    await givenList(store, "theirs");
    const account = await store.accounts.add(
      { username: "anne", address: address("anne"), passwordHash: undefined, isOwner: false, listIds: [mine.id] },
      soon,
    );
    expect((await store.lists.summaries({ accountId: account?.id })).map((list) => list.name)).to.deep.equal(["mine"]);
  });

  it("deletes a list with all that hangs on it, and nothing of another", async () => {
    const store = await open();
    for (const name of ["gone", "stays"]) {
      const list = await givenList(store, name);
      await givenMembers(store, list, 3);
      await store.senders.add(list.id, { addresses: [address("anne")], name: "Anne" }, soon);
      await expand(store, await givenPost(store, list, { fingerprint: name }));
      const claims = await claim(store);
      await record(store, claims, "sent");
      const report = {
        permanence: "permanent",
        status: "5.1.1",
        diagnostic: "no",
        report: Buffer.from("report"),
        receivedAt: later,
      } as const;
      await new Bounces(store.database).record({
        ...report,
        deliveryId: claims.find((one) => one.listId === list.id)?.id ?? 0,
      });
      await store.refusals.record({
        listId: list.id,
        at: later,
        client: "",
        mailFrom: "",
        author: "",
        subject: "",
        reason: "",
        reply: "",
      });
      await store.database.write(async (write) => {
        const messageId = await completeMessage(write, {
          body: { bytes: Buffer.from(name) },
          size: 0,
          mailFrom: "",
          receivedAt: later,
        });
        await insertNotice(write, {
          messageId,
          listId: list.id,
          rcptTo: "anne@example.com",
          secret: Buffer.alloc(16),
          now: later,
        });
      });
    }
    const [gone] = await store.lists.findByName("gone");
    await store.lists.delete(gone?.id ?? 0);
    const tables = [
      "list",
      "membership",
      "membership_version",
      "poster",
      "post",
      "tally",
      "delivery",
      "bounce",
      "refusal",
      "message",
      "message_chunk",
    ];
    const counts: Record<string, number> = {};
    for (const table of tables) {
      const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(
        store.database.reader,
      );
      counts[table] = rows[0]?.n ?? -1;
    }
    expect(counts).to.include({
      list: 1,
      membership: 3,
      membership_version: 3,
      poster: 1,
      post: 1,
      delivery: 4,
      bounce: 1,
      refusal: 1,
      message: 3,
      message_chunk: 3,
    });
    expect((await store.lists.summaries()).map((list) => list.name)).to.deep.equal(["stays"]);
  });
});
