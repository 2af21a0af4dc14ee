/** Deleting a list in the panel, and bringing it back. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { Panel } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

describe("deleting a list", () => {
  let panel: Panel;
  let list: MailingList;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open();
    list = await panel.list("news", { members: ["bart@b.example", "cris@c.example"] });
    await panel.owner();
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  it("says what goes, and asks for the list's name", async () => {
    await panel.distributed(list);
    const page = readable((await visitor.get("/lists/1/delete")).text);
    for (const said of [
      "2 active members",
      "1 post, with the account of every copy",
      "seven days",
      "type the list's name: news",
    ])
      expect(page).to.include(said);
    for (const name of ["", "nws", "List news"]) {
      const answer = await visitor.post("/lists/1/delete", { name });
      expect(answer.status).to.equal(422);
      expect(answer.text).to.include("Type news, the part of the address");
    }
    expect(await panel.store.lists.find(list.id)).to.not.equal(undefined);
  });

  it("takes the name as Japanese keyboards write it", async () => {
    expect((await visitor.post("/lists/1/delete", { name: " Ｎｅｗｓ " })).status).to.equal(303);
  });

  it("hides it everywhere at once, and the notice brings it back", async () => {
    const post = await panel.distributed(list);
    const page = readable((await visitor.follow(await visitor.post("/lists/1/delete", { name: "news" }))).text);
    expect(page).to.include("“List news” is deleted").and.include("Undo").and.include("Deleted lists");
    for (const path of ["/lists/1", "/lists/1/members", "/lists/1/settings", "/lists/1/events", `/posts/${post}`])
      expect((await visitor.get(path)).status, path).to.equal(404);
    const home = readable((await visitor.get("/")).text);
    expect(home).to.not.include("List news");
    const back = await visitor.follow(await visitor.post("/deleted-lists/1/restore"));
    expect(readable(back.text)).to.include("“List news” is back");
    expect((await visitor.get(`/posts/${post}`)).status).to.equal(200);
    expect((await panel.store.posts.find(post))?.stoppedAt).to.be.a("number");
    expect(panel.woken).to.equal(2);
  });

  it("offers its way back for seven days only", async () => {
    await visitor.post("/lists/1/delete", { name: "news" });
    panel.clock.passes("7d");
    visitor = await Visitor.signedIn(panel, "olivia");
    expect(readable((await visitor.get("/lists")).text)).to.not.include("Deleted lists");
    await visitor.get("/account");
    const late = await visitor.follow(await visitor.post("/deleted-lists/1/restore"));
    expect(readable(late.text)).to.include("cannot be brought back any more");
  });

  it("for good frees its name at once, which is kept until then", async () => {
    await visitor.post("/lists/1/delete", { name: "news" });
    await visitor.get("/lists/new");
    const again = {
      name: "news",
      domain: "lists.example.org",
      title: "New",
      sender: "anne@north.example",
      senderName: "",
    };
    const kept = await visitor.post("/lists", again);
    expect(kept.status).to.equal(422);
    expect(kept.text).to.include("was deleted and can still be brought back");
    expect(readable((await visitor.follow(await visitor.post("/deleted-lists/1/purge"))).text)).to.include(
      "gone for good",
    );
    expect(panel.purges).to.equal(1);
    await visitor.get("/lists/new");
    expect((await visitor.post("/lists", again)).status).to.equal(303);
  });

  it("is no matter of administrators, who see no deleted list either", async () => {
    await panel.account("adam", { lists: [list] });
    const adam = await Visitor.signedIn(panel, "adam");
    expect((await adam.get("/lists/1/settings")).text).to.not.include("/lists/1/delete");
    await panel.store.deletedLists.add(list.id, panel.clock.now());
    expect(readable((await adam.get("/lists")).text)).to.not.include("List news");
    expect((await adam.post("/deleted-lists/1/restore")).status).to.equal(403);
  });

  it("has no button behind a notice but one that takes something back", async () => {
    const planted = (undo: string): string =>
      `kairan.notice=${Buffer.from(JSON.stringify({ text: "Hello", undo })).toString("base64url")}`;
    const ask = async (undo: string): Promise<string> => {
      const cookie = [...visitor.cookies].map(([key, value]) => `${key}=${value}`).join("; ");
      return (await visitor.get("/lists", { cookie: `${cookie}; ${planted(undo)}` })).text;
    };
    expect(await ask("/deleted-lists/1/restore")).to.include('action="/deleted-lists/1/restore"');
    for (const path of [
      "/lists/1/delete",
      "//evil.example/restore",
      "https://evil.example/restore",
      '/"><script>/undo',
    ])
      expect(await ask(path), path)
        .to.include("Hello")
        .and.not.include("evil.example")
        .and.not.include('class="small"');
  });
});
