import { expect } from "chai";
import { accountStamp } from "../../../server/store/accounts/account-rows.ts";
import type { Account } from "../../../server/store/accounts/account-rows.ts";
import type { NewAccount } from "../../../server/store/accounts/accounts.ts";
import { ownerAddresses } from "../../../server/store/deliveries/owner-mail.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, givenList, givenMembers, later, soon } from "../given.ts";

async function account(store: Store, changes: Partial<NewAccount> = {}): Promise<Account> {
  const added = await store.accounts.add(
    { username: "anne", address: address("anne"), passwordHash: undefined, isOwner: false, listIds: [], ...changes },
    soon,
  );
  if (added === undefined) throw new Error("the username is taken");
  return added;
}

onBothDatabases("accounts", (open) => {
  it("adds an account, finds it, and takes a username once", async () => {
    const store = await open();
    const list = await givenList(store);
    const made = await account(store, { passwordHash: "hash", listIds: [list.id] });
    expect(made).to.deep.include({ username: "anne", passwordHash: "hash", isOwner: false, language: undefined });
    expect(await store.accounts.find(made.id)).to.deep.equal(made);
    expect(await store.accounts.findByUsername("anne")).to.deep.equal(made);
    expect(await store.accounts.findByUsername("bart")).to.equal(undefined);
    expect(
      await store.accounts.add(
        { username: "anne", address: address("other"), passwordHash: undefined, isOwner: true, listIds: [] },
        soon,
      ),
    ).to.equal(undefined);
    expect(await store.senders.standing(list.id, address("other"))).to.equal(undefined);
    expect((await store.accounts.all()).map((one) => [one.username, one.addresses, one.lists])).to.deep.equal([
      ["anne", ["anne@example.com"], ["news"]],
    ]);
  });

  it("belongs to the person whose address is known already", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    const made = await account(store);
    expect((await store.members.findByAddress(list.id, address("anne")))?.personId).to.equal(made.personId);
  });

  it("administers the lists that it was given", async () => {
    const store = await open();
    const [news, staff] = [await givenList(store, "news"), await givenList(store, "staff")];
    const { id } = await account(store, { listIds: [news.id] });
    expect([
      await store.accounts.administers(id, news.id),
      await store.accounts.administers(id, staff.id),
    ]).to.deep.equal([true, false]);
    await store.accounts.addAdministrator(staff.id, id);
    await store.accounts.addAdministrator(staff.id, id);
    expect(await store.accounts.administers(id, staff.id)).to.equal(true);
  });

  it("signs in by a link once, and not after its time", async () => {
    const store = await open();
    const made = await account(store);
    const secret = await store.accounts.makeLink(made.id, later);
    expect(await store.accounts.linkIsGood(secret, soon)).to.equal(true);
    expect(await store.accounts.linkIsGood(secret, soon)).to.equal(true);
    expect(await store.accounts.useLink(secret, soon)).to.deep.equal(made);
    expect(await store.accounts.useLink(secret, soon)).to.equal(undefined);
    expect(await store.accounts.linkIsGood(secret, soon)).to.equal(false);
    const old = await store.accounts.makeLink(made.id, later);
    expect(await store.accounts.useLink(old, later)).to.equal(undefined);
    expect(await store.accounts.useLink("guessed", soon)).to.equal(undefined);
  });

  it("lets one of two browsers in that follow the same link at once", async () => {
    const stores = [await open(), await open()] as const;
    const { id } = await account(stores[0]);
    const secret = await stores[0].accounts.makeLink(id, later);
    const used = await Promise.all(stores.map((store) => store.accounts.useLink(secret, soon)));
    expect(used.filter((one) => one !== undefined).length).to.equal(1);
  });

  it("is changed by whoever saw what it says now, and keeps its name when that is another's", async () => {
    const store = await open();
    const made = await account(store);
    await account(store, { username: "bart", isOwner: true });
    const change = { username: "anna", address: address("anna"), isOwner: true, stamp: accountStamp(made) };
    expect(await store.accounts.edit(made.id, { ...change, stamp: "older" })).to.equal("conflict");
    expect(await store.accounts.edit(made.id, { ...change, username: "bart" })).to.equal("taken");
    expect(await store.accounts.edit(99, change)).to.equal("missing");
    expect(await store.accounts.edit(made.id, change)).to.equal("done");
    expect(await store.accounts.edit(made.id, change)).to.equal("conflict");
    expect(await store.accounts.find(made.id)).to.include({
      username: "anna",
      address: "anna@example.com",
      isOwner: true,
    });
    expect((await store.accounts.findByAddress(address("ANNA"))).map(({ username }) => username)).to.deep.equal([
      "anna",
    ]);
  });

  it("of the last owner is neither removed nor made less", async () => {
    const store = await open();
    const made = await account(store, { isOwner: true });
    await account(store, { username: "bart" });
    const less = { username: "anne", address: address("anne"), isOwner: false, stamp: accountStamp(made) };
    expect(await store.accounts.edit(made.id, less)).to.equal("last-owner");
    expect(await store.accounts.removeButLastOwner(made.id)).to.equal(false);
    await account(store, { username: "cris", isOwner: true });
    expect(await store.accounts.edit(made.id, less)).to.equal("done");
    expect(await store.accounts.removeButLastOwner(made.id)).to.equal(true);
    expect(await store.accounts.find(made.id)).to.equal(undefined);
  });

  it("gets its mail at its own address, whoever gives the person another", async () => {
    const store = await open();
    const list = await givenList(store);
    await account(store, { isOwner: true, listIds: [list.id] });
    const person = (await store.accounts.findByUsername("anne"))?.personId;
    await store.database.write((write) =>
      write
        .updateTable("address")
        .set({ canonical: "evil@x.example" })
        .where("person_id", "=", person ?? 0)
        .execute(),
    );
    expect(await ownerAddresses(store.database)).to.deep.equal(["anne@example.com"]);
    expect(await ownerAddresses(store.database, list.id)).to.deep.equal(["anne@example.com"]);
  });

  it("signs in by its name, or by its address where that is one account's alone", async () => {
    const store = await open();
    const made = await account(store);
    expect(await store.accounts.findForSignIn("anne")).to.deep.equal(made);
    expect(await store.accounts.findForSignIn("Anne@Example.com")).to.deep.equal(made);
    await account(store, { username: "anne2" });
    expect(await store.accounts.findForSignIn("anne@example.com")).to.equal(undefined);
  });

  it("administers lists until it is taken off them, and knows its time zone and last sign-in", async () => {
    const store = await open();
    const list = await givenList(store);
    const { id } = await account(store, { listIds: [list.id] });
    expect((await store.administrators.ofList(list.id)).map((one) => one.id)).to.deep.equal([id]);
    expect((await store.administrators.listsOf(id)).map((one) => one.name)).to.deep.equal(["news"]);
    expect(await store.administrators.remove(list.id, id)).to.equal(true);
    expect(await store.administrators.remove(list.id, id)).to.equal(false);
    await store.accounts.setTimezone(id, "Europe/Paris");
    await store.accounts.noteSignIn(id, later);
    expect(await store.accounts.find(id)).to.include({ timezone: "Europe/Paris", signedInAt: later });
  });

  it("has all its sessions and links ended at once", async () => {
    const store = await open();
    const { id } = await account(store);
    await store.sessions.put("here", { accountId: id, content: "here", expiresAt: later });
    const link = await store.accounts.makeLink(id, later);
    await store.accounts.endSessions(id);
    expect(await store.sessions.read("here", soon)).to.equal(undefined);
    expect(await store.accounts.linkIsGood(link, soon)).to.equal(false);
  });

  it("has its used and outlived links swept, and no others", async () => {
    const store = await open();
    const { id } = await account(store);
    const [used, old, good] = [
      await store.accounts.makeLink(id, later),
      await store.accounts.makeLink(id, soon),
      await store.accounts.makeLink(id, later),
    ];
    await store.accounts.useLink(used, soon);
    await store.accounts.sweepLinks(soon);
    expect(await store.database.reader.selectFrom("signin_link").select("used_at").execute()).to.have.length(1);
    expect(await store.accounts.linkIsGood(old, 0)).to.equal(false);
    expect(await store.accounts.linkIsGood(good, soon)).to.equal(true);
  });

  it("has links that wait ended by a new password, and by another address", async () => {
    const store = await open();
    const made = await account(store, { isOwner: true });
    const link = await store.accounts.makeLink(made.id, later);
    await store.accounts.setPassword(made.id, "new hash");
    expect(await store.accounts.linkIsGood(link, soon)).to.equal(false);
    const [kept, ended] = [
      await store.accounts.makeLink(made.id, later),
      await store.accounts.makeLink(made.id, later),
    ];
    const change = { username: "anne", address: address("ANNE"), isOwner: true, stamp: accountStamp(made) };
    expect(await store.accounts.edit(made.id, change)).to.equal("done");
    expect(await store.accounts.linkIsGood(kept, soon), "the same mailbox").to.equal(true);
    const now = await store.accounts.find(made.id);
    const moved = { ...change, address: address("anne3"), stamp: now === undefined ? "" : accountStamp(now) };
    expect(await store.accounts.edit(made.id, moved)).to.equal("done");
    expect(await store.accounts.linkIsGood(ended, soon)).to.equal(false);
  });

  it("ends all other sessions with a new password, and all with the account", async () => {
    const store = await open();
    const { id } = await account(store);
    for (const session of ["here", "there"])
      await store.sessions.put(session, { accountId: id, content: session, expiresAt: later });
    await store.sessions.put("nobody's", { accountId: undefined, content: "open", expiresAt: later });
    await store.accounts.setPassword(id, "new hash", "here");
    await store.accounts.setLanguage(id, "ja");
    expect(await store.accounts.find(id)).to.include({ passwordHash: "new hash", language: "ja" });
    const contents = () =>
      Promise.all(["here", "there", "nobody's"].map((session) => store.sessions.read(session, soon)));
    expect(await contents()).to.deep.equal(["here", undefined, "open"]);
    const link = await store.accounts.makeLink(id, later);
    await store.accounts.remove(id);
    expect(await contents()).to.deep.equal([undefined, undefined, "open"]);
    expect(await store.accounts.useLink(link, soon)).to.equal(undefined);
  });
});

onBothDatabases("sessions", (open) => {
  it("keep what was put last, until they end", async () => {
    const { sessions } = await open();
    await sessions.put("id", { accountId: undefined, content: "one", expiresAt: later });
    await sessions.put("id", { accountId: undefined, content: "two\u0000三", expiresAt: later + 1 });
    expect(await sessions.read("id", later)).to.match(/^two.三$/su);
    expect(await sessions.read("id", later + 1)).to.equal(undefined);
    await sessions.end("id");
    expect(await sessions.read("id", soon)).to.equal(undefined);
  });

  it("are swept when they are over", async () => {
    const { sessions } = await open();
    await sessions.put("old", { accountId: undefined, content: "old", expiresAt: soon });
    await sessions.put("new", { accountId: undefined, content: "new", expiresAt: later });
    await sessions.sweep(soon);
    expect(await sessions.read("old", 0)).to.equal(undefined);
    expect(await sessions.read("new", 0)).to.equal("new");
  });
});
