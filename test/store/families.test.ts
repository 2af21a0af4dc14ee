import { expect } from "chai";
import { sql } from "kysely";
import { confirmedShare } from "../../server/lists/post.ts";
import { acceptMessage } from "../../server/store/posts/acceptance.ts";
import { recordConfirmations } from "../../server/store/answers/confirmations.ts";
import { handOver } from "../../server/store/deliveries/hand-over.ts";
import { silent } from "../../server/store/migrations/0031-silent.ts";
import { cancelWaiting } from "../../server/store/deliveries/outcomes.ts";
import { isAnybodySilent } from "../../server/store/answers/silent-members.ts";
import type { Store } from "../../server/store/store.ts";
import { onBothDatabases } from "./both-databases.ts";
import { address, expand, givenList, givenPost, incoming, later, member, soon } from "./given.ts";

onBothDatabases("families of a post", (open) => {
  async function given(
    store: Store,
    values: readonly (string | undefined)[],
    { countBy, name = countBy }: { readonly countBy: string; readonly name?: string },
  ) {
    const list = await givenList(store, `l${values.length}`, { countBy });
    const people = values.map((value, index) => ({
      address: address(`m${index}`),
      name: "",
      attributes: { other: "x", ...(value !== undefined && { [name]: value }) },
    }));
    await store.members.save(list.id, people, soon);
    const post = await givenPost(store, list, { fingerprint: list.name, post: { asksConfirmation: true } });
    await expand(store, post);
    await store.database.write(async (write) => write.updateTable("delivery").set({ state: "sent" }).execute());
    return post.id;
  }
  const press = async (store: Store, post: number, ...places: readonly number[]): Promise<void> => {
    const rows = await store.deliveries.page(post, { limit: 100 });
    await recordConfirmations(
      store.database,
      places.map((place) => ({ deliveryId: rows[place]?.id ?? 0, at: later })),
    );
  };

  for (const name of ["児童番号", 'a"b', "$", "$.other", "$[", "[0]", "a.b", "0", "'", "x".repeat(100)])
    it(`are told by an attribute called ${name.slice(0, 12)}, whatever a database makes of such names`, async () => {
      const store = await open();
      const post = await given(store, ["7", "7", "8"], { countBy: name });
      await press(store, post, 0);
      expect((await store.posts.find(post))?.responses).to.deep.equal({ confirmed: 1, households: 1, answered: 0 });
      expect(await isAnybodySilent(store.database, post, "unread")).to.equal(true);
      await press(store, post, 2);
      expect(await isAnybodySilent(store.database, post, "unread")).to.equal(false);
    });

  it("have values as long as a member's attribute can be", async () => {
    const store = await open();
    // No text that a database could compress into its index.
    const long = Array.from({ length: 4000 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
    ).join("");
    const post = await given(store, [long, long], { countBy: "番号" });
    await press(store, post, 0);
    expect(await isAnybodySilent(store.database, post, "unread")).to.equal(false);
  });

  it("go over with the copies of a message to two lists, and count where somebody gets it", async () => {
    const store = await open();
    const [one, two] = [
      await givenList(store, "class", { countBy: "child" }),
      await givenList(store, "club", { countBy: "child" }),
    ];
    const people = ["7", "7", "8", ""].map((child, place) => ({
      address: address(`m${place}`),
      name: "",
      attributes: child === "" ? {} : { child },
    }));
    for (const list of [one, two]) await store.members.save(list.id, people, soon);
    const posts = await acceptMessage(store.database, incoming([one, two], { post: { asksConfirmation: true } }));
    for (const post of posts) await expand(store, post);
    const [first = 0, second = 0] = posts.map(({ id }) => id);
    const counted = async () => {
      const found = await store.posts.some([first, second]);
      return found.map((post) => ({ ...confirmedShare(post), singles: post.singles }));
    };
    expect(await counted()).to.deep.equal([
      { done: 0, all: 3, singles: 1 },
      { done: 0, all: 0, singles: 0 },
    ]);
    // One parent leaves the first list: the other's copy still counts there.
    const gone = await member(store, one, "m0");
    await store.members.leave(gone.id, later);
    const copies = await store.deliveries.page(first, { limit: 9 });
    const idOf = (name: string): number => copies.find((copy) => copy.address.startsWith(name))?.id ?? 0;
    await store.database.write((write) => handOver(write, store.database, [idOf("m0")]));
    expect(await counted()).to.deep.equal([
      { done: 0, all: 3, singles: 1 },
      { done: 0, all: 1, singles: 0 },
    ]);
    await recordConfirmations(store.database, [{ deliveryId: idOf("m0"), at: later }]);
    // The first post is stopped: all of its copies go over, one of them to a family that has confirmed there.
    await store.posts.stop(first, later);
    await cancelWaiting(store.database, { postId: first, reason: "stopped", limit: 9 });
    expect(await counted()).to.deep.equal([
      { done: 0, all: 0, singles: 0 },
      { done: 1, all: 3, singles: 1 },
    ]);
    // What is cancelled in the end reaches nobody.
    await store.posts.stop(second, later);
    await cancelWaiting(store.database, { postId: second, reason: "stopped", limit: 9 });
    expect(await counted()).to.deep.equal([
      { done: 0, all: 0, singles: 0 },
      { done: 1, all: 1, singles: 0 },
    ]);
  });

  it("are found again in what an older version has written", async () => {
    const store = await open();
    const posts = [
      await given(store, ["7", "7", "8", undefined, undefined, "9"], { countBy: "番号" }),
      await given(store, ["7", "8"], { countBy: "", name: "番号" }),
    ];
    await press(store, posts[0] ?? 0, 1, 3);
    await press(store, posts[1] ?? 0, 0);
    const { database } = store;
    const state = async () => ({
      marks: await database.reader.selectFrom("delivery").select(["id", "silent_as"]).orderBy("id").execute(),
      posts: await database.reader.selectFrom("post").select(["id", "families", "singles"]).orderBy("id").execute(),
      tallies: await database.reader
        .selectFrom("response_tally")
        .selectAll()
        .orderBy("post_id")
        .orderBy("kind")
        .execute(),
    });
    const before = await state();
    // A family that has confirmed is passed over when it is met: its other copies may be marked.
    const mates = await database.reader
      .selectFrom("confirmation")
      .select("household")
      .where("household", "<>", "")
      .execute();
    expect(mates).to.deep.equal([{ household: "7" }]);
    const raw = database.outsideTransactions;
    await sql`DROP INDEX delivery_silent`.execute(raw);
    for (const [table, column] of [
      ["delivery", "silent_as"],
      ["post", "families"],
      ["post", "singles"],
    ] as const)
      await sql`ALTER TABLE ${sql.table(table)} DROP COLUMN ${sql.ref(column)}`.execute(raw);
    // Then, members without a value were no families.
    await sql`UPDATE response_tally SET count = count - 1 WHERE kind = 'households'`.execute(raw);
    await silent(database.kind).up(raw);
    const after = await state();
    expect(after.posts).to.deep.equal(before.posts);
    expect(after.tallies).to.deep.equal(before.tallies);
    const ofMate = after.marks.find(
      (row) => row.silent_as === "7" && before.marks.find(({ id }) => id === row.id)?.silent_as === null,
    );
    expect(after.marks.map((row) => (row.id === ofMate?.id ? null : row.silent_as))).to.deep.equal(
      before.marks.map((row) => row.silent_as),
    );
  });
});
