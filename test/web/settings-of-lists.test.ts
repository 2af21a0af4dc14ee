/** A list's settings beside those of other lists: making one like another, and taking over what another has. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { Panel } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

describe("settings of another list", () => {
  let panel: Panel;
  let news: MailingList;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open();
    news = await panel.list("news");
    await panel.list("staff", { prefix: "[staff:%n]", replyTo: "author", cooloffMs: 60_000, timezone: "Europe/Paris" });
    await panel.list("secret");
    await panel.owner();
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  const seenOn = (page: string): string => /name="seen" value="([^"]*)"/.exec(page)?.[1] ?? "";

  it("are shown before they are taken over, and nothing else changes", async () => {
    const page = (await visitor.get("/lists/1/settings/copy?from=2")).text;
    expect(readable(page))
      .to.match(/Reply goes to The administrators The author/)
      .and.include("— [news:%n]")
      .and.include("None: copies leave at once 1 minute");
    expect(readable(page)).to.not.include("Who may post");
    expect(await panel.store.lists.find(news.id)).to.deep.equal(news);
    const done = await visitor.follow(await visitor.post("/lists/1/settings/copy", { from: "2", seen: seenOn(page) }));
    expect(readable(done.text)).to.include("The settings are those of “List staff” now.");
    const changed = { prefix: "[news:%n]", replyTo: "author", cooloffMs: 60_000, timezone: "Europe/Paris" };
    expect(await panel.store.lists.find(news.id)).to.deep.equal({ ...news, ...changed });
    expect(readable((await visitor.get("/lists/1/settings/copy?from=2")).text)).to.include("Nothing would change");
  });

  it("are not taken over when they changed since they were shown", async () => {
    const seen = seenOn((await visitor.get("/lists/1/settings/copy?from=2")).text);
    await panel.store.lists.update(2, { posting: "members" });
    const again = await visitor.follow(await visitor.post("/lists/1/settings/copy", { from: "2", seen }));
    expect(readable(again.text)).to.include("Look again").and.include("Registered senders and every member");
    expect(await panel.store.lists.find(news.id)).to.deep.equal(news);
  });

  it("can only be those of a list that one may see", async () => {
    await panel.account("adam", { lists: [news] });
    const adam = await Visitor.signedIn(panel, "adam");
    expect((await adam.get("/lists/1/settings/copy?from=3")).status).to.equal(303);
    expect((await adam.post("/lists/1/settings/copy", { from: "3", seen: "" })).status).to.equal(404);
    expect((await adam.get("/lists/1/settings")).text).to.not.include("List secret");
    for (const from of ["1", "99", "x", ""])
      expect((await visitor.get(`/lists/1/settings/copy?from=${from}`)).status).to.equal(303);
  });

  it("are those of a new list that is made like another, with its administrator", async () => {
    await panel.account("adam");
    const page = await visitor.get("/lists/new");
    expect(readable(page.text)).to.include("As of “List staff”");
    expect(page.text).to.include(`<option value="adam">`);
    expect(page.text).to.include(
      'name="administrator" type="text" inputmode="email" autocapitalize="off" spellcheck="false" value="olivia"',
    );
    const club = { name: "club", domain: "lists.example.org", title: "Club", sender: "dora@d.example", senderName: "" };
    await visitor.post("/lists", { ...club, like: "2", administrator: "adam" });
    const made = await panel.store.lists.findByAddress("club", "lists.example.org");
    expect(made).to.include({ prefix: "[club:%n]", replyTo: "author", title: "Club" });
    const adam = await panel.store.accounts.findByUsername("adam");
    expect(await panel.store.accounts.administers(adam?.id ?? 0, made?.id ?? 0)).to.equal(true);
    const invited = { ...club, name: "choir", administrator: "cleo@c.example" };
    const told = await visitor.follow(await visitor.post("/lists", invited));
    expect(readable(told.text)).to.include("choir@lists.example.org").and.include("An invitation to cleo@c.example");
    const cleo = await panel.store.accounts.findByUsername("cleo@c.example");
    expect(cleo).to.include({ isOwner: false, address: "cleo@c.example" });
    const gone = await visitor.post("/lists", { ...club, name: "more", like: "77" });
    expect(gone.text).to.include("that list is not there any more");
    expect((await visitor.post("/lists", { ...club, name: "more", administrator: "nobody" })).status).to.equal(422);
    expect(await panel.store.lists.findByName("more")).to.deep.equal([]);
  });
});

describe("the lists page", () => {
  it("orders by title or by the last sent, a hundred a page", async () => {
    const panel = await Panel.open();
    try {
      for (let n = 1; n <= 103; n++) await panel.list(`l${n}`, { title: `Class ${n}` });
      for (const list of await panel.store.lists.findByName("l50")) await panel.distributed(list);
      await panel.owner();
      const visitor = await Visitor.signedIn(panel, "olivia");
      const titles = async (path: string): Promise<readonly string[]> =>
        [...(await visitor.get(path)).text.matchAll(/<strong>(Class \d+)<\/strong>/g)].map(([, title]) => title ?? "");
      expect((await titles("/lists")).slice(0, 3)).to.deep.equal(["Class 1", "Class 2", "Class 3"]);
      expect(await titles("/lists")).to.have.length(100);
      expect(await titles("/lists?from=100")).to.deep.equal(["Class 101", "Class 102", "Class 103"]);
      expect(await titles("/lists?from=999999")).to.deep.equal([]);
      expect((await titles("/lists?sort=last"))[0]).to.equal("Class 50");
      expect(await titles("/lists?q=l77%40lists")).to.deep.equal(["Class 77"]);
    } finally {
      await panel.close();
    }
  });
});

describe("the search over all lists", () => {
  it("finds people by address or name, and leads to where they are", async () => {
    const panel = await Panel.open();
    try {
      await panel.list("news", { members: ["bart@b.example"] });
      await panel.list("staff", { members: ["bart@b.example", "Bartholomew@b.example"] });
      await panel.owner();
      const visitor = await Visitor.signedIn(panel, "olivia");
      const page = (await visitor.get("/search?q=ＢＡＲＴ＠b")).text;
      expect(page).to.include('href="/lists/1/members/1"').and.include('href="/lists/2/members/2"');
      expect(readable(page)).to.include("1 person").and.not.include("bartholomew");
      expect(readable((await visitor.get("/search?q=anne")).text)).to.match(
        /Anne.*anne@north\.example.*List news Sender/,
      );
      expect(readable((await visitor.get("/search?q=b")).text)).to.include("at least two characters");
      expect(readable((await visitor.get("/search?q=zz")).text)).to.include("Nobody was found");
      expect(readable((await visitor.get("/search")).text)).to.not.include("Nobody");
      expect((await visitor.get("/search?q=%00%5C%25_'\"")).status).to.equal(200);
    } finally {
      await panel.close();
    }
  });
});
