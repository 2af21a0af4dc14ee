import { expect } from "chai";
import { sql } from "kysely";
import { watchChanges } from "../../../server/store/database/change-feed.ts";
import { onBothDatabases } from "../both-databases.ts";
import { givenList } from "../given.ts";
import { otherProcess } from "../other-process.ts";

/** Counts its calls; `next` resolves at the next one. */
class Heard {
  count = 0;
  #waiting: (() => void)[] = [];

  readonly call = (): void => {
    this.count++;
    for (const resolve of this.#waiting.splice(0)) resolve();
  };

  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

onBothDatabases("the change feed", (open, kind) => {
  it("hears of another process's change", async () => {
    const store = await open();
    await givenList(store);
    const heard = new Heard();
    const feed = await watchChanges(store.database, heard.call);
    const next = heard.next();
    const other = otherProcess("announce", store.database.location);
    await next;
    expect(await other.says()).to.equal("announced");
    await other.ended();
    await feed.close();
    const { count } = heard;
    await store.lists.update(1, { title: "after the end" });
    expect(heard.count).to.equal(count);
  });

  if (kind === "sqlite") {
    it("does not hear the server's own changes", async () => {
      const store = await open();
      const heard = new Heard();
      const feed = await watchChanges(store.database, heard.call);
      const list = await givenList(store);
      const commandLine = await open();
      const { count } = heard;
      for (let change = 0; change < 5; change++) await store.lists.update(list.id, { title: String(change) });
      expect(heard.count).to.equal(count);
      const next = heard.next();
      await commandLine.lists.update(list.id, { title: "from elsewhere" });
      await next;
      await feed.close();
    });
  }

  if (kind === "postgres") {
    it("listens again when its connection was lost, and looks at what it may have missed", async () => {
      const store = await open();
      await givenList(store);
      const heard = new Heard();
      const feed = await watchChanges(store.database, heard.call);
      const next = heard.next();
      await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`.execute(
        store.database.reader,
      );
      await next;
      const afterwards = heard.next();
      await otherProcess("announce", store.database.location).ended();
      await afterwards;
      await feed.close();
    });
  }
});
