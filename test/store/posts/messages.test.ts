import { expect } from "chai";
import { acceptMessage } from "../../../server/store/posts/acceptance.ts";
import { chunkOctets, completeMessage, sweepUnused } from "../../../server/store/posts/messages.ts";
import type { IncomingBody } from "../../../server/store/posts/messages.ts";
import { onBothDatabases } from "../both-databases.ts";
import { givenList, incoming, later, soon } from "../given.ts";

onBothDatabases("messages", (open) => {
  it("counts a message that comes in pieces only when it is accepted", async () => {
    const store = await open();
    const list = await givenList(store);
    const pieces = [Buffer.alloc(chunkOctets, 1), Buffer.alloc(chunkOctets, 2), Buffer.from("end")];
    const id = await store.messages.begin("anne@example.com", soon);
    for (const [seq, piece] of pieces.entries()) await store.messages.append(id, seq, piece);
    expect(await store.messages.size(id)).to.equal(undefined);
    const whole = Buffer.concat(pieces);
    await acceptMessage(store.database, incoming([list], { body: { stagedId: id }, size: whole.length }));
    expect(await store.messages.size(id)).to.equal(whole.length);
    expect((await store.messages.read(id)).equals(whole)).to.equal(true);
  });

  it("keeps a message of several pieces that was whole in memory, octet for octet", async () => {
    const store = await open();
    const bytes = Buffer.from(Array.from({ length: chunkOctets + 300 }, (_, index) => index % 256));
    const id = await store.database.write((write) =>
      completeMessage(write, { body: { bytes }, size: bytes.length, mailFrom: "", receivedAt: soon }),
    );
    const sizes = [];
    for await (const chunk of store.messages.chunks(id)) sizes.push(chunk.length);
    expect(sizes).to.deep.equal([chunkOctets, 300]);
    expect((await store.messages.read(id)).equals(bytes)).to.equal(true);
    expect(await store.messages.size(id)).to.equal(bytes.length);
  });

  it("takes back what was not accepted, and never what was", async () => {
    const store = await open();
    const list = await givenList(store);
    const left = await store.messages.begin("", soon);
    await store.messages.append(left, 0, Buffer.from("left"));
    await store.messages.discard(left);
    expect((await store.messages.read(left)).length).to.equal(0);
    const kept = await store.messages.begin("", soon);
    await store.messages.append(kept, 0, Buffer.from("kept"));
    await acceptMessage(store.database, incoming([list], { body: { stagedId: kept }, size: 4, receivedAt: later }));
    await store.messages.discard(kept);
    await store.messages.sweep(Number.MAX_SAFE_INTEGER);
    expect((await store.messages.read(kept)).toString()).to.equal("kept");
  });

  it("sweeps what was arriving when the server died", async () => {
    const store = await open();
    const id = await store.messages.begin("", soon);
    await store.messages.append(id, 0, Buffer.from("half"));
    await store.messages.sweep(Number.MAX_SAFE_INTEGER);
    expect((await store.messages.read(id)).length).to.equal(0);
  });

  it("keeps the octets of what is sent again once, and as long as anything needs them", async () => {
    const store = await open();
    const list = await givenList(store);
    const bytes = Buffer.from("Subject: again\r\n\r\nagain\r\n");
    const message = { size: bytes.length, mailFrom: "", receivedAt: soon };
    const complete = (body: IncomingBody) =>
      store.database.write((write) => completeMessage(write, { ...message, body }));
    const first = await complete({ bytes });
    const second = await complete({ contentOf: first });
    const third = await complete({ contentOf: second });
    expect((await store.messages.read(third)).equals(bytes)).to.equal(true);
    expect(await store.messages.size(third)).to.equal(bytes.length);
    const chunks = await store.database.reader.selectFrom("message_chunk").select("message_id").execute();
    expect(chunks).to.deep.equal([{ message_id: first }]);
    const [post] = await acceptMessage(
      store.database,
      incoming([list], { body: { contentOf: third }, fingerprint: "x" }),
    );
    const sent = (await store.posts.find(post?.id ?? 0))?.messageId ?? 0;
    for (let round = 0; round < 2; round++) await sweepUnused(store.database);
    expect((await store.messages.read(sent)).equals(bytes)).to.equal(true);
    expect(await store.messages.size(third)).to.equal(undefined);
  });
});
