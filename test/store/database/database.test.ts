import { expect } from "chai";
import { sql } from "kysely";
import { takePostNumber } from "../../../server/store/posts/post-number.ts";
import type { Store } from "../../../server/store/store.ts";
import { processorTime } from "../../support/processor-time.ts";
import { onBothDatabases } from "../both-databases.ts";
import { givenList, givenMembers, givenQueue } from "../given.ts";
import { otherProcess } from "../other-process.ts";

async function rename(store: Store, id: number, title: string): Promise<void> {
  await store.lists.update(id, { title });
}

onBothDatabases("the database", (open, kind) => {
  it("rolls a failing transaction back whole, and takes the next", async () => {
    const store = await open();
    const list = await givenList(store);
    const failing = store.database.write(async (write) => {
      await write.updateTable("list").set({ title: "half" }).where("id", "=", list.id).execute();
      throw new Error("changed my mind");
    });
    expect(String(await failing.catch((error: unknown) => error))).to.match(/changed my mind/);
    expect((await store.lists.find(list.id))?.title).to.equal("news");
    await rename(store, list.id, "whole");
    expect((await store.lists.find(list.id))?.title).to.equal("whole");
  });

  it("rolls back where a statement fails within a transaction", async () => {
    const store = await open();
    const list = await givenList(store);
    const failing = store.database.write(async (write) => {
      await write.updateTable("list").set({ title: "half" }).where("id", "=", list.id).execute();
      await write.insertInto("poster").values({ list_id: list.id, person_id: 999, created_at: 1 }).execute();
    });
    expect(await failing.catch((error: unknown) => error)).to.be.instanceOf(Error);
    expect((await store.lists.find(list.id))?.title).to.equal("news");
    await rename(store, list.id, "whole");
  });

  it("does not lose a write when two connections of a process write at once", async () => {
    const stores = [await open(), await open()] as const;
    const list = await givenList(stores[0]);
    const numbers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        stores[index % 2 === 0 ? 0 : 1].database.write((write) => takePostNumber(write, list.id)),
      ),
    );
    expect(numbers.map(({ number }) => number).toSorted((a, b) => a - b)).to.deep.equal(
      Array.from({ length: 100 }, (_, index) => index + 1),
    );
  });

  it("reads what was committed while a transaction is open", async () => {
    const store = await open();
    const list = await givenList(store);
    const begun = Promise.withResolvers<void>();
    const read = Promise.withResolvers<void>();
    const writing = store.database.write(async (write) => {
      await write.updateTable("list").set({ title: "new" }).where("id", "=", list.id).execute();
      begun.resolve();
      await read.promise;
    });
    await begun.promise;
    expect((await store.lists.find(list.id))?.title).to.equal("news");
    read.resolve();
    await writing;
    expect((await store.lists.find(list.id))?.title).to.equal("new");
  });

  it("waits for another connection's transaction without holding up the process", async () => {
    const [store, other] = [await open(), await open()];
    const list = await givenList(store);
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const holding = other.database.write(async (write) => {
      await write.updateTable("list").set({ title: "held" }).where("id", "=", list.id).execute();
      begun.resolve();
      await end.promise;
    });
    await begun.promise;
    let done = false;
    const waiting = rename(store, list.id, "waited").then(() => (done = true));
    // Were it held up, the other transaction would never come to its end.
    for (let turns = 0; turns < 1000; turns++) await new Promise((resolve) => setImmediate(resolve));
    expect(done).to.equal(false);
    end.resolve();
    await Promise.all([holding, waiting]);
    expect((await store.lists.find(list.id))?.title).to.equal("waited");
  });

  it("writes and reads within a moment beside another process that writes and writes", async () => {
    const store = await open();
    const list = await givenList(store);
    const other = otherProcess("save", store.database.location);
    expect(await other.says()).to.equal("saving");
    const saving = new AbortController();
    const ending = other.says().then(() => saving.abort());
    const begun = performance.now();
    const waits: number[] = [];
    while (!saving.signal.aborted) {
      const start = performance.now();
      await rename(store, list.id, String(start));
      await store.posts.page({ limit: 10 });
      waits.push(performance.now() - start);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await ending;
    const took = performance.now() - begun;
    expect(await other.ended()).to.equal(0);
    const median = waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)] ?? Infinity;
    // By what the other's whole work takes on this machine, which is some seconds on a quick one.
    expect(median).to.be.lessThan(Math.max(100, took / 50));
    expect(await store.members.counts(list.id)).to.include({ active: 10_000 });
  });

  it("lets the event loop turn during long work of many statements", async () => {
    const store = await open();
    const { list, post } = await givenQueue(store, 3000);
    const turns: number[] = [];
    let turn = processorTime("thread");
    const timer = setInterval(() => {
      turns.push(turn());
      turn = processorTime("thread");
    }, 5);
    await givenMembers(store, list, 6000);
    await Array.fromAsync(store.deliveries.all(post.id));
    clearInterval(timer);
    // A turn that waited for all of it would have taken many times as long.
    expect(turns.toSorted((a, b) => a - b)[Math.floor(turns.length * 0.9)]).to.be.lessThan(100);
  });

  if (kind === "postgres") {
    it("works again after all connections were lost, even within a transaction", async () => {
      const [store, other] = [await open(), await open()];
      const list = await givenList(store);
      const cut = () =>
        sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`.execute(
          other.database.outsideTransactions,
        );
      const broken = store.database.write(async (write) => {
        await write.updateTable("list").set({ title: "half" }).where("id", "=", list.id).execute();
        await cut();
        await write.updateTable("list").set({ title: "more" }).where("id", "=", list.id).execute();
      });
      expect(await broken.catch((error: unknown) => error)).to.be.instanceOf(Error);
      await rename(store, list.id, "whole");
      expect((await store.lists.find(list.id))?.title).to.equal("whole");
      await cut();
      await rename(store, list.id, "again");
      const title = async () => (await store.lists.find(list.id))?.title;
      // A read tells of a lost connection; the pool has four of them.
      expect(await title().catch(title).catch(title).catch(title).catch(title)).to.equal("again");
    });
  }
});
