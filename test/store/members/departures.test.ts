import { expect } from "chai";
import { endByMember, mostCounted, returnFrom } from "../../../server/store/members/departures.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { givenList, givenMembers, later, member } from "../given.ts";

onBothDatabases("departures", (open) => {
  const leaves = (store: Store, membershipId: number, now: number): Promise<boolean> =>
    store.database.write((write) => endByMember(write, store.database.kind, { membershipId, now }));
  const returns = (store: Store, membershipId: number, leftAt: number): Promise<boolean> =>
    store.database.write((write) =>
      returnFrom(write, store.database.kind, { membershipId, leftAt, now: leftAt + 1000 }),
    );

  it("are paged newest first, each once, with who ended it", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne", "bart", "cris", "dora", "emil"]);
    for (const [name, at] of [
      ["anne", 10],
      ["bart", 20],
      ["cris", 20],
    ] as const)
      await leaves(store, (await member(store, list, name)).id, later + at);
    await store.members.setStatus((await member(store, list, "dora")).id, "left", later + 30);

    const pages = [];
    for (let before; ;) {
      const page = await store.departures.page(list.id, { limit: 1, ...(before && { before }) });
      const [last] = page;
      if (last === undefined) break;
      pages.push(`${last.name} ${last.endedBy} ${last.leftAt - later}`);
      before = { leftAt: last.leftAt, id: last.membershipId };
    }

    expect(pages).to.deep.equal(["dora administrator 30", "cris member 20", "bart member 20", "anne member 10"]);
    const own = await store.departures.page(list.id, { limit: 9, byThemselves: true });
    expect(own.map(({ name }) => name)).to.deep.equal(["cris", "bart", "anne"]);
  });

  it("are counted by list, those by the members themselves alone, up to a bound", async () => {
    const store = await open();
    const [news, club] = [await givenList(store), await givenList(store, "club")];
    await givenMembers(store, news, ["anne", "bart", "cris"]);
    await givenMembers(store, club, mostCounted + 2);
    await leaves(store, (await member(store, news, "anne")).id, later);
    await leaves(store, (await member(store, news, "bart")).id, later + 5);
    await store.members.setStatus((await member(store, news, "cris")).id, "left", later + 5);
    for (const { id } of await store.members.page(club.id, { limit: mostCounted + 2 })) await leaves(store, id, later);

    const ids = [news.id, club.id, 999];
    expect([...(await store.departures.countsSince(ids, later))]).to.have.deep.members([
      [news.id, 2],
      [club.id, mostCounted],
    ]);
    expect([...(await store.departures.countsSince(ids, later + 1))]).to.deep.equal([[news.id, 1]]);
    expect((await store.departures.countsSince([], later)).size).to.equal(0);
  });

  it("happen once: whoever has left cannot leave again, nor whoever never was there", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    const { id } = await member(store, list, "anne");

    expect(await leaves(store, id, later)).to.equal(true);
    expect(await leaves(store, id, later + 9)).to.equal(false);
    expect(await leaves(store, 999, later)).to.equal(false);
    expect((await member(store, list, "anne")).leftAt).to.equal(later);
    expect((await store.members.counts(list.id)).left).to.equal(1);
  });

  it("give back what was before: who had paused is paused, whoever brings them back", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne", "bart", "cris"]);
    const [anne, bart, cris] = await Promise.all(["anne", "bart", "cris"].map((name) => member(store, list, name)));
    for (const one of [anne, bart]) await store.members.setStatus(one?.id ?? 0, "paused", later - 10);
    for (const one of [anne, bart, cris]) await leaves(store, one?.id ?? 0, later);

    expect(await store.departures.standing(anne?.id ?? 0)).to.include({ hadPaused: true });
    expect(await store.departures.standing(cris?.id ?? 0)).to.include({ hadPaused: false });
    expect(await returns(store, anne?.id ?? 0, later)).to.equal(true);
    for (const one of [bart, cris]) expect(await store.members.restore(one?.id ?? 0, later + 20)).to.equal(true);
    expect(await store.members.restore(cris?.id ?? 0, later + 30), "not gone").to.equal(false);
    expect((await member(store, list, "anne")).status).to.equal("paused");
    expect((await member(store, list, "bart")).status).to.equal("paused");
    expect((await member(store, list, "cris")).status).to.equal("active");
    expect(await store.members.counts(list.id)).to.include({ paused: 2, active: 1, left: 0 });
  });

  it("are undone only as the very leaving that was the member's own", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    const { id } = await member(store, list, "anne");
    await leaves(store, id, later);

    expect(await returns(store, id, later - 1)).to.equal(false);
    expect(await returns(store, id, later)).to.equal(true);
    expect(await member(store, list, "anne")).to.include({ status: "active", leftAt: undefined, endedBy: undefined });
    expect(await store.departures.standing(id)).to.include({ status: "active", backFrom: later });
    expect(await returns(store, id, later)).to.equal(false);

    await store.members.setStatus(id, "left", later + 5);
    expect(await returns(store, id, later + 5)).to.equal(false);
    expect(await member(store, list, "anne")).to.include({ status: "left", endedBy: "administrator" });
  });
});
