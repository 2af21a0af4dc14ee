import { expect } from "chai";
import type { Recipients } from "../../../server/lists/recipients.ts";
import { recordConfirmations } from "../../../server/store/answers/confirmations.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, claim, expand, givenList, givenPost, later, record, soon } from "../given.ts";

onBothDatabases("whom a post goes to", (open) => {
  async function given(store: Store, countBy = "") {
    const list = await givenList(store, "news", { countBy });
    const people = ["18", "20", "29", "30"].map((age, index) => ({
      address: address(`m${age}`),
      name: `M${age}`,
      attributes: { 年齢: age, 児童: index < 2 ? "7" : age },
    }));
    await store.members.save(list.id, people, soon);
    return list;
  }

  const recipientsOf = async (store: Store, post: { readonly id: number }) =>
    (await store.deliveries.page(post.id, { limit: 100 })).map((row) => row.address.replace("@example.com", ""));

  it("are the members for whom every condition is true when it is sent", async () => {
    const store = await open();
    const list = await given(store);
    const recipients: Recipients = { kind: "conditions", all: [{ field: "年齢", from: 20, to: 29 }] };
    const post = await givenPost(store, list, { fingerprint: "twenties", post: { recipients } });
    await store.members.save(list.id, [{ address: address("m18"), name: "", attributes: { 年齢: "21" } }], soon + 1);
    await expand(store, post);
    expect(await recipientsOf(store, post)).to.have.members(["m18", "m20", "m29"]);
    expect(await store.posts.find(post.id)).to.deep.include({ recipients, origin: "mail" });
    expect((await store.posts.find(post.id))?.tally.pending).to.equal(3);
  });

  it("are the ticked persons who are still there", async () => {
    const store = await open();
    const list = await given(store);
    const members = await store.members.page(list.id, { limit: 10 });
    const persons = members.filter(({ name }) => name !== "M20").map(({ personId }) => personId);
    await store.members.leave(members[0]?.id ?? 0, soon + 1);
    const recipients: Recipients = { kind: "ticked", persons };
    const post = await givenPost(store, list, { fingerprint: "ticked", post: { recipients } });
    await expand(store, post);
    expect(await recipientsOf(store, post)).to.have.members(["m29", "m30"]);
  });

  it("are nobody where nobody fits", async () => {
    const store = await open();
    const list = await given(store);
    const recipients: Recipients = { kind: "conditions", all: [{ field: "年齢", from: 90 }] };
    const post = await givenPost(store, list, { fingerprint: "old", post: { recipients } });
    await expand(store, post);
    expect(await recipientsOf(store, post)).to.deep.equal([]);
    expect((await store.posts.find(post.id))?.expandedAt).to.equal(later);
  });

  it("of a reminder are those whose copy left and who are silent; the answer goes to the first post", async () => {
    const store = await open();
    const list = await given(store);
    const first = await givenPost(store, list, { fingerprint: "first", post: { asksConfirmation: true } });
    await expand(store, first);
    const claims = await claim(store, 10);
    const [failing, ...others] = claims;
    await record(store, failing ? [failing] : [], "failed");
    await record(store, others, "sent");
    const [one] = others;
    await recordConfirmations(store.database, [{ deliveryId: one?.id ?? 0, at: later }]);
    const recipients: Recipients = { kind: "silent", of: "unread", address: "own" };
    const reminder = await givenPost(store, list, {
      fingerprint: "again",
      post: { recipients, origin: "reminder", reminds: first.id, asksConfirmation: true },
    });
    await expand(store, reminder);
    const silent = others.slice(1).map((each) => each.address.replace("@example.com", ""));
    expect(await recipientsOf(store, reminder)).to.have.members(silent);
    const reminding = await claim(store, 10);
    expect(reminding.map(({ asked }) => asked.id)).to.have.members(others.slice(1).map(({ id }) => id));
    expect(reminding.map(({ asked }) => asked.secret)).to.have.deep.members(
      others.slice(1).map(({ secret }) => secret),
    );
    // The history is of posts; a reminder stands with its own.
    expect((await store.posts.page({ limit: 10 })).map(({ id }) => id)).to.deep.equal([first.id]);
  });

  it("of a reminder are no families of which somebody has confirmed", async () => {
    const store = await open();
    const list = await given(store, "児童");
    const first = await givenPost(store, list, { fingerprint: "first", post: { asksConfirmation: true } });
    await expand(store, first);
    const claims = await claim(store, 10);
    await record(store, claims, "sent");
    const ofSeven = claims.find((each) => each.name === "M18");
    await recordConfirmations(store.database, [{ deliveryId: ofSeven?.id ?? 0, at: later }]);
    const recipients: Recipients = { kind: "silent", of: "unread", address: "own" };
    const post = { recipients, reminds: first.id };
    const reminder = await givenPost(store, list, { fingerprint: "again", post });
    await expand(store, reminder);
    expect(await recipientsOf(store, reminder)).to.have.members(["m29", "m30"]);
  });

  it("of the last reminder are the silent who have a second address, there", async () => {
    const store = await open();
    const list = await given(store);
    const first = await givenPost(store, list, { fingerprint: "first", post: { asksConfirmation: true } });
    await expand(store, first);
    await record(store, await claim(store, 10), "sent");
    const [one] = await store.members.page(list.id, { limit: 1 });
    await store.database.write(async (write) =>
      write
        .insertInto("address")
        .values({
          person_id: one?.personId ?? 0,
          address: "m18@work.example",
          canonical: "m18@work.example",
          created_at: soon,
        })
        .execute(),
    );
    const recipients: Recipients = { kind: "silent", of: "unread", address: "second" };
    const last = await givenPost(store, list, { fingerprint: "last", post: { recipients, reminds: first.id } });
    await expand(store, last);
    expect((await claim(store, 10)).map((each) => each.address)).to.deep.equal(["m18@work.example"]);
  });
});
