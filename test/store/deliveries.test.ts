import { expect } from "chai";
import type { DeliveryKey } from "../../server/store/deliveries.ts";
import type { Delivery } from "../../server/store/delivery-rows.ts";
import type { Store } from "../../server/store/store.ts";
import { onBothDatabases } from "./both-databases.ts";
import { address, claim, givenMembers, givenQueue, later, member, record } from "./given.ts";

async function everyPage(
  store: Store,
  postId: number,
  filter: { readonly state?: Delivery["state"]; readonly search?: string; readonly limit: number },
): Promise<readonly Delivery[]> {
  const rows: Delivery[] = [];
  for (let after: DeliveryKey | undefined; ;) {
    const page = await store.deliveries.page(postId, { ...filter, ...(after && { after }) });
    rows.push(...page);
    const last = page.at(-1);
    if (last === undefined) return rows;
    after = { state: last.state, id: last.id };
  }
}

/** 40 members: 12 sent, 5 deferred, 3 failed, 10 sending, 10 pending. */
async function givenMixture(store: Store): Promise<{ readonly postId: number }> {
  const { post } = await givenQueue(store, 40);
  const claims = await claim(store, 30);
  await record(store, claims.slice(0, 12), "sent");
  await record(store, claims.slice(12, 17), "deferred");
  await record(store, claims.slice(17, 20), "failed");
  return { postId: post.id };
}

onBothDatabases("deliveries", (open) => {
  it("pages through all, what went wrong first, each once", async () => {
    const store = await open();
    const { postId } = await givenMixture(store);
    const rows = await everyPage(store, postId, { limit: 7 });
    expect(rows.map((row) => row.state)).to.deep.equal(
      ["deferred", "failed", "pending", "sending", "sent"].flatMap((state, index) =>
        Array<string>([5, 3, 10, 10, 12][index] ?? 0).fill(state),
      ),
    );
    expect(new Set(rows.map((row) => row.id)).size).to.equal(40);
  });

  it("pages through one state", async () => {
    const store = await open();
    const { postId } = await givenMixture(store);
    const rows = await everyPage(store, postId, { limit: 5, state: "sent" });
    expect(rows.map((row) => row.name)).to.deep.equal(Array.from({ length: 12 }, (_, index) => `m${index + 1}`));
  });

  it("finds by a part of address or name, in all states or one", async () => {
    const store = await open();
    const { postId } = await givenMixture(store);
    expect((await everyPage(store, postId, { limit: 2, search: "M1" })).map((row) => row.name)).to.have.members([
      "m1",
      "m10",
      "m11",
      "m12",
      "m13",
      "m14",
      "m15",
      "m16",
      "m17",
      "m18",
      "m19",
    ]);
    expect(
      (await everyPage(store, postId, { limit: 2, search: "m1", state: "failed" })).map((row) => row.name),
    ).to.deep.equal(["m18", "m19"]);
    expect(await everyPage(store, postId, { limit: 2, search: "example.net" })).to.deep.equal([]);
  });

  it("finds what is rare among many, as it was at sending, whoever the member has become since", async function () {
    this.timeout(120_000);
    const store = await open();
    const { list, post } = await givenQueue(store, 4600);
    await record(store, await claim(store, 20), "failed");
    const found = async (search: string, state?: Delivery["state"]) =>
      (await everyPage(store, post.id, { limit: 2, search, ...(state && { state }) })).map((row) => row.name);
    expect(await found("m4599")).to.deep.equal(["m4599"]);
    expect(await found("m4599", "failed")).to.deep.equal([]);
    expect(await found("M17 exam", "failed")).to.deep.equal(["m17"]);
    expect(await found("zz")).to.deep.equal([]);
    // Who joins later or changes since has got what they got.
    await givenMembers(store, list, ["m4599b"]);
    const before = await member(store, list, "m4598");
    const change = { address: address("other"), name: "Other", attributes: {}, versionId: before.versionId };
    await store.members.edit(before.id, change, later + 1);
    expect(await found("m4598")).to.deep.equal(["m4598"]);
    expect(await found("other")).to.deep.equal([]);
    expect(await found("m4599")).to.deep.equal(["m4599"]);
  });

  it("gives all for a download in pieces, each once, though states change meanwhile", async function () {
    this.timeout(60_000);
    const store = await open();
    const { post } = await givenQueue(store, 2345);
    const seen: number[] = [];
    for await (const rows of store.deliveries.all(post.id)) {
      seen.push(...rows.map((row) => row.id));
      await record(store, await claim(store, 400), "sent");
    }
    expect(seen.length).to.equal(2345);
    expect(new Set(seen).size).to.equal(2345);
    const failed = [];
    for await (const rows of store.deliveries.all(post.id, "failed")) failed.push(...rows);
    expect(failed).to.deep.equal([]);
  });

  it("knows neither deliveries of no post nor a delivery that is none", async () => {
    const store = await open();
    expect(await store.deliveries.page(999, { limit: 10 })).to.deep.equal([]);
    expect(await Array.fromAsync(store.deliveries.all(999))).to.deep.equal([]);
    expect(await store.deliveries.find(999)).to.equal(undefined);
    expect(await store.deliveries.secretOf(999)).to.equal(undefined);
    expect(await store.deliveries.forShowing(999)).to.equal(undefined);
  });

  it("shows a member's name and address as they were at sending", async () => {
    const store = await open();
    const { list, post } = await givenQueue(store, ["anne"]);
    const [before] = await store.members.page(list.id, { limit: 1 });
    if (before === undefined) throw new Error("a member was expected");
    await store.members.edit(
      before.id,
      { address: { local: "anna", domain: "example.com" }, name: "Anna", attributes: {}, versionId: before.versionId },
      later,
    );
    expect((await store.deliveries.page(post.id, { limit: 1 }))[0]).to.include({
      name: "anne",
      address: "anne@example.com",
    });
    expect((await claim(store))[0]).to.include({ name: "anne", address: "anne@example.com" });
  });
});
