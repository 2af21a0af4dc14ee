import { expect } from "chai";
import { blankContent } from "../../../server/lists/composition.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { sweepCompositions } from "../../../server/store/deletion/sweep-compositions.ts";
import { address, givenList, givenPost, later, soon } from "../given.ts";

onBothDatabases("compositions", (open) => {
  const draft = (store: Store, subject: string, now = soon) =>
    store.compositions.create({ accountId: 1, kind: "draft", title: "", content: { ...blankContent, subject } }, now);

  it("are kept as they were written, the last changed first", async () => {
    const store = await open();
    const one = await draft(store, "One 水");
    await draft(store, "Two", soon + 1);
    expect(await store.compositions.find(one.id)).to.deep.equal(one);
    await store.compositions.save({ id: one.id, edition: 1, content: { ...blankContent, subject: "One!" } }, later);
    const drafts = await store.compositions.ofAccount(1, "draft", 10);
    expect(drafts.map(({ content }) => content.subject)).to.deep.equal(["One!", "Two"]);
    expect(await store.compositions.ofAccount(2, "draft", 10)).to.deep.equal([]);
  });

  it("tell who saves an older edition, and lose nothing of the newer", async () => {
    const store = await open();
    const { compositions } = store;
    const { id } = await draft(store, "One");
    expect(await compositions.save({ id, edition: 1, title: "First" }, later)).to.equal(2);
    expect(await compositions.save({ id, edition: 1, title: "Second" }, later)).to.equal(undefined);
    expect((await compositions.find(id))?.title).to.equal("First");
  });

  it("are copied with their attachments, which go with them", async () => {
    const store = await open();
    const { id } = await draft(store, "One");
    const attachment = await store.compositions.addAttachment(id, { name: "a.pdf", type: "application/pdf" }, soon);
    await store.compositions.addChunk(attachment, 0, Buffer.alloc(256 * 1024, 1));
    await store.compositions.addChunk(attachment, 1, Buffer.from("end"));
    const copy = await store.compositions.copy(id, { accountId: 1, kind: "template", title: "T" }, later);
    await store.compositions.remove(id);
    const [kept] = await store.compositions.attachments(copy?.id ?? 0);
    expect(kept).to.deep.include({ name: "a.pdf", type: "application/pdf", size: 256 * 1024 + 3 });
    const octets = Buffer.concat(await Array.fromAsync(store.compositions.attachmentChunks(kept?.id ?? 0)));
    expect(octets.length).to.equal(256 * 1024 + 3);
    expect(octets.subarray(-3).toString()).to.equal("end");
    expect(await store.compositions.attachments(id)).to.deep.equal([]);
  });

  it("go when their account or all of their posts are gone, and no sooner", async () => {
    const store = await open();
    const { compositions, database } = store;
    const anne = await store.accounts.add(
      { username: "anne", address: address("anne"), passwordHash: undefined, isOwner: true, listIds: [] },
      soon,
    );
    const make = (accountId: number, kind: "draft" | "template" | "sent" | "schedule") =>
      compositions.create({ accountId, kind, title: "", content: blankContent }, soon);
    const list = await givenList(store);
    const kept = [
      await make(anne?.id ?? 0, "draft"),
      await make(anne?.id ?? 0, "template"),
      await make(99, "sent"),
      await make(99, "schedule"),
    ];
    await givenPost(store, list, { fingerprint: "kept", post: { compositionId: kept[2]?.id ?? 0 } });
    const gone = [await make(99, "draft"), await make(99, "template"), await make(anne?.id ?? 0, "sent")];
    const file = await compositions.addAttachment(gone[0]?.id ?? 0, { name: "a", type: "text/plain" }, soon);
    for (let seq = 0; seq < 10; seq++) await compositions.addChunk(file, seq, Buffer.alloc(1000));
    await sweepCompositions(database);
    const left = await database.reader.selectFrom("composition").select("id").orderBy("id").execute();
    expect(left.map(({ id }) => id)).to.deep.equal(kept.map(({ id }) => id));
    expect(await database.reader.selectFrom("attachment_chunk").select("seq").execute()).to.deep.equal([]);
  });
});
