import { expect } from "chai";
import { parseAddress } from "../../../server/mail/address.ts";
import type { Address } from "../../../server/mail/address.ts";
import type { NewMember } from "../../../server/store/members/members.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, givenList, givenMembers, later, member, soon } from "../given.ts";

function parsed(text: string): Address {
  const found = parseAddress(text);
  if (found === undefined) throw new Error(`${text} is no address`);
  return found;
}

function person(text: string, changes: Partial<NewMember> = {}): NewMember {
  return { address: parsed(text), name: "", attributes: {}, ...changes };
}

onBothDatabases("members", (open) => {
  it("tells new, changed and unchanged members apart", async () => {
    const store = await open();
    const list = await givenList(store);
    const people = [
      person("anne@example.com", { name: "Anne", attributes: { grade: "3" } }),
      person("bart@example.com"),
      person("cris@example.com"),
    ];
    expect(await store.members.save(list.id, people, soon)).to.deep.equal({ added: 3, changed: 0, unchanged: 0 });
    expect(await store.members.save(list.id, people, later)).to.deep.equal({ added: 0, changed: 0, unchanged: 3 });
    const next = [
      person("anne@example.com", { name: "Anne", attributes: { grade: "4" } }),
      person("bart@example.com"),
      person("dora@example.com"),
    ];
    expect(await store.members.save(list.id, next, later)).to.deep.equal({ added: 1, changed: 1, unchanged: 1 });
    expect(await member(store, list, "anne")).to.deep.include({
      name: "Anne",
      attributes: { grade: "4" },
      status: "active",
      createdAt: soon,
    });
  });

  it("saves more people than one transaction takes", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, 777);
    expect(await store.members.counts(list.id)).to.deep.equal({
      waiting: 0,
      active: 777,
      paused: 0,
      bounced: 0,
      left: 0,
    });
    expect((await store.members.page(list.id, { limit: 1000 })).map((one) => one.name)).to.deep.equal(
      Array.from({ length: 777 }, (_, index) => `m${index + 1}`),
    );
  });

  it("takes addresses that differ in case or quotes for one, and the last of them wins", async () => {
    const store = await open();
    const list = await givenList(store);
    const people = [person("Anne@Example.com", { name: "first" }), person('"anne"@example.com', { name: "last" })];
    expect(await store.members.save(list.id, people, soon)).to.deep.equal({ added: 1, changed: 0, unchanged: 0 });
    expect((await store.members.page(list.id, { limit: 10 })).map((one) => one.name)).to.deep.equal(["last"]);
    expect(await store.members.save(list.id, [person("ANNE@EXAMPLE.COM", { name: "last" })], later)).to.deep.include({
      added: 0,
    });
  });

  it("keeps carrier addresses as they are written for people, quoted or bare", async () => {
    const store = await open();
    const list = await givenList(store);
    await store.members.save(list.id, [person("a..b.@docomo.ne.jp")], soon);
    await store.members.save(list.id, [person('"a..b."@docomo.ne.jp')], later);
    expect((await store.members.page(list.id, { limit: 10 })).map((one) => one.address)).to.deep.equal([
      "a..b.@docomo.ne.jp",
    ]);
    expect(await store.members.findByAddress(list.id, parsed('"A..b."@docomo.ne.jp'))).to.include({
      address: "a..b.@docomo.ne.jp",
    });
  });

  it("makes one membership of a person's two addresses", async () => {
    const store = await open();
    const list = await givenList(store);
    await store.senders.add(
      list.id,
      { addresses: [address("anne"), address("anne@phone.example")], name: "Anne" },
      soon,
    );
    expect(
      await store.members.save(list.id, [person("anne@example.com"), person("anne@phone.example")], soon),
    ).to.deep.equal({ added: 1, changed: 0, unchanged: 1 });
    expect((await store.members.page(list.id, { limit: 10 })).map((one) => one.address)).to.deep.equal([
      "anne@phone.example",
    ]);
    expect(await store.members.findByAddress(list.id, address("anne"))).to.include({ address: "anne@phone.example" });
  });

  it("takes back who left, and lets who paused or bounces be", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne", "bart", "cris"]);
    await store.members.setStatus((await member(store, list, "anne")).id, "left", later);
    await store.members.setStatus((await member(store, list, "bart")).id, "paused", later);
    await store.members.setStatus((await member(store, list, "cris")).id, "bounced", later);
    const people = ["anne", "bart", "cris"].map((name) => person(`${name}@example.com`, { name }));
    expect(await store.members.save(list.id, people, later + 1)).to.deep.equal({ added: 1, changed: 0, unchanged: 2 });
    const statuses = async () => (await store.members.page(list.id, { limit: 10 })).map((one) => one.status);
    expect(await statuses()).to.deep.equal(["active", "paused", "bounced"]);
    const said = people.map((one) => ({ ...one, status: "active" as const }));
    expect(await store.members.save(list.id, said, later + 2)).to.deep.equal({ added: 0, changed: 2, unchanged: 1 });
    expect(await statuses()).to.deep.equal(["active", "active", "active"]);
  });

  it("gives new members the status that was said", async () => {
    const store = await open();
    const list = await givenList(store);
    await store.members.save(
      list.id,
      [person("anne@example.com", { status: "waiting" }), person("bart@example.com", { status: "paused" })],
      soon,
    );
    expect(await store.members.counts(list.id)).to.deep.equal({
      waiting: 1,
      active: 0,
      paused: 1,
      bounced: 0,
      left: 0,
    });
    await store.members.save(list.id, [person("anne@example.com")], later);
    expect((await member(store, list, "anne")).status).to.equal("active");
  });

  it("edits address, name and attributes, and tells a form that was opened before another change", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne", "bart"]);
    const before = await member(store, list, "anne");
    const change = { address: address("anna"), name: "Anna", attributes: { grade: "5" }, versionId: before.versionId };
    expect(await store.members.edit(before.id, change, later)).to.equal("done");
    expect(await store.members.edit(before.id, change, later)).to.equal("conflict");
    expect(await store.members.find(before.id)).to.deep.include({
      address: "anna@example.com",
      name: "Anna",
      attributes: { grade: "5" },
      id: before.id,
    });
    const after = await member(store, list, "anna");
    expect(
      await store.members.edit(after.id, { ...change, address: address("bart"), versionId: after.versionId }, later),
    ).to.equal("taken");
    expect(await store.members.find(before.id)).to.include({ address: "anna@example.com" });
    expect(await store.members.edit(999, change, later)).to.equal("missing");
  });

  it("changes the status of members that exist", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    const { id } = await member(store, list, "anne");
    expect(await store.members.setStatus(id, "paused", later)).to.equal(true);
    expect(await store.members.setStatus(id, "paused", later)).to.equal(true);
    expect(await store.members.setStatus(999, "paused", later)).to.equal(false);
    expect((await member(store, list, "anne")).status).to.equal("paused");
  });

  it("gives each member an own secret of 16 octets", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, 3);
    const secrets = await Promise.all([1, 2, 3].map((id) => store.members.secretOf(id)));
    expect(new Set(secrets.map((secret) => secret?.toString("hex"))).size).to.equal(3);
    expect(secrets.map((secret) => secret?.length)).to.deep.equal([16, 16, 16]);
    expect(await store.members.secretOf(999)).to.equal(undefined);
  });

  it("pages by key, by status and by a text in address, name or attributes", async () => {
    const store = await open();
    const list = await givenList(store);
    const other = await givenList(store, "other");
    await givenMembers(store, other, ["anne"]);
    await givenMembers(store, list, 20);
    await store.members.save(
      list.id,
      [person("zoe@example.net", { name: "山田 花子", attributes: { 学年: "三年" } })],
      soon,
    );
    const first = await store.members.page(list.id, { limit: 8 });
    const second = await store.members.page(list.id, { limit: 8, after: first.at(-1)?.id ?? 0 });
    expect([...first, ...second].map((one) => one.name)).to.deep.equal(
      Array.from({ length: 16 }, (_, index) => `m${index + 1}`),
    );
    for (const search of ["ZOE@", "花子", "三年"]) {
      expect((await store.members.page(list.id, { limit: 5, search })).map((one) => one.address)).to.deep.equal([
        "zoe@example.net",
      ]);
    }
    await store.members.setStatus(first[0]?.id ?? 0, "paused", later);
    expect((await store.members.page(list.id, { limit: 5, status: "paused" })).map((one) => one.name)).to.deep.equal([
      "m1",
    ]);
    expect(await store.members.page(list.id, { limit: 5, status: "paused", search: "zoe" })).to.deep.equal([]);
  });

  it("finds the last member of a list that takes several pieces to search", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, 20_001);
    expect((await store.members.page(list.id, { limit: 5, search: "m20001@" })).map((one) => one.name)).to.deep.equal([
      "m20001",
    ]);
    expect((await store.members.page(list.id, { limit: 3, search: "m1999" })).map((one) => one.name)).to.deep.equal([
      "m1999",
      "m19990",
      "m19991",
    ]);
  });

  it("stores names that PostgreSQL's text or JSON cannot hold", async () => {
    const store = await open();
    const list = await givenList(store);
    const odd = person("anne@example.com", { name: 'a\0b\ud800c\\u0000"' });
    await store.members.save(list.id, [odd], soon);
    expect((await member(store, list, "anne")).name).to.equal('a\u{fffd}b\u{fffd}c\\u0000"');
    expect(await store.members.save(list.id, [odd], soon)).to.include({ unchanged: 1 });
  });

  it("lets two processes save the same people at once", async () => {
    const stores = [await open(), await open()] as const;
    const list = await givenList(stores[0]);
    const people = Array.from({ length: 600 }, (_, index) => person(`m${index}@example.com`));
    const counts = await Promise.all(stores.map((store) => store.members.save(list.id, people, soon)));
    expect(counts.reduce((sum, one) => sum + one.added, 0)).to.equal(600);
    expect(await stores[0].members.counts(list.id)).to.include({ active: 600 });
  });
});
