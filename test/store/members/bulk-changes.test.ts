import { expect } from "chai";
import type { BulkContent, BulkVerb } from "../../../server/lists/bulk-change.ts";
import type { Store } from "../../../server/store/store.ts";
import { deleteList } from "../../../server/store/deletion/delete-list.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, givenList, later, soon } from "../given.ts";

const day = 86_400_000;

async function givenPupils(store: Store, count: number): Promise<number> {
  const list = await givenList(store);
  const status = (index: number) =>
    (["active", "paused", "bounced", "waiting", "left"] as const)[index % 5] ?? "active";
  await store.members.save(
    list.id,
    Array.from({ length: count }, (_, index) => ({
      address: address(`p${index}`),
      name: index % 2 === 0 ? "山田" : "佐藤",
      attributes: { 組: String(index % 3) },
      status: status(index),
    })),
    soon,
  );
  return list.id;
}

async function run(store: Store, id: number, now = later): Promise<void> {
  while (await store.bulkChanges.advance(id, now));
}

async function change(
  store: Store,
  listId: number,
  { verb, ...content }: BulkContent & { readonly verb: BulkVerb },
): Promise<number> {
  const { id } = await store.bulkChanges.begin(listId, { verb, content, accountId: 1 }, later);
  await run(store, id);
  return id;
}

onBothDatabases("changes of many members", (open) => {
  const everybody = { search: "", status: undefined } as const;

  it("pause who is active, resume who is paused or bounces, remove all but who waits", async () => {
    const store = await open();
    const listId = await givenPupils(store, 150);
    const none = { waiting: 30, left: 30, active: 0, paused: 0, bounced: 0 };
    await change(store, listId, { verb: "pause", scope: everybody });
    expect(await store.members.counts(listId)).to.deep.equal({ ...none, paused: 60, bounced: 30 });
    await change(store, listId, { verb: "resume", scope: everybody });
    expect(await store.members.counts(listId)).to.deep.equal({ ...none, active: 90 });
    const id = await change(store, listId, { verb: "remove", scope: everybody });
    expect(await store.members.counts(listId)).to.deep.equal({ ...none, left: 120 });
    expect(await store.bulkChanges.find(id)).to.include({ state: "done", changed: 90 });
  });

  it("are about those who are named, or whom a search and a status find", async () => {
    const store = await open();
    const listId = await givenPupils(store, 300);
    await change(store, listId, {
      verb: "set",
      scope: { search: "山田", status: "active" },
      attribute: { name: "役員", value: "会計" },
    });
    const found = await store.members.page(listId, { search: "会計", limit: 500 });
    expect(found).to.have.length(30);
    expect(found.every(({ name, status }) => name === "山田" && status === "active")).to.equal(true);
    const [first, second] = found;
    const ids = [second?.id ?? 0, first?.id ?? 0, 999_999];
    await change(store, listId, { verb: "set", scope: { ids }, attribute: { name: "役員", value: "" } });
    expect(await store.members.page(listId, { search: "会計", limit: 500 })).to.have.length(28);
    expect((await store.members.find(first?.id ?? 0))?.attributes).to.deep.equal(
      first && { 組: first.attributes["組"] },
    );
  });

  it("never touch members of another list", async () => {
    const store = await open();
    const listId = await givenPupils(store, 10);
    const other = await givenList(store, "other");
    await store.members.save(other.id, [{ address: address("zoe"), name: "", attributes: {} }], soon);
    const zoe = await store.members.findByAddress(other.id, address("zoe"));
    await change(store, listId, { verb: "remove", scope: { ids: [zoe?.id ?? 0] } });
    expect((await store.members.find(zoe?.id ?? 0))?.status).to.equal("active");
  });

  it("are taken back, but for those whom somebody has changed since", async () => {
    const store = await open();
    const listId = await givenPupils(store, 150);
    const before = await store.members.page(listId, { limit: 500 });
    const id = await change(store, listId, { verb: "remove", scope: everybody });
    await store.members.setStatus(before[0]?.id ?? 0, "paused", later + 1);
    expect(await store.bulkChanges.undo(id, later + day)).to.equal(true);
    await run(store, id, later + day);
    expect(await store.bulkChanges.find(id)).to.include({ state: "undone", restored: 89 });
    const after = await store.members.page(listId, { limit: 500 });
    const shown = (one: (typeof before)[number]) => [one.id, one.status, one.leftAt, one.endedBy, one.attributes];
    expect(after.slice(1).map(shown)).to.deep.equal(before.slice(1).map(shown));
    expect(after[0]).to.include({ status: "paused" });
    expect(await store.bulkChanges.undo(id, later + day)).to.equal(false);
  });

  it("give attributes back as they were", async () => {
    const store = await open();
    const listId = await givenPupils(store, 70);
    const id = await change(store, listId, { verb: "set", scope: everybody, attribute: { name: "組", value: "9" } });
    expect(await store.members.page(listId, { search: "9", status: "active", limit: 100 })).to.have.length(14);
    await store.bulkChanges.undo(id, later + 1);
    await run(store, id);
    const classes = (await store.members.page(listId, { limit: 100 })).map(({ attributes }) => attributes["組"]);
    expect(classes).to.deep.equal(Array.from({ length: 70 }, (_, index) => String(index % 3)));
  });

  it("are found where a stop broke them off, and do nothing twice when two work on one", async () => {
    const store = await open();
    const listId = await givenPupils(store, 600);
    const content = { scope: everybody };
    const { id } = await store.bulkChanges.begin(listId, { verb: "pause", content, accountId: 1 }, later);
    await store.bulkChanges.advance(id, later);
    expect(await store.bulkChanges.atWork()).to.deep.equal([id]);
    await Promise.all([run(store, id), run(store, id)]);
    expect(await store.bulkChanges.find(id)).to.include({ state: "done", changed: 120 });
    expect(await store.bulkChanges.atWork()).to.deep.equal([]);
  });

  it("cannot be taken back after seven days, and are forgotten then", async () => {
    const store = await open();
    const listId = await givenPupils(store, 10);
    const id = await change(store, listId, { verb: "pause", scope: everybody });
    expect(await store.bulkChanges.undo(id, later + 7 * day)).to.equal(false);
    await store.bulkChanges.sweep(later + 7 * day - 1);
    expect(await store.bulkChanges.find(id)).to.include({ state: "done" });
    await store.bulkChanges.sweep(later + 7 * day);
    expect(await store.bulkChanges.find(id)).to.equal(undefined);
  });

  it("go with their list", async () => {
    const store = await open();
    const listId = await givenPupils(store, 10);
    const id = await change(store, listId, { verb: "pause", scope: everybody });
    await deleteList(store.database, listId);
    expect(await store.bulkChanges.find(id)).to.equal(undefined);
  });
});
