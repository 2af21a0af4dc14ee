/** Accounts and administrators in the panel: inviting, changing, taking back; and the way back for whoever has forgotten the password. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { datesIn } from "../../server/words/dates.ts";
import { until } from "../support/until.ts";
import { linkIn, noticesTo } from "./notices.ts";
import { Panel, password } from "./panel.ts";
import { readable, Visitor } from "./visitor.ts";

const next = "a new and long sentence";

describe("accounts", () => {
  let panel: Panel;
  let list: MailingList;
  let olivia: Visitor;
  beforeEach(async () => {
    panel = await Panel.open({ config: { outbound: { relay: { host: "127.0.0.1" } } } });
    list = await panel.list("news");
    await panel.owner("olivia");
    olivia = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  const pageOf = async (username: string): Promise<string> =>
    `/accounts/${(await panel.store.accounts.findByUsername(username))?.id}`;
  const byLink = async (path: string): Promise<Visitor> => {
    const visitor = new Visitor(panel);
    await visitor.get(path);
    expect((await visitor.post(path)).location).to.equal("/account");
    await visitor.get("/account");
    return visitor;
  };

  it("are made by an invitation, whose link leads to a password of one's own", async () => {
    const made = await olivia.post("/accounts", {
      name: "Adam",
      address: "adam@example.org",
      role: "administrator",
      list: String(list.id),
    });
    expect(made.location).to.equal(await pageOf("adam@example.org"));
    const page = await olivia.follow(made);
    expect(readable(page.text)).to.include("is on its way").and.include("Pending").and.not.include("/sign-in/link/");
    const [mail] = await noticesTo(panel.store, "adam@example.org");
    expect(mail?.text).to.include("“List news”").and.include("Auto-Submitted: auto-generated");
    const adam = await byLink(linkIn(mail ?? expect.fail()));
    expect((await adam.post("/account/password", { next, repeat: next })).location).to.equal("/");
    expect(readable((await adam.get("/")).text)).to.include("List news");
    const wanted = { next: password, repeat: password };
    expect((await adam.post("/account/password", wanted)).status, "the link's grace is over").to.equal(422);
    expect((await olivia.get("/accounts")).text)
      .to.include("adam@example.org")
      .and.include("Chosen");
  });

  it("have invitations whose fate and answer are told", async () => {
    await olivia.post("/accounts", { address: "adam@example.org", role: "owner", username: "adam" });
    await panel.copies(1, "failed", "550 5.1.1 no such mailbox here");
    expect(readable((await olivia.get(await pageOf("adam"))).text)).to.include("no such mailbox here");
  });

  it("tell what is wrong with an invitation", async () => {
    const typed = { address: "adam", role: "administrator", username: "ad am" };
    const { status, text } = await olivia.post("/accounts", typed);
    expect(status).to.equal(422);
    expect(text).to.include("Write an address").and.include("Use 1 to 64 letters").and.include('value="ad am"');
    const taken = await olivia.post("/accounts", { address: "a@b.example", role: "owner", username: "olivia" });
    expect(taken.text).to.include("this one is taken");
  });

  it("are owners' until they are made less, but for the last one", async () => {
    const page = await pageOf("olivia");
    const stampIn = (text: string): string => /name="stamp" value="([^"]*)"/.exec(text)?.[1] ?? "";
    const mine = { username: "olivia", address: "olivia@example.org", role: "administrator" };
    const refused = await olivia.post(page, { ...mine, stamp: stampIn((await olivia.get(page)).text) });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include("this is the last one");
    await panel.account("adam");
    const adams = await pageOf("adam");
    const stamp = stampIn((await olivia.get(adams)).text);
    const change = { username: "adam", address: "adam@example.org", role: "owner", stamp };
    expect((await olivia.post(adams, change)).status).to.equal(303);
    const second = await olivia.post(adams, { ...change, role: "administrator" });
    expect(second.status).to.equal(409);
    expect(readable(second.text)).to.include("somebody else changed it meanwhile");
    expect((await panel.store.accounts.findByUsername("adam"))?.isOwner).to.equal(true);
  });

  it("end with all their sessions, and not by their own hand", async () => {
    await panel.account("adam", { lists: [list] });
    const adam = await Visitor.signedIn(panel, "adam");
    const page = await pageOf("adam");
    await olivia.get(page);
    await olivia.post(`${page}/end-sessions`);
    expect((await adam.get("/")).status).to.equal(303);
    expect((await olivia.post(`${page}/remove`)).location).to.equal("/accounts");
    expect(await panel.store.accounts.findByUsername("adam")).to.equal(undefined);
    await olivia.post(`${await pageOf("olivia")}/remove`);
    expect(readable((await olivia.get("/accounts")).text)).to.include("nobody removes the own account");
  });

  it("get a link that is shown once", async () => {
    await panel.account("adam");
    const page = await pageOf("adam");
    const { text } = await olivia.post(`${page}/link`);
    const path = linkIn({ text, to: "", mailFrom: "" });
    expect((await olivia.get(page)).text).not.to.include("/sign-in/link/");
    await byLink(path);
  });

  it("are added to lists and taken off them", async () => {
    await panel.account("adam");
    const page = await pageOf("adam");
    const adam = await Visitor.signedIn(panel, "adam");
    await olivia.post(`${page}/lists`, { list: String(list.id) });
    expect((await adam.get(`/lists/${list.id}`)).status).to.equal(200);
    await olivia.post(`${page}/lists/remove`, { list: String(list.id) });
    expect((await adam.get(`/lists/${list.id}`)).status).to.equal(403);
    expect((await olivia.post(`${page}/lists`, { list: "99" })).status).to.equal(404);
  });

  it("show times in the own zone and language, where no list has one", async () => {
    await olivia.post("/account/settings", { language: "ja", timezone: "Mars/Phobos" });
    expect((await panel.store.accounts.findByUsername("olivia"))?.timezone).to.equal(undefined);
    await olivia.post("/account/settings", { language: "ja", timezone: "America/New_York" });
    const { text } = await olivia.get("/accounts");
    const when = new Intl.DateTimeFormat("ja-JP", { timeZone: "America/New_York", day: "numeric" });
    expect(text)
      .to.include('lang="ja"')
      .and.include(`${when.format(panel.clock.now())}(`);
  });
});

describe("administrators of a list", () => {
  let panel: Panel;
  let list: MailingList;
  let adam: Visitor;
  beforeEach(async () => {
    panel = await Panel.open();
    list = await panel.list("news");
    await panel.owner("olivia");
    await panel.account("adam", { lists: [list] });
    adam = await Visitor.signedIn(panel, "adam");
  });
  afterEach(() => panel.close());

  const add = (who: string) => adam.post(`/lists/${list.id}/administrators`, { who });
  const senders = async (): Promise<string> => readable((await adam.get(`/lists/${list.id}/senders`)).text);

  it("invite one who has no account, whose link only the mail and an owner see", async () => {
    const added = await add("eve@example.org");
    expect((await adam.follow(added)).text)
      .to.include("An invitation to eve@example.org")
      .and.not.include("/link/");
    expect(await noticesTo(panel.store, "eve@example.org")).to.have.length(1);
    expect((await panel.store.administrators.ofList(list.id)).map((one) => one.username)).to.deep.equal([
      "adam",
      "eve@example.org",
    ]);
    const eve = await panel.store.accounts.findByUsername("eve@example.org");
    const again = () => adam.post(`/lists/${list.id}/administrators/invite`, { account: String(eve?.id) });
    await again();
    expect(await senders()).to.include("Wait a while");
    panel.clock.passes("11m");
    await again();
    expect(await noticesTo(panel.store, "eve@example.org")).to.have.length(2);
  });

  it("are invited in the list's language, which names the link's end in the list's zone", async () => {
    await panel.store.lists.update(list.id, { language: "ja", timezone: "America/New_York" });
    await add("eve@example.org");
    const [mail] = await noticesTo(panel.store, "eve@example.org");
    const end = datesIn("ja", "America/New_York").dateTime(panel.clock.now() + 7 * 86_400_000);
    expect(mail?.text).to.include(end).and.include("管理者に登録されました");
    expect(end).to.match(/^\d{4}年\d+月\d+日\(.\) \d+:\d\d$/);
  });

  it("add one who has an account, who is told by mail", async () => {
    await panel.account("eve");
    await add("eve");
    expect(await senders()).to.include("eve administers this list now");
    expect((await noticesTo(panel.store, "eve@example.org"))[0]?.text).to.include(
      "You have been made an administrator",
    );
    await add("EVE@example.org");
    expect(await senders()).to.include("administers this list already");
    expect((await add("nobody")).text).to.include("there is no account of this name");
  });

  it("take one another off the list, and themselves", async () => {
    const eve = await panel.account("eve", { lists: [list] });
    const remove = (id: number) => adam.post(`/lists/${list.id}/administrators/remove`, { account: String(id) });
    await remove(eve.id);
    expect(await panel.store.accounts.administers(eve.id, list.id)).to.equal(false);
    expect((await remove(eve.id)).status).to.equal(404);
    const own = await panel.store.accounts.findByUsername("adam");
    expect((await remove(own?.id ?? 0)).location).to.equal("/");
    expect((await adam.get(`/lists/${list.id}`)).status).to.equal(403);
  });

  it("change senders of their own lists only, and register anybody", async () => {
    const other = await panel.list("other");
    const anne = (await panel.store.senders.all(list.id))[0];
    expect(other.id).not.to.equal(list.id);
    const page = `/lists/${list.id}/senders/${anne?.personId}`;
    expect(readable((await adam.get(page)).text)).to.include("lists that you do not administer");
    const stamp = "x";
    expect((await adam.post(page, { name: "Evil", addresses: "evil@x.example", stamp })).status).to.be.oneOf([
      409, 422,
    ]);
    const more = { name: "Evil", addresses: "anne@north.example\nevil@x.example" };
    expect((await adam.post(`/lists/${list.id}/senders`, more)).status).to.equal(422);
    expect((await panel.store.senders.all(other.id))[0]).to.deep.include({
      name: "Anne",
      addresses: ["anne@north.example"],
    });
  });

  it("edit a sender, are told whose an address is, and make two persons one", async () => {
    await adam.post(`/lists/${list.id}/senders/many`, { people: "Bart <bart@b.example>\n山田 花子 hana@b.example\n" });
    const all = await panel.store.senders.all(list.id);
    expect(all.map(({ name }) => name)).to.deep.equal(["Anne", "Bart", "山田 花子"]);
    const page = `/lists/${list.id}/senders/${all[0]?.personId}`;
    const stamp = /name="stamp" value="([^"]*)"/.exec((await adam.get(page)).text)?.[1] ?? "";
    const typed = { name: "Anne", addresses: "anne@north.example\nbart@b.example", stamp };
    const told = await adam.post(page, typed);
    expect(told.status).to.equal(422);
    expect(readable(told.text)).to.include("belongs to Bart").and.include("This is the same person");
    expect((await adam.post(page, { ...typed, merge: "on" })).status).to.equal(303);
    const after = (await panel.store.senders.all(list.id)).map(({ addresses }) => addresses);
    expect(after).to.deep.equal([["anne@north.example", "bart@b.example"], ["hana@b.example"]]);
  });

  it("get a removed sender back", async () => {
    await adam.post(`/lists/${list.id}/senders/remove`, { address: "anne@north.example" });
    expect((await adam.get(`/lists/${list.id}/senders`)).text).to.include("/senders/restore");
    await adam.post(`/lists/${list.id}/senders/restore`, { address: "anne@north.example" });
    expect(await panel.store.senders.all(list.id)).to.have.length(1);
  });
});

describe("a forgotten password", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    await panel.owner("olivia");
  });
  afterEach(() => panel.close());

  const ask = async (who: string): Promise<string> => {
    const visitor = new Visitor(panel);
    await visitor.get("/sign-in/forgotten");
    return readable((await visitor.post("/sign-in/forgotten", { who })).text);
  };
  const mails = () => noticesTo(panel.store, "olivia@example.org");

  it("is replaced by the link of a mail, from the server itself", async () => {
    await ask("olivia");
    await until(async () => (await mails()).length === 1);
    const [mail] = await mails();
    expect(mail).to.include({ mailFrom: "" });
    expect(mail?.text).to.include("postmaster@lists.example.org");
    const visitor = new Visitor(panel);
    const path = linkIn(mail ?? expect.fail());
    await visitor.get(path);
    await visitor.follow(await visitor.post(path));
    const next = "a new and long sentence";
    expect((await visitor.post("/account/password", { next, repeat: next })).status).to.equal(303);
    await visitor.post("/sign-out");
    await visitor.get("/sign-in");
    expect((await visitor.post("/sign-in", { username: "OLIVIA@example.org", password: next })).location).to.equal("/");
  });

  it("is answered in the same words for nobody, whom nothing is sent", async () => {
    // One after the other: whatever were queued for nobody would be there when olivia's mail is.
    const toNobody = await ask("nobody@example.org");
    await until(async () => {
      const rows = await panel.store.database.reader.selectFrom("provoked_mail").select("id").execute();
      return rows.length === 1;
    });
    expect(await ask("olivia@example.org")).to.equal(toNobody);
    await until(async () => (await mails()).length > 0);
    const all = await panel.store.database.reader.selectFrom("delivery").select("rcpt_to").execute();
    expect(all).to.deep.equal([{ rcpt_to: "olivia@example.org" }]);
  });

  it("brings one mail in ten minutes, and three a day", async () => {
    for (const [n, count] of [1, 1, 2, 3, 3].entries()) {
      await ask("olivia");
      await ask(`marker${n}`);
      // Both are seen to after their answers, and either may be first.
      await until(async () => {
        const canonical = panel.store.database.reader.selectFrom("provoked_mail").select("id");
        const markers = await canonical.where("canonical", "like", "%nobody.invalid").execute();
        return markers.length === n + 1 && (await mails()).length >= count;
      });
      expect(await mails(), `after asking ${n + 1} times`).to.have.length(count);
      panel.clock.passes(n === 0 ? "1m" : "16m");
    }
  });
});
